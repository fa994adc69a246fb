import { cleanMovingPicture } from './moving-picture.ts';
import { cleanSvg } from './clean-svg.ts';
import { toPicture } from './to-picture.ts';

/** Of a picture's file what is seen, and nothing that only the file tells; null when it can't be shown. */
export async function cleanFile(body: Blob): Promise<Blob | null> {
  if (body.type.startsWith('image/svg')) {
    const svg = cleanSvg(await body.text());
    return svg === null ? null : new Blob([svg], { type: 'image/svg+xml' });
  }
  const moving = cleanMovingPicture(new Uint8Array(await body.arrayBuffer()));
  return moving === null ? toPicture(body) : new Blob([moving.bytes], { type: moving.mime });
}
