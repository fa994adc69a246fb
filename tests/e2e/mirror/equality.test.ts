import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carry, type Lab, openLab, sameAs } from './lab/lab.ts';

/** Steps between two looks. */
const STRIDE = 150;
const BODY = '<main id="root"><p>Hello</p></main>';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

describe.each([
  ['chrome', 'chrome'],
  ['firefox', 'firefox'],
  ['chrome', 'firefox'],
  ['firefox', 'chrome'],
] as const)('a page in %s and its mirror in %s', (from, to) => {
  test.each([
    { seed: 11, skewMs: 0 },
    { seed: 12, skewMs: -60_000 },
    { seed: 13, skewMs: 60_000 },
  ])('are equal after 1,500 random changes (seed $seed, clock $skewMs ms off)', async ({ seed, skewMs }) => {
    const source = await lab.source(from, BODY);
    const stage = await lab.stage(to);
    await source.evaluate(
      (seed, skewMs) => {
        globalThis.activity = globalThis.lab.createActivity(seed, document.querySelector<HTMLElement>('#root')!);
        globalThis.lab.start({ skewMs });
      },
      seed,
      skewMs,
    );
    for (let done = 0; done < 1_500; done += STRIDE) {
      await source.evaluate((steps) => globalThis.activity.run(steps), STRIDE);
      expect(await carry(source, stage)).toEqual([]);
      await sameAs(source, stage);
    }
    // Nothing had to be asked for again.
    const asked = await stage.evaluate(() => globalThis.stage.take().filter(({ type }) => type === 'resync'));
    expect(asked).toEqual([]);
    await source.close();
    await stage.close();
  });
});
