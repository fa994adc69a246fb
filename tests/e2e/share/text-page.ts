import type { Page } from 'puppeteer';
import { waitFor } from '../harness/deadline.ts';

/** Letters and digits that nobody mixes up. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const FONT_PX = 14;
const GAP_PX = 400;
const BLOCK_PX = 24;
/** Of sixteen letters. A codec may take an E for an F once; who guesses has one of 32 right. */
const MAX_MISREAD = 1;

export interface TextPage {
  readonly url: string;
  /** What can be read there, between two magenta blocks. */
  readonly text: string;
}

/** A page with ordinary small text that nobody could guess, and a little movement, so that frames keep coming. */
export function createTextPage(title: string): TextPage {
  const text = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => ALPHABET[byte % ALPHABET.length]).join(
    '',
  );
  const block = `position:absolute;top:60px;width:${BLOCK_PX}px;height:${BLOCK_PX}px;background:#f0f`;
  const html = `<title>${title}</title><body style="margin:0;background:#fff;font:${FONT_PX}px/20px monospace">
    <i style="${block};left:60px"></i><i style="${block};left:${60 + GAP_PX}px"></i>
    <p style="position:absolute;left:120px;top:62px;margin:0">${[...text].map((letter) => `<b style="font-weight:400">${letter}</b>`).join('')}</p>
    <i id="busy" style="position:absolute;left:60px;top:200px;width:20px;height:20px;background:#888"></i>
    <script>setInterval(()=>{busy.style.left=60+Math.random()*200+'px'},100)</script>`;
  return { url: `data:text/html,${encodeURIComponent(html)}`, text };
}

interface Cell {
  /** CSS pixels of the shared page, from the left upper corner of the first block. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where each letter is. */
const cellsOf = (page: Page): Promise<Cell[]> =>
  page.evaluate(() => {
    const origin = document.querySelector('i')?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return [...document.querySelectorAll('b')].map((letter) => {
      const { left, top, width, height } = letter.getBoundingClientRect();
      return { x: left - origin.left, y: top - origin.top, width, height };
    });
  });

/**
 * Waits until the text of the shared page can be read in the picture labelled `label`: each letter is told from all others
 * by comparing the received pixels with the letters as a browser writes them.
 */
export async function readsText(
  seat: { readonly page: Page },
  { label, shared, text }: { readonly label: string; readonly shared: Page; readonly text: string },
): Promise<void> {
  const cells = await cellsOf(shared);
  await waitFor(`“${text}” to be read in ${label}`, async () => {
    const read = await seat.page.evaluate(readLetters, {
      label,
      cells,
      gap: GAP_PX,
      fontPx: FONT_PX,
      alphabet: ALPHABET,
    });
    const right = [...(read ?? '')].filter((letter, at) => letter === text[at]).length;
    if (right >= text.length - MAX_MISREAD) return true;
    throw new Error(`Read: ${String(read)}`);
  });
}

interface Reading {
  readonly label: string;
  readonly cells: readonly Cell[];
  readonly gap: number;
  readonly fontPx: number;
  readonly alphabet: string;
}

/** Runs in the page that receives. Null while there is no picture with both blocks. */
function readLetters({ label, cells, gap, fontPx, alphabet }: Reading): string | null {
  const video = [...document.querySelectorAll('video')].find((each) => each.ariaLabel === label);
  if (!video?.videoWidth) return null;
  const { videoWidth: width, videoHeight: height } = video;
  const paper = (width: number, height: number) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser draws no canvas');
    return { canvas, context };
  };
  const frame = paper(width, height);
  frame.context.drawImage(video, 0, 0);
  const pixels = frame.context.getImageData(0, 0, width, height).data;
  const isMagenta = (x: number, y: number): boolean => {
    const at = (y * width + x) * 4;
    return (pixels[at] ?? 0) > 190 && (pixels[at + 1] ?? 255) < 90 && (pixels[at + 2] ?? 0) > 190;
  };
  // The left upper corners of both blocks: the first columns in which enough of it is magenta.
  const columns: number[] = [];
  let top = Infinity;
  for (let x = 0; x < width; x += 1) {
    let count = 0;
    for (let y = 0; y < height; y += 1) {
      if (!isMagenta(x, y)) continue;
      count += 1;
      top = Math.min(top, y);
    }
    if (count >= 8) columns.push(x);
  }
  const first = columns[0];
  const second = columns.find((x) => first !== undefined && x > first + 100);
  if (first === undefined || second === undefined) return null;
  const scale = (second - first) / gap;

  const pad = 3;
  // Kept from one look to the next: they are made by the thousand.
  const home = globalThis as { written?: Map<string, Float64Array> };
  const template = (home.written ??= new Map<string, Float64Array>());
  /** Grey values without their mean, of length one: the product of two of them says how alike they are. */
  const grey = (context: CanvasRenderingContext2D, wide: number, high: number): Float64Array => {
    const { data } = context.getImageData(0, 0, wide, high);
    const values = new Float64Array(wide * high);
    for (let at = 0; at < values.length; at += 1) {
      values[at] = (data[at * 4] ?? 0) + (data[at * 4 + 1] ?? 0) + (data[at * 4 + 2] ?? 0);
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    return values.map((value) => (value - mean) / Math.max(1, length));
  };
  const alike = (a: Float64Array, b: Float64Array): number => {
    let product = 0;
    for (let at = 0; at < a.length; at += 1) product += (a[at] ?? 0) * (b[at] ?? 0);
    return product;
  };
  const write = (letter: string, wide: number, high: number, [dx, dy]: readonly [number, number]): Float64Array => {
    const key = `${letter}:${wide}:${high}:${dx}:${dy}`;
    const known = template.get(key);
    if (known) return known;
    const { context } = paper(wide, high);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, wide, high);
    context.fillStyle = '#000';
    context.font = `${fontPx}px monospace`;
    const ascent = context.measureText(letter).fontBoundingBoxAscent;
    context.fillText(letter, pad + dx, pad + ascent + dy);
    const made = grey(context, wide, high);
    template.set(key, made);
    return made;
  };
  const shifts = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];
  return cells
    .map((cell) => {
      const wide = Math.round(cell.width) + 2 * pad;
      const high = Math.round(cell.height) + 2 * pad;
      const { context } = paper(wide, high);
      const from = { x: first + (cell.x - pad) * scale, y: top + (cell.y - pad) * scale };
      context.drawImage(frame.canvas, from.x, from.y, wide * scale, high * scale, 0, 0, wide, high);
      // Its neighbours reach into the margin: there it is white.
      context.fillStyle = '#fff';
      context.fillRect(0, 0, pad - 1, high);
      context.fillRect(wide - pad + 1, 0, pad - 1, high);
      const seen = grey(context, wide, high);
      let best = { letter: '?', score: 0 };
      for (const letter of alphabet)
        for (const dx of shifts)
          for (const dy of shifts) {
            const score = alike(seen, write(letter, wide, high, [dx, dy]));
            if (score > best.score) best = { letter, score };
          }
      return best.letter;
    })
    .join('');
}
