/** A picture is sent no larger than this, in px and bytes (reference/cobrowse.md §1.6). */
const MAX_SIDE = 1_600;
const MAX_BYTES = 200_000;
/** Up to here a picture is an icon or a drawing, and stays sharp without loss. */
const SMALL_SIDE = 160;
const QUALITIES = [0.85, 0.6, 0.4] as const;

/** Packs any picture the browser knows anew, small and without what only its file told; null if it can't. */
export async function toPicture(file: ImageBitmapSource): Promise<Blob | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return null;
  }
  try {
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    return await pack(
      bitmap,
      Math.max(1, Math.round(bitmap.width * scale)),
      Math.max(1, Math.round(bitmap.height * scale)),
    );
  } finally {
    bitmap.close();
  }
}

async function pack(source: CanvasImageSource, width: number, height: number): Promise<Blob | null> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  if (Math.max(width, height) <= SMALL_SIDE) return canvas.convertToBlob({ type: 'image/png' });
  for (const quality of QUALITIES) {
    const packed = await canvas.convertToBlob({ type: 'image/webp', quality });
    if (packed.size <= MAX_BYTES || quality === QUALITIES.at(-1)) return packed;
  }
  return null;
}
