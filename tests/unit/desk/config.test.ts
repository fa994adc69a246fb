import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonc } from '../../../server/config/jsonc.ts';
import { loadConfig } from '../../../server/config/load-config.ts';

const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'desk-config-')), 'desk.jsonc');
  writeFileSync(file, text);
  return file;
};

test('comments and trailing commas are allowed, also beside strings that look like them', () => {
  const text = `{ // a desk
    "url": "https://desk.example//x", /* two
    lines */ "list": [1, 2, /* , */ ], "odd": "a \\" // b, ]",
  }`;
  expect(parseJsonc(text)).toEqual({
    ok: true,
    value: { url: 'https://desk.example//x', list: [1, 2], odd: 'a " // b, ]' },
  });
});

test('every JSON text reads as itself', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJsonc(text)).toEqual({ ok: true, value: JSON.parse(text) });
    }),
  );
});

test('noise never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof parseJsonc(text).ok === 'boolean'));
});

test.each([
  ['{ "port": "9000" }', 'port: must be a whole number from 0 to 65535'],
  ['{ "prot": 9000 }', 'prot: is no known key'],
  ['{ "publicUrl": "https://desk.example/path" }', 'publicUrl: must look like https://desk.example, without a path'],
  ['{ "turn": { "urls": ["turn:t"], "secret": "short" } }', 'turn.secret: must have 16 characters at least'],
  ['{ "turn": { "urls": ["turn:t"] } }', 'turn.secret: is missing'],
  [
    '{ "turn": { "urls": ["http://t"], "secret": "0123456789abcdef" } }',
    'turn.urls.0: must look like turn:turn.example',
  ],
  ['{ "turn": "yes" }', 'turn: must be an object'],
  ['{ "rates": { "signals": { "capacity": 0, "perSecond": 1 } } }', 'rates.signals.capacity: must be a whole number'],
  ['{ "scenarios": [] }', 'scenarios: must have one entry at least'],
  ['{ "scenarios": [{ "id": "Help!", "name": "Help" }] }', 'scenarios.0.id: must be 8 to 64 small letters'],
  ['{ "masking": [{ "pages": "a.example", "hide": [".x"] }] }', 'masking.0.pages: must look like https://'],
  ['{ "masking": [{ "pages": "https://a.example/", "mode": "assist" }] }', 'masking.0.mode: must be "strict"'],
  ['{ "masking": [{ "pages": "https://a.example/", "allow": [".x"] }] }', 'masking.0.allow: is no known key'],
  [
    '{ "masking": [{ "pages": "https://a.example/", "hide": [".x:hover"] }] }',
    "masking: can't read the selector .x:hover",
  ],
  ['{ "logLevel": "loud" }', 'logLevel: must be debug, info, warn, error or silent'],
  ['[]', 'the file: must be an object'],
  ['{ "port": 9000', 'not valid JSON'],
])('%s is refused with file, key and reason', (text, message) => {
  const file = fileWith(text);
  const loaded = loadConfig(file);
  expect(loaded.ok).toBe(false);
  expect(loaded.ok ? '' : loaded.detail).toContain(`${file}: ${message}`);
});

test('every mistake is told at once', () => {
  const loaded = loadConfig(fileWith('{ "port": -1, "deskName": "" }'));
  expect(loaded.ok ? [] : loaded.detail?.split('\n')).toHaveLength(2);
});

test('a file that is not there is told', () => {
  expect(loadConfig('/nowhere/desk.jsonc')).toMatchObject({ ok: false, reason: 'unreadable' });
});

test('the example is a good configuration', () => {
  const loaded = loadConfig(join(import.meta.dirname, '../../../alongside.config.example.jsonc'));
  expect(loaded).toMatchObject({ ok: true, value: { port: 9000 } });
});
