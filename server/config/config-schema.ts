import * as v from 'valibot';
import { compileSelector } from '../../lib/cobrowse/privacy-selector.ts';
import { DeskMaskingRules } from '../../lib/protocol/masking-rules.ts';
import { DEFAULT_RATES } from '../options.ts';

const NAME = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(80, 'must have 80 characters at most'),
);
const wholeNumber = (min: number, max: number) => {
  const range = `must be a whole number from ${min} to ${max}`;
  return v.pipe(v.number(range), v.integer(range), v.minValue(min, range), v.maxValue(max, range));
};
const urls = (pattern: RegExp, example: string) =>
  v.array(v.pipe(v.string(), v.regex(pattern, `must look like ${example}`)), 'must be a list');

const ORIGIN = /^https?:\/\/[^/?#\s]+$/;
const origin = v.pipe(v.string('must be text'), v.regex(ORIGIN, 'must look like https://desk.example, without a path'));

const rate = (key: keyof typeof DEFAULT_RATES) =>
  v.optional(
    v.strictObject({
      capacity: wholeNumber(1, 1_000_000),
      perSecond: v.pipe(v.number('must be a number'), v.minValue(0.01, 'must be 0.01 or more')),
    }),
    DEFAULT_RATES[key],
  );

const Scenario = v.strictObject({
  id: v.pipe(
    v.string('must be text'),
    v.regex(/^[a-z0-9-]{8,64}$/, 'must be 8 to 64 small letters, digits and dashes'),
  ),
  name: NAME,
});

/** The configuration file. Unknown keys are refused: a misspelt one would otherwise be ignored in silence. */
export const ConfigFile = v.strictObject({
  host: v.optional(v.pipe(v.string('must be text'), v.minLength(1, 'must not be empty'))),
  port: v.optional(wholeNumber(0, 65_535)),
  publicUrl: v.optional(origin),
  deskName: v.optional(NAME),
  store: v.optional(v.pipe(v.string('must be text'), v.minLength(1, 'must not be empty'))),
  guestDir: v.optional(v.pipe(v.string('must be text'), v.minLength(1, 'must not be empty'))),
  scenarios: v.optional(
    v.pipe(
      v.array(Scenario, 'must be a list'),
      v.minLength(1, 'must have one entry at least'),
      v.maxLength(50, 'must have 50 entries at most'),
      v.check((list) => new Set(list.map(({ id }) => id)).size === list.length, 'must not use an id twice'),
    ),
  ),
  masking: v.optional(
    v.pipe(
      DeskMaskingRules,
      v.rawCheck(({ dataset, addIssue }) => {
        if (!dataset.typed) return;
        for (const selector of dataset.value.flatMap(({ hide = [], mask = [] }) => [...hide, ...mask])) {
          // A rule that can't be read would leave open what it was meant to cover.
          if (compileSelector(selector) === null) addIssue({ message: `can't read the selector ${selector}` });
        }
      }),
    ),
  ),
  origins: v.optional(v.array(origin, 'must be a list')),
  extensionIds: v.optional(
    v.array(v.pipe(v.string(), v.regex(/^[a-z0-9-]{8,64}$/i, 'must be an extension id')), 'must be a list'),
  ),
  stunUrls: v.optional(urls(/^stuns?:[^\s]+$/, 'stun:stun.example:3478')),
  turn: v.optional(
    v.strictObject({
      urls: v.pipe(
        urls(/^turns?:[^\s]+$/, 'turn:turn.example:3478?transport=udp'),
        v.minLength(1, 'must have one entry at least'),
      ),
      secret: v.pipe(v.string('must be text'), v.minLength(16, 'must have 16 characters at least')),
      ttlSeconds: v.optional(wholeNumber(300, 86_400), 7_200),
    }),
  ),
  trustedProxies: v.optional(wholeNumber(0, 10)),
  metricsToken: v.optional(v.pipe(v.string('must be text'), v.minLength(16, 'must have 16 characters at least'))),
  maxSockets: v.optional(wholeNumber(1, 1_000_000)),
  rates: v.optional(
    v.strictObject({
      connections: rate('connections'),
      newPeople: rate('newPeople'),
      admissions: rate('admissions'),
      signals: rate('signals'),
      requests: rate('requests'),
    }),
  ),
  logLevel: v.optional(
    v.picklist(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent'),
  ),
});
export type ConfigFile = v.InferOutput<typeof ConfigFile>;
