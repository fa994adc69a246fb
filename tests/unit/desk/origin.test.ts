import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { addressOf } from '../../../server/http/address.ts';
import { isAllowedOrigin, isPublicName } from '../../../server/http/origin.ts';

const RULES = { publicUrl: 'https://desk.example', origins: ['https://intranet.example'], extensionIds: [] };

test.each<[origin: string | undefined, host: string, allowed: boolean]>([
  [undefined, 'desk.example', true],
  ['https://desk.example', 'desk.example', true],
  ['https://intranet.example', 'desk.example', true],
  ['chrome-extension://abcdefghijklmnopabcdefghijklmnop', 'desk.example', true],
  ['moz-extension://8b1a7a4e-0b5f-4c1e-9d3e-5a5b5c5d5e5f', 'desk.example', true],
  ['http://127.0.0.1:9000', '127.0.0.1:9000', true],
  ['http://[::1]:9000', '[::1]:9000', true],
  ['http://localhost:9000', 'localhost:9000', true],
  ['http://localhost:8080', 'localhost:9000', false],
  ['https://evil.example', 'desk.example', false],
  // A name of the attacker's that was made to point at the desk.
  ['http://rebound.example:9000', 'rebound.example:9000', false],
  ['null', 'desk.example', false],
  ['', 'desk.example', false],
  ['http://desk.example', 'desk.example', false],
  ['https://desk.example.evil.example', 'desk.example', false],
])('origin %s at host %s: %s', (origin, host, allowed) => {
  expect(isAllowedOrigin(origin, host, RULES)).toBe(allowed);
});

test('extension ids can be limited', () => {
  const rules = { ...RULES, extensionIds: ['abcdefghijklmnopabcdefghijklmnop'] };
  expect(isAllowedOrigin('chrome-extension://abcdefghijklmnopabcdefghijklmnop', 'x', rules)).toBe(true);
  expect(isAllowedOrigin('chrome-extension://ppppppppppppppppaaaaaaaaaaaaaaaa', 'x', rules)).toBe(false);
});

test.each([
  ['desk.example:443', true],
  ['[::1]:9000', true],
  ['desk.example; script-src *', false],
  ['desk.example\r\nx: y', false],
  [undefined, false],
])('host %s is fit for a header of ours: %s', (host, fit) => {
  expect(isPublicName(host)).toBe(fit);
});

function requestFrom(remoteAddress: string, forwarded?: string): IncomingMessage {
  const request = new IncomingMessage(Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress }));
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return request;
}

test.each<[from: string, forwarded: string | undefined, proxies: number, address: string]>([
  ['192.0.2.7', undefined, 0, '192.0.2.7'],
  ['::ffff:192.0.2.7', undefined, 0, '192.0.2.7'],
  ['192.0.2.7', '198.51.100.1', 0, '192.0.2.7'],
  ['127.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
  ['127.0.0.1', '203.0.113.9, 198.51.100.1', 1, '198.51.100.1'],
  ['127.0.0.1', '203.0.113.9, 198.51.100.1', 2, '203.0.113.9'],
  ['127.0.0.1', 'nonsense', 1, '127.0.0.1'],
  ['127.0.0.1', undefined, 1, '127.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2::/64'],
  ['2001:db8::1', undefined, 0, '2001:db8:0:0::/64'],
])('from %s, forwarded for %s, %d proxies: %s', (from, forwarded, proxies, address) => {
  expect(addressOf(requestFrom(from, forwarded), proxies)).toBe(address);
});
