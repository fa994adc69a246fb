const bytesOf = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));
const blocks = (text: string): number[] => [text.length, ...bytesOf(text), 0];

/** A GIF, one pixel wide and high, of a red and a blue frame in turns; `extra`: bytes of blocks after its beginning. */
export function movingGif({ frames = 2, extra = [] as readonly number[], side = 1 } = {}): Uint8Array<ArrayBuffer> {
  const size = [side & 255, side >> 8, side & 255, side >> 8];
  const colours = [255, 0, 0, 0, 0, 255];
  const loop = [0x21, 0xff, ...[11, ...bytesOf('NETSCAPE2.0')], ...[3, 1, 0, 0], 0];
  const frame = (index: number) => [
    ...[0x21, 0xf9, 4, 4, 30, 0, 0, 0],
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    ...[2, 2, index % 2 === 0 ? 0x44 : 0x4c, 1, 0],
  ];
  const all = Array.from({ length: frames }, (_, index) => frame(index)).flat();
  return Uint8Array.from([...bytesOf('GIF89a'), ...size, 0x80, 0, 0, ...colours, ...loop, ...extra, ...all, 0x3b]);
}

export const gifRemark = (text: string): number[] => [0x21, 0xfe, ...blocks(text)];
export const gifProgram = (text: string): number[] => [0x21, 0xff, ...[11, ...bytesOf('XMP DataXMP')], ...blocks(text)];
