/** The outcome of something that is expected to fail now and then: a value, or a reason from a closed set. */
export type Result<T, R extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: R; readonly detail?: string };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** `detail` is for a developer's eyes (which field, which limit); it never carries page content, chat or secrets. */
export const fail = <R extends string>(
  reason: R,
  detail?: string,
): { readonly ok: false; readonly reason: R; readonly detail?: string } =>
  detail === undefined ? { ok: false, reason } : { ok: false, reason, detail };
