/**
 * Everything that pages of the extension say to each other. Views read the engine by reference (ARCHITECTURE §2), so only
 * what Chrome's engine room can't do itself is here: its page has no extension API but `runtime`. In Firefox the engine
 * lives where these services live, and calls them without a message.
 */
import * as v from 'valibot';
import { MAX_FACT_CHARS, MAX_NAME_CHARS } from './limits.ts';

const Nothing = v.null();

export const EngineCommand = v.picklist(['answer', 'decline', 'toggle-mute', 'toggle-video', 'exit']);
export type EngineCommand = v.InferOutput<typeof EngineCommand>;

export const Caller = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(MAX_NAME_CHARS)),
  scenario: v.pipe(v.string(), v.maxLength(MAX_NAME_CHARS)),
});
export type Caller = v.InferOutput<typeof Caller>;

export const CallNotice = v.picklist(['none', 'call', 'seen', 'controlled', 'recording']);
export type CallNotice = v.InferOutput<typeof CallNotice>;

/** `address` has neither query nor fragment. */
export const TabFacts = v.strictObject({
  title: v.pipe(v.string(), v.maxLength(MAX_FACT_CHARS)),
  address: v.pipe(v.string(), v.maxLength(MAX_FACT_CHARS)),
});
export type TabFacts = v.InferOutput<typeof TabFacts>;

/**
 * `not-invoked`: the icon was not pressed on a tab that is still there; `refused`: the browser said no; `gone`: the tab
 * that was named is closed.
 */
export const TabRefusal = v.picklist(['not-invoked', 'refused', 'gone']);
export type TabRefusal = v.InferOutput<typeof TabRefusal>;

export const TabCapture = v.variant('ok', [
  v.strictObject({ ok: v.literal(true), streamId: v.string(), tabId: v.number() }),
  v.strictObject({ ok: v.literal(false), reason: TabRefusal }),
]);
export type TabCapture = v.InferOutput<typeof TabCapture>;

/** Scripts of the package that may be put into a page. */
export const PageScript = v.picklist(['recorder', 'agent', 'overlay']);
export type PageScript = v.InferOutput<typeof PageScript>;

const Origin = v.pipe(v.string(), v.url(), v.maxLength(300));
const Origins = v.array(Origin);
export const InjectRequest = v.strictObject({ tabId: v.nullable(v.number()), scripts: v.array(PageScript) });
export const Injection = v.variant('ok', [
  v.strictObject({ ok: v.literal(true), tabId: v.number() }),
  // `origin` of the page that was not entered, where the browser tells.
  v.strictObject({ ok: v.literal(false), reason: TabRefusal, origin: v.optional(Origin) }),
]);
export type Injection = v.InferOutput<typeof Injection>;

/** Name, data and answer of each message. `engine.start` comes from views; the others from the engine, `command` goes to it. */
export const EXTENSION_MESSAGES = {
  'engine.start': { to: 'background', data: Nothing, answer: Nothing },
  'attention.ring': { to: 'background', data: v.nullable(Caller), answer: Nothing },
  'attention.call': { to: 'background', data: CallNotice, answer: Nothing },
  'tab.facts': { to: 'background', data: Nothing, answer: v.nullable(TabFacts) },
  'tab.offered': { to: 'background', data: Nothing, answer: v.nullable(TabFacts) },
  'site.forget': { to: 'background', data: Origins, answer: Nothing },
  'tab.capture': { to: 'background', data: Nothing, answer: TabCapture },
  'tab.inject': { to: 'background', data: InjectRequest, answer: Injection },
  command: { to: 'engine', data: EngineCommand, answer: Nothing },
} as const;

export type ExtensionMessages = typeof EXTENSION_MESSAGES;
export type MessageName = keyof ExtensionMessages;
export type MessageData<N extends MessageName> = v.InferOutput<ExtensionMessages[N]['data']>;
export type MessageAnswer<N extends MessageName> = v.InferOutput<ExtensionMessages[N]['answer']>;
export type MessageTarget = ExtensionMessages[MessageName]['to'];

/** What travels: `data` is decoded by the message's own schema once `type` is known. */
export const Envelope = v.strictObject({
  to: v.picklist(['background', 'engine']),
  type: v.picklist(Object.keys(EXTENSION_MESSAGES) as MessageName[]),
  data: v.unknown(),
});
