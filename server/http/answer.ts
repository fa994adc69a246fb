import type { OutgoingHttpHeaders } from 'node:http';
import type { DeskReason } from '../../lib/protocol/desk-messages.ts';

export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Buffer;
}

export type HttpReason = DeskReason | 'not-found' | 'too-large' | 'wrong-method' | 'wrong-origin';

const STATUS: Partial<Record<HttpReason, number>> = {
  'not-found': 404,
  'wrong-method': 405,
  'too-large': 413,
  'too-many-requests': 429,
  'bad-message': 400,
  'unknown-person': 401,
  'unknown-invite': 404,
  'used-invite': 410,
};

/** For people who look at an answer by hand; the product's own words come from the reason. */
const MESSAGES: Partial<Record<HttpReason, string>> = {
  'not-found': 'There is nothing at this address.',
  'wrong-method': 'This address does not answer to this method.',
  'wrong-origin': 'Pages of this origin may not talk to this desk.',
  'too-large': 'The request is too large.',
  'too-many-requests': 'Too many requests from this address. Wait a minute.',
  'bad-message': 'The request is not in the form that the desk expects.',
  'unknown-person': 'These credentials are not, or no longer, known.',
  'unknown-invite': 'This invitation is not known, or too old. Ask for a new one.',
  'used-invite': 'This invitation was used already. Ask for a new one.',
};

export const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});

export const refuse = (reason: HttpReason): Answer =>
  json(STATUS[reason] ?? 403, { reason, message: MESSAGES[reason] ?? 'This is not allowed.' });
