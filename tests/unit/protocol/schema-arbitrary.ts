import fc, { type Arbitrary } from 'fast-check';
import * as v from 'valibot';

/** What valibot's schemas and actions look like from outside; each is read by its `type`. */
type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null;
const partsIn = (value: unknown): Part[] => (Array.isArray(value) ? value.filter(isPart) : []);
const partAt = (part: Part, key: string): Part => {
  const value = part[key];
  if (!isPart(value)) throw new TypeError(`${String(part['type'])} has no ${key}`);
  return value;
};

/** For fields whose rule no generator guesses (`check`), by the field's name. */
export type Special = Readonly<Record<string, Arbitrary<unknown>>>;

/** Values that fit a schema, made from the schema itself, so that a new message is fuzzed without being named here. */
export const schemaArbitrary = (schema: v.GenericSchema, special: Special = {}): Arbitrary<unknown> =>
  fromPart({ ...schema }, special).filter((value) => v.is(schema, value));

function fromPart(part: Part, special: Special): Arbitrary<unknown> {
  const actions = partsIn(part['pipe']).filter(({ kind }) => kind === 'validation');
  const bound = (type: string, otherwise: number): number => {
    const requirement = actions.find((action) => action['type'] === type)?.['requirement'];
    return typeof requirement === 'number' ? requirement : otherwise;
  };
  switch (part['type']) {
    case 'strict_object':
    case 'object':
      return fromEntries(partAt(part, 'entries'), special);
    case 'variant':
    case 'union':
      return fc.oneof(...partsIn(part['options']).map((option) => fromPart(option, special)));
    case 'literal':
      return fc.constant(part['literal']);
    case 'picklist':
      return fc.constantFrom(...(Array.isArray(part['options']) ? part['options'] : []));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'nullable':
      return fc.option(fromPart(partAt(part, 'wrapped'), special));
    case 'optional':
      return fc.option(fromPart(partAt(part, 'wrapped'), special), { nil: undefined });
    case 'number': {
      const [min, max] = [bound('min_value', -1e9), bound('max_value', 1e9)];
      return actions.some(({ type }) => type === 'integer')
        ? fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
        : fc.double({ min, max, noNaN: true }).map((number) => number + 0);
    }
    case 'array': {
      const items = fromPart(partAt(part, 'item'), special);
      return fc.array(items, { minLength: bound('min_length', 0), maxLength: Math.min(6, bound('max_length', 6)) });
    }
    case 'string':
      return fromString(actions, bound('min_length', 0), bound('max_length', 60));
    case 'unknown':
      return fc.constantFrom(null, 0, 'x', true);
    default:
      throw new TypeError(`No values are known for ${String(part['type'])}`);
  }
}

function fromEntries(entries: Part, special: Special): Arbitrary<unknown> {
  const fields = Object.entries(entries).map(([key, entry]): [string, Arbitrary<unknown>] => {
    if (!isPart(entry)) throw new TypeError(`${key} has no schema`);
    return [key, special[key] ?? fromPart(entry, special)];
  });
  // A field that may be missing is missing, not undefined: that is all JSON can say.
  return fc
    .record(Object.fromEntries(fields))
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));
}

function fromString(actions: readonly Part[], minLength: number, maxLength: number): Arbitrary<string> {
  const pattern = actions.find(({ type }) => type === 'regex')?.['requirement'];
  // The generator of patterns knows no Unicode classes; those that have one exclude little.
  if (pattern instanceof RegExp && !pattern.unicode) return fc.stringMatching(pattern);
  return fc.string({ minLength, maxLength: Math.min(60, maxLength), unit: 'grapheme' });
}
