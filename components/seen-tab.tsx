import type { CobrowseShareModel, SharedTabView } from '../lib/state/cobrowse-share-api.ts';
import { Button } from './button.tsx';
import { ModeChoice } from './mode-choice.tsx';
import styles from './seen-section.module.css';
import { SeenFrames } from './seen-frames.tsx';
import { SeenSite } from './seen-site.tsx';
import { tabName, tabStateWords } from './seen-words.ts';
import { useI18n } from './view-context.ts';

export interface SeenTabProps {
  readonly tab: SharedTabView;
  /** Who sees it. */
  readonly name: string;
  readonly share: CobrowseShareModel;
  askForSite(...origins: readonly string[]): Promise<boolean>;
}

/** One shared page: how it is, what of it is hidden, and its own switches. */
export function SeenTab({ tab, name, share, askForSite }: SeenTabProps) {
  const i18n = useI18n();
  const { t, plural } = i18n;
  const { tabId, state, address, mode, hiddenCount, isPicking, barredSites } = tab;
  const title = tabName(tab, i18n);
  const isThere = state.kind === 'live' || state.kind === 'paused';
  return (
    <li class={styles.tab}>
      <p class={styles.strong}>
        <bdi>{title}</bdi>
      </p>
      {address !== '' && (
        <p class={styles.quiet}>
          <bdi>{address}</bdi>
        </p>
      )}
      <p role="status" class={state.kind === 'live' ? styles.live : styles.waiting}>
        {tabStateWords(tab, i18n)}
      </p>
      {state.kind === 'paused' && state.reason === 'sensitive-page' && (
        <Button onClick={() => share.resumeTab(tabId)}>{t('seenGoOn')}</Button>
      )}
      {state.kind === 'asking' && (
        <SeenSite
          origin={state.origin}
          isBarred={state.isBarred}
          name={name}
          askForSite={askForSite}
          onAnswer={(answer) => share.answerSite(tabId, answer)}
        />
      )}
      {isThere && (
        <>
          <ModeChoice mode={mode} mayAssist={tab.mayAssist} onMode={(next) => share.setMode(tabId, next)} />
          <div class={styles.row}>
            <Button aria-pressed={isPicking} onClick={() => share.pickPart(tabId, !isPicking)}>
              {t('pageHidePart')}
            </Button>
            <p role="status" class={styles.quiet}>
              {isPicking && t('seenPicking')}
            </p>
          </div>
        </>
      )}
      {isThere && barredSites.length > 0 && (
        <SeenFrames
          sites={barredSites}
          name={name}
          onShow={() =>
            void askForSite(...barredSites).then((isGiven) => isGiven && share.enterSites(tabId, barredSites))
          }
        />
      )}
      {hiddenCount > 0 && (
        <div class={styles.row}>
          <p>{plural('seenHidden', hiddenCount)}</p>
          <Button variant="plain" onClick={() => share.showHidden(tabId)}>
            {t('seenShowAgain')}
          </Button>
        </div>
      )}
      <div>
        <Button variant="plain" aria-label={t('seenStopPage', { title })} onClick={() => share.stopTab(tabId)}>
          {t('pageStopSharing')}
        </Button>
      </div>
    </li>
  );
}
