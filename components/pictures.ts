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

/** The large picture: the chosen one while it exists, or else a screen, or else the first person. */
export function mainPicture(pictures: readonly Picture[], chosen: string | null): Picture | undefined {
  return pictures.find((picture) => picture.id === chosen) ?? pictures[0];
}
