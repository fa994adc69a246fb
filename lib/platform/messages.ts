import * as v from 'valibot';
import {
  Envelope,
  EXTENSION_MESSAGES,
  type MessageAnswer,
  type MessageData,
  type MessageName,
  type MessageTarget,
} from '../protocol/extension-messages.ts';
import { browser } from './browser.ts';

/** One function for each message that goes to `Target`. */
export type Handlers<Target extends MessageTarget> = {
  readonly [N in MessageName as (typeof EXTENSION_MESSAGES)[N]['to'] extends Target ? N : never]: (
    data: MessageData<N>,
  ) => MessageAnswer<N> | Promise<MessageAnswer<N>>;
};

/** A service worker that is ended while it is being asked may leave the question open. Answers come in milliseconds. */
const ANSWER_MS = 10_000;

/**
 * Sends a message to the page it is meant for. Resolves to its answer, or to undefined when nobody is there to give one
 * (the engine's page is being made, the extension is being replaced). Never rejects.
 */
export async function sendMessage<N extends MessageName>(
  type: N,
  data: MessageData<N>,
): Promise<MessageAnswer<N> | undefined> {
  const { to, answer } = EXTENSION_MESSAGES[type];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ANSWER_MS);
  });
  try {
    const decoded = v.safeParse(answer, await Promise.race([browser.runtime.sendMessage({ to, type, data }), silence]));
    return decoded.success ? decoded.output : undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Answers the messages that go to `target`. Call it while the script is first run: a service worker is woken for
 * listeners that stood before its first turn ended, and for no others.
 */
export function answerMessages<Target extends MessageTarget>(target: Target, handlers: Handlers<Target>): void {
  const run = handlers as Readonly<Record<string, (data: unknown) => unknown>>;
  browser.runtime.onMessage.addListener((message: unknown, sender, respond: (answer: unknown) => void) => {
    const envelope = v.safeParse(Envelope, message);
    if (!envelope.success || envelope.output.to !== target || !isOwnPage(sender)) return false;
    const { type } = envelope.output;
    const data = v.safeParse(EXTENSION_MESSAGES[type].data, envelope.output.data);
    const handle = run[type];
    if (!data.success || handle === undefined) return false;
    // A listener that fails must still answer, or the sender waits for as long as this page lives.
    Promise.resolve(handle(data.output)).then(respond, () => respond(undefined));
    return true;
  });
}

/** Content scripts share the extension's id but sit in hostile pages; their address is the page's. */
function isOwnPage(sender: { id?: string; url?: string; origin?: string }): boolean {
  return sender.id === browser.runtime.id && (sender.url ?? '').startsWith(browser.runtime.getURL('/'));
}
