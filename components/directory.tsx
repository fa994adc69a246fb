import { Video } from 'lucide';
import { useId, useState } from 'preact/hooks';
import type { DeskModel } from '../lib/engine/api.ts';
import type { DirectoryEntry } from '../lib/protocol/desk-messages.ts';
import { Avatar } from './avatar.tsx';
import styles from './directory.module.css';
import field from './field.module.css';
import { IconButton } from './icon-button.tsx';
import list from './list.module.css';
import { Section } from './section.tsx';
import { PRESENCE_NAMES } from './status-menu.tsx';
import { useI18n } from './view-context.ts';

/** Whom one can reach comes first; inside each kind by name. */
export function sortDirectory(people: readonly DirectoryEntry[], locale: string): readonly DirectoryEntry[] {
  const order = ['available', 'on-call', 'wrap-up', 'busy', 'away', 'offline'];
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return [...people].sort((a, b) => order.indexOf(a.presence) - order.indexOf(b.presence) || compare(a.name, b.name));
}

/** Every word of `query` stands somewhere in the name or the team. */
export function matchesQuery({ name, team = '' }: DirectoryEntry, query: string): boolean {
  const text = `${name} ${team}`.toLocaleLowerCase();
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** People to call: devices and colleagues, with a search. */
export function Directory({ desk }: { readonly desk: DeskModel }) {
  const { t, plural, locale } = useI18n();
  const titleId = useId();
  const [query, setQuery] = useState('');
  const all = desk.directory.value;
  const isSearching = query.trim() !== '';
  const people = sortDirectory(
    all.filter((entry) => matchesQuery(entry, query.trim())),
    locale,
  );
  return (
    <Section id={titleId} title={t('directory')}>
      {all.length > 0 && (
        <input
          type="search"
          aria-label={t('searchDirectory')}
          placeholder={t('searchDirectory')}
          class={field.control}
          value={query}
          onInput={({ currentTarget }) => setQuery(currentTarget.value)}
        />
      )}
      <p class={isSearching && people.length > 0 ? 'visually-hidden' : styles.note} role="status">
        {isSearching &&
          (people.length === 0
            ? t('directoryNoMatch', { query: query.trim() })
            : plural('directoryFound', people.length))}
      </p>
      {all.length === 0 && <p class={list.empty}>{t('directoryEmpty')}</p>}
      <ul aria-labelledby={titleId} class={list.list} hidden={people.length === 0}>
        {people.map((person) => (
          <PersonRow key={person.personId} person={person} onCall={() => desk.callPerson(person.personId)} />
        ))}
      </ul>
    </Section>
  );
}

function PersonRow({ person, onCall }: { readonly person: DirectoryEntry; onCall(): void }) {
  const { t } = useI18n();
  const { name, role, presence } = person;
  const kinds = { expert: t('kindExpert'), device: t('kindDevice'), customer: t('kindCustomer') };
  const status = role === 'device' && presence === 'available' ? t('statusReady') : t(PRESENCE_NAMES[presence]);
  const canCall = presence === 'available';
  return (
    <li class={list.row}>
      <Avatar name={name} presence={presence} />
      <div class={list.words}>
        <p class={list.name}>{name}</p>
        <p class={list.about}>{t('teamAndStatus', { team: person.team ?? kinds[role], status })}</p>
      </div>
      <IconButton
        icon={Video}
        label={t('callNamed', { name })}
        {...(canCall ? {} : { tip: t('callUnavailable', { name, status }) })}
        disabled={!canCall}
        onClick={onCall}
      />
    </li>
  );
}
