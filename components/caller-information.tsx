import { ChevronDown, ChevronUp } from 'lucide';
import { useId } from 'preact/hooks';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { Fact } from '../lib/protocol/desk-messages.ts';
import styles from './caller-information.module.css';
import { Icon } from './icon.tsx';
import { useI18n } from './view-context.ts';

/** The facts that engines collect by themselves have names in every language; attributes of a link keep their own. */
const FACT_NAMES: Readonly<Record<string, MessageKey>> = {
  browser: 'factBrowser',
  system: 'factSystem',
  language: 'factLanguage',
  timeZone: 'factTimeZone',
  localTime: 'factLocalTime',
  screen: 'factScreen',
  network: 'factNetwork',
  pageTitle: 'factPageTitle',
  pageAddress: 'factPageAddress',
  device: 'factDevice',
  site: 'factSite',
};

/** Name and value of each fact; attributes of the link first: somebody put them there on purpose. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  const { t } = useI18n();
  const ordered = [
    ...facts.filter((fact) => fact.source === 'link'),
    ...facts.filter((fact) => fact.source !== 'link'),
  ];
  return (
    <dl class={styles.facts}>
      {ordered.map(({ key, value }) => {
        const known = key.charAt(0).toLowerCase() + key.slice(1);
        const name = Object.hasOwn(FACT_NAMES, known) ? FACT_NAMES[known] : undefined;
        return (
          <div key={key}>
            <dt>{name ? t(name) : key}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

export interface CallerInformationProps {
  readonly facts: readonly Fact[];
  readonly isOpen: boolean;
  onToggle(open: boolean): void;
}

/** Who is at the other end, folded to one line until somebody wants to know. */
export function CallerInformation({ facts, isOpen, onToggle }: CallerInformationProps) {
  const { t } = useI18n();
  const titleId = useId();
  const bodyId = useId();
  return (
    <section aria-labelledby={titleId} class={styles.root}>
      <button
        type="button"
        class={styles.toggle}
        aria-expanded={isOpen}
        aria-controls={isOpen ? bodyId : undefined}
        onClick={() => onToggle(!isOpen)}
      >
        <span id={titleId} class={styles.title}>
          {t('callerInformation')}
        </span>
        <Icon node={isOpen ? ChevronDown : ChevronUp} size={18} />
      </button>
      {isOpen && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <div id={bodyId} class={styles.body} tabIndex={0} role="group" aria-labelledby={titleId}>
          {facts.length === 0 ? <p class={styles.empty}>{t('callerInformationEmpty')}</p> : <FactList facts={facts} />}
        </div>
      )}
    </section>
  );
}
