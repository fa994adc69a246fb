import type { Page } from 'puppeteer';

export const SIZES = {
  panel: [360, 740],
  small: [320, 600],
  phone: [390, 844],
  wide: [1120, 760],
  headset: [854, 480],
} as const satisfies Readonly<Record<string, readonly [widthPx: number, heightPx: number]>>;

export type Size = keyof typeof SIZES;

/** One scene, as it is to be looked at. */
export interface Pose {
  readonly scene: string;
  readonly size: Size;
  readonly lang: string;
  readonly theme: 'light' | 'dark';
}

const isSize = (value: string): value is Size => Object.hasOwn(SIZES, value);

export function listPoses(
  scenes: readonly { readonly name: string; readonly sizes: readonly string[] }[],
  langs: readonly string[],
  themes: readonly Pose['theme'][],
): readonly Pose[] {
  return scenes.flatMap(({ name, sizes }) =>
    sizes
      .filter(isSize)
      .flatMap((size) => langs.flatMap((lang) => themes.map((theme) => ({ scene: name, size, lang, theme })))),
  );
}

/** Shows a scene in that pose, and returns once it is drawn and everything was pressed. */
export async function strike(page: Page, base: string, { scene, size, lang, theme }: Pose): Promise<void> {
  const [width, height] = SIZES[size];
  await page.setViewport({ width, height });
  await light(page, theme);
  await page.goto(`${base}?scene=${scene}&lang=${lang}`);
  await page.waitForSelector('[data-ready]');
}

/** Shows the same scene in another size, as when a window is dragged larger or smaller. */
export async function resize(page: Page, size: Size): Promise<void> {
  const [width, height] = SIZES[size];
  await page.setViewport({ width, height });
  await page.evaluate(() => globalThis.settled());
}

/** Changes the theme of what is shown, at once. */
export async function light(page: Page, theme: Pose['theme']): Promise<void> {
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: theme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
  });
}
