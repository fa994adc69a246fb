import * as v from 'valibot';
import {
  type CustomerBound,
  type CustomerBoundKind,
  type ExpertBound,
  type ExpertBoundKind,
  TO_CUSTOMER,
  TO_EXPERT,
} from '../protocol/cobrowse-messages.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { FrameHead, WireFrame } from './wire-frame.ts';

export type PayloadFailure = 'wrong-way' | 'not-json' | 'malformed';

/** A decoded frame, its payload typed by its kind. */
export type ToExpert = {
  [K in ExpertBoundKind]: Head & { readonly kind: K; readonly payload: ExpertBound<K> };
}[ExpertBoundKind];
export type ToCustomer = {
  [K in CustomerBoundKind]: Head & { readonly kind: K; readonly payload: CustomerBound<K> };
}[CustomerBoundKind];
type Head = Omit<FrameHead, 'kind'>;

const encoder = new TextEncoder();

/** A payload as bytes for `WireEncoder.encode`; `json` when the caller has made the text already (events). */
export const encodePayload = (payload: ToExpert['payload'] | ToCustomer['payload']): Uint8Array<ArrayBuffer> =>
  encoder.encode(JSON.stringify(payload));
export const encodePayloadJson = (json: string): Uint8Array<ArrayBuffer> => encoder.encode(json);

/** What the expert's side received. Never throws. */
export function decodeToExpert(frame: WireFrame): Result<ToExpert, PayloadFailure> {
  const schema = schemaOf(TO_EXPERT, frame.kind);
  // The schema was chosen by the same kind.
  return decodeWith(schema, frame) as Result<ToExpert, PayloadFailure>;
}

/** What the customer's side received. Never throws. */
export function decodeToCustomer(frame: WireFrame): Result<ToCustomer, PayloadFailure> {
  const schema = schemaOf(TO_CUSTOMER, frame.kind);
  // The schema was chosen by the same kind.
  return decodeWith(schema, frame) as Result<ToCustomer, PayloadFailure>;
}

const schemaOf = (schemas: Readonly<Record<string, v.GenericSchema>>, kind: string): v.GenericSchema | undefined =>
  Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;

function decodeWith(schema: v.GenericSchema | undefined, frame: WireFrame): Result<unknown, PayloadFailure> {
  if (schema === undefined) return fail('wrong-way', frame.kind);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(frame.payload));
  } catch {
    return fail('not-json', frame.kind);
  }
  const payload = v.safeParse(schema, parsed, { abortEarly: true });
  if (!payload.success) return fail('malformed', `${frame.kind} ${v.getDotPath(payload.issues[0]) ?? ''}`.trim());
  const { kind, epoch, tabId, frameId, sentAtMs } = frame;
  return ok({ kind, epoch, tabId, frameId, sentAtMs, payload: payload.output });
}
