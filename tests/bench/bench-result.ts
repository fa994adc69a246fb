export interface BenchResult {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** What it is compared with, named in BENCHMARKS.md; null where there is nothing like it. */
  readonly baseline: number | null;
  /** ours / baseline */
  readonly ratio: number | null;
}

export const compare = (name: string, unit: string, ours: number, baseline: number | null): BenchResult => ({
  ...{ name, unit, ours: rounded(ours) },
  baseline: baseline === null ? null : rounded(baseline),
  ratio: baseline === null ? null : Math.round((ours / baseline) * 100) / 100,
});

/** Three figures: more would only be noise. */
const rounded = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(3)));

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
