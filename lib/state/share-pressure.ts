/** Bytes that wait, from which each level begins. A level ends at half of where it began, so that it does not flicker. */
const BEGINS = [256 * 1024, 1024 * 1024, 4 * 1024 * 1024] as const;

/** How slow the way out is, 0 to 3, by what waits for it; `before` is the level so far. */
export function pressureOf(waitingBytes: number, before: number): 0 | 1 | 2 | 3 {
  let level: 0 | 1 | 2 | 3 = 0;
  BEGINS.forEach((begins, index) => {
    const isHeld = before > index && waitingBytes >= begins / 2;
    if (waitingBytes >= begins || isHeld) level = (index + 1) as 1 | 2 | 3; // index is 0 to 2
  });
  return level;
}
