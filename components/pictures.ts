import type { RemotePerson } from '../lib/engine/api.ts';

/** One picture on the stage: a person's camera (or, without one, their place) or their screen. */
export interface Picture {
  readonly id: string;
  readonly kind: 'camera' | 'screen';
  readonly name: string;
  /** Null while nothing is received. */
  readonly stream: MediaStream | null;
  /** They send it, whether or not it has arrived. */
  readonly isOn: boolean;
  /** This side's own camera, where it is shown among the others. */
  readonly mine: boolean;
  /** It shows the whole screen, and with it this very page: small, it would be in itself without end. */
  readonly showsItself?: boolean;
}

/** Everybody's pictures, screens first; a person who shows nothing has one place with their name. */
export function listPictures(people: readonly RemotePerson[]): readonly Picture[] {
  const screens: Picture[] = [];
  const cameras: Picture[] = [];
  for (const { person, media, camera, screen } of people) {
    const hasScreen = media.screen !== 'off';
    const base = { name: person.name, mine: false };
    if (hasScreen)
      screens.push({ ...base, id: `screen:${person.personId}`, kind: 'screen', stream: screen, isOn: true });
    if (media.camera === 'on' || !hasScreen) {
      const isOn = media.camera === 'on';
      cameras.push({ ...base, id: `camera:${person.personId}`, kind: 'camera', stream: isOn ? camera : null, isOn });
    }
  }
  return [...screens, ...cameras];
}

/**
 * This side's own camera as one of the pictures: whoever points a rear camera at something looks at what it sees, and so
 * does everybody who draws on it.
 */
export const ownPicture = (stream: MediaStream): Picture => ({
  id: 'self',
  kind: 'camera',
  name: '',
  stream,
  isOn: true,
  mine: true,
});

/** What this side shows of its own screen: to see what others see, and what they draw on it. */
export const ownScreen = (stream: MediaStream, showsItself: boolean): Picture => ({
  id: 'self-screen',
  kind: 'screen',
  name: '',
  stream,
  isOn: true,
  mine: true,
  showsItself,
});

export interface StagePictures {
  readonly main: Picture | undefined;
  readonly others: readonly Picture[];
}

export interface StageWishes {
  /** Own camera and screen, in the order of their importance. */
  readonly own: readonly Picture[];
  /** The one that the person pressed, the one that something happens on now, or nothing. */
  readonly chosen: string | null;
  readonly wanted: string | null;
  /** One's own rear camera comes first: whoever holds it looks at what it sees. */
  readonly isRear: boolean;
}

/**
 * The large picture and the small ones. Large is what somebody else is just drawing on, or the chosen one, or else a screen,
 * or else the first person. One's own front camera is among them only while it is drawn on: otherwise it is inlaid.
 */
export function arrangePictures(
  people: readonly RemotePerson[],
  { own, chosen, wanted, isRear }: StageWishes,
): StagePictures {
  const shown = own.filter(({ id }) => id !== 'self' || isRear || wanted === 'self');
  const [first, last] = isRear ? [shown.slice(0, 1), shown.slice(1)] : [[], shown];
  const all = [...first, ...listPictures(people), ...last];
  const main = all.find(({ id }) => id === wanted) ?? all.find(({ id }) => id === chosen) ?? all[0];
  return { main, others: all.filter((picture) => picture !== main) };
}
