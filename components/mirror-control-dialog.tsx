import { useId, useState } from 'preact/hooks';
import type { CobrowseViewModel } from '../lib/engine/cobrowse-view-api.ts';
import type { ControlScope } from '../lib/protocol/cobrowse-control-messages.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import styles from './mirror-control-dialog.module.css';
import { useI18n } from './view-context.ts';

export interface MirrorControlDialogProps {
  readonly cobrowse: Pick<CobrowseViewModel, 'askControl'>;
  readonly name: string;
  onClose(): void;
}

const SCOPES = [
  { scope: 'point', label: 'mirrorControlPoint', hint: 'mirrorControlPointHint' },
  { scope: 'scroll', label: 'mirrorControlScroll', hint: 'mirrorControlScrollHint' },
  { scope: 'click', label: 'mirrorControlClick', hint: 'mirrorControlClickHint' },
  { scope: 'type', label: 'mirrorControlType', hint: 'mirrorControlTypeHint' },
  { scope: 'navigate', label: 'mirrorControlNavigate', hint: 'mirrorControlNavigateHint' },
] as const satisfies readonly { readonly scope: ControlScope; readonly label: MessageKey; readonly hint: MessageKey }[];

const MINUTE_MS = 60_000;
/** 0: the rest of the call. */
const TIMES = [
  { forMs: 5 * MINUTE_MS, label: 'mirrorControlFor5' },
  { forMs: 15 * MINUTE_MS, label: 'mirrorControlFor15' },
  { forMs: 0, label: 'mirrorControlForCall' },
] as const satisfies readonly { readonly forMs: number; readonly label: MessageKey }[];

/** What control is asked for, and for how long: no more than is needed. */
export function MirrorControlDialog({ cobrowse, name, onClose }: MirrorControlDialogProps) {
  const { t, lookUp } = useI18n();
  const id = useId();
  const [scopes, setScopes] = useState<ReadonlySet<ControlScope>>(new Set(['point', 'scroll', 'click', 'type']));
  const [forMs, setForMs] = useState<number>(TIMES[0].forMs);
  const toggle = (scope: ControlScope, on: boolean) => {
    const next = new Set(scopes);
    if (on) next.add(scope);
    else next.delete(scope);
    setScopes(next);
  };
  return (
    <Dialog title={t('mirrorControlAsk')} onClose={onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          cobrowse.askControl(
            SCOPES.map(({ scope }) => scope).filter((scope) => scopes.has(scope)),
            forMs,
          );
          onClose();
        }}
      >
        <fieldset class={styles.set}>
          <legend class={styles.legend}>{t('mirrorControlWhat', { name })}</legend>
          {SCOPES.map(({ scope, label, hint }) => (
            <div key={scope} class={styles.row}>
              <input
                id={`${id}-${scope}`}
                type="checkbox"
                checked={scopes.has(scope)}
                aria-describedby={`${id}-${scope}-hint`}
                onChange={({ currentTarget }) => toggle(scope, currentTarget.checked)}
              />
              <label for={`${id}-${scope}`}>{t(label)}</label>
              <small id={`${id}-${scope}-hint`}>{lookUp(hint, { name })}</small>
            </div>
          ))}
        </fieldset>
        <fieldset class={styles.set}>
          <legend class={styles.legend}>{t('mirrorControlFor')}</legend>
          {TIMES.map((time) => (
            <label key={time.forMs} class={styles.row}>
              <input type="radio" name="for" checked={time.forMs === forMs} onChange={() => setForMs(time.forMs)} />
              {t(time.label)}
            </label>
          ))}
        </fieldset>
        <Button type="submit" variant="primary" wide disabled={scopes.size === 0}>
          {scopes.size === 0 ? t('mirrorControlNone') : t('mirrorControlSend', { name })}
        </Button>
      </form>
    </Dialog>
  );
}
