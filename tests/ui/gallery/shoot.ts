import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from '../../e2e/harness/launch.ts';
import { listPoses, strike } from './poses.ts';
import { startGallery } from './start-gallery.ts';

/**
 * Pictures of every surface, in out/gallery: `node tests/ui/gallery/shoot.ts [scene…] [--lang=ar] [--theme=dark]`.
 * Without scenes all are taken; a word takes those that begin with it.
 */
const words = process.argv.slice(2);
const option = (name: string, other: string) =>
  words.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? other;
const wanted = words.filter((word) => !word.startsWith('--'));
const theme = option('theme', 'light') === 'dark' ? 'dark' : 'light';
const folder = 'out/gallery';

await mkdir(folder, { recursive: true });
const gallery = await startGallery();
const browser = await launch({ browser: 'chrome', extension: false, headless: true });
const page = await browser.browser.newPage();
const scenes = await gallery.scenes(page);
const chosen = scenes.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
for (const pose of listPoses(chosen, [option('lang', 'en')], [theme])) {
  await strike(page, gallery.base, pose);
  await page.screenshot({ path: join(folder, `${pose.scene}.${pose.size}.${pose.lang}.${theme}.png`) });
}
await browser.close();
await gallery.close();
