import { AppWindow } from 'lucide';
import type { Engine } from '../lib/engine/api.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { PickerKind } from '../lib/protocol/cobrowse-messages.ts';
import { Button } from './button.tsx';
import type { MirrorView } from './create-mirror-view.ts';
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

/** The customer looks at something that belongs to their browser and not to the page. */
export function MirrorNative({ engine: { consent }, mirror, name }: MirrorNativeProps) {
  const { t, lookUp } = useI18n();
  const key = mirror.pickers.value.map((kind) => WORDS[kind]).find((word) => word !== undefined);
  const isAsked = consent.outgoing.value.some((ask) => ask.kind === 'screen' && ask.state === 'waiting');
  return (
    <div class={key === undefined ? styles.none : styles.line}>
      <p role="status" class={styles.words}>
        {key !== undefined && (
          <>
            <Icon node={AppWindow} size={18} />
            <span>{lookUp(key, { name })}</span>
          </>
        )}
      </p>
      {key !== undefined && (
        <Button disabled={isAsked} onClick={() => consent.ask('screen')}>
          {t('askForScreen')}
        </Button>
      )}
    </div>
  );
}
