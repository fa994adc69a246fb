import { AppWindow, X } from 'lucide';
import type { Engine } from '../lib/engine/api.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { PickerKind } from '../lib/protocol/cobrowse-messages.ts';
import { shownTab } from '../lib/state/cobrowse-tabs.ts';
import { Button } from './button.tsx';
import type { MirrorView } from './create-mirror-view.ts';
import { IconButton } from './icon-button.tsx';
import { Icon } from './icon.tsx';
import styles from './mirror-native.module.css';
import { useI18n } from './view-context.ts';

/** Lists are shown by the player in the page itself; of these nobody can know what is in them. */
const WORDS: Partial<Record<PickerKind, MessageKey>> = {
  date: 'mirrorNativeDate',
  colour: 'mirrorNativeColour',
  file: 'mirrorNativeFile',
};

export interface MirrorNativeProps {
  readonly engine: Engine;
  readonly mirror: MirrorView;
  readonly name: string;
}

/** Something of the customer's page or browser that can't be shown here, and what to do about it. */
export function MirrorNative({ engine: { consent, cobrowse }, mirror, name }: MirrorNativeProps) {
  const { t, lookUp } = useI18n();
  const key = mirror.pickers.value.map((kind) => WORDS[kind]).find((word) => word !== undefined);
  const shown = shownTab(cobrowse.tabs.value, mirror.chosenTab.value);
  const isPartial = cobrowse.tabs.value.some(({ tabId, partial }) => tabId === shown && partial === true);
  const isBarred = mirror.isBarredNews.value && (isPartial || mirror.barred.value > 0);
  const words = key === undefined ? isBarred && t('mirrorBarred', { name }) : lookUp(key, { name });
  const isAsked = consent.outgoing.value.some((ask) => ask.kind === 'screen' && ask.state === 'waiting');
  return (
    <div class={words ? styles.line : styles.none}>
      <p role="status" class={styles.words}>
        {words && (
          <>
            <Icon node={AppWindow} size={18} />
            <span>{words}</span>
          </>
        )}
      </p>
      {words && (
        <Button disabled={isAsked} onClick={() => consent.ask('screen')}>
          {t('askForScreen')}
        </Button>
      )}
      {words && key === undefined && (
        <IconButton icon={X} label={t('dismiss')} onClick={() => mirror.dismissBarred()} />
      )}
    </div>
  );
}
