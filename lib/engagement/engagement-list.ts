/** What identifies and dates an engagement, whatever else is known of it. */
export interface Dated {
  readonly engagementId: string;
  /** Epoch ms. */
  readonly startedAt: number;
}

/** Kept on this machine only; older engagements make room. */
export const MAX_ENGAGEMENTS = 500;

export const newestFirst = <T extends Dated>(list: readonly T[]): readonly T[] =>
  list.toSorted((a, b) => b.startedAt - a.startedAt);

export const withoutEngagement = <T extends Dated>(list: readonly T[], id: string): readonly T[] =>
  list.filter(({ engagementId }) => engagementId !== id);

/** The list with `entry` in its place, replacing an older version of it; `dropped` are those that made room. */
export function withEngagement<T extends Dated>(
  list: readonly T[],
  entry: T,
): { readonly kept: readonly T[]; readonly dropped: readonly T[] } {
  const all = newestFirst([entry, ...withoutEngagement(list, entry.engagementId)]);
  return { kept: all.slice(0, MAX_ENGAGEMENTS), dropped: all.slice(MAX_ENGAGEMENTS) };
}
