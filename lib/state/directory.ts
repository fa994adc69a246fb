import type { DirectoryEntry } from '../protocol/desk-messages.ts';
import type { DeskPush } from '../rtc/desk-client.ts';

/** The directory after an event of the desk: by name; the same list when the event is about something else. */
export function nextDirectory(directory: readonly DirectoryEntry[], event: DeskPush): readonly DirectoryEntry[] {
  const without = (personId: string) => directory.filter((entry) => entry.personId !== personId);
  if (event.type === 'directory') return byName(event.people);
  if (event.type === 'directory.change') return byName([...without(event.person.personId), event.person]);
  return event.type === 'directory.gone' ? without(event.personId) : directory;
}

const byName = (people: readonly DirectoryEntry[]) => people.toSorted((a, b) => a.name.localeCompare(b.name));
