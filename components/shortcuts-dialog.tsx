import type { CallView } from './create-call-view.ts';
import { Dialog } from './dialog.tsx';
import { useI18n } from './view-context.ts';
import styles from './shortcuts-dialog.module.css';
import { Switch } from './switch.tsx';

/** The keys that work in a call, and a switch for people whose hands or voice hit keys unmeant. */
export function ShortcutsDialog({ view, onClose }: { readonly view: CallView; onClose(): void }) {
  const { t } = useI18n();
  const rows = [
    ['M', t('shortcutMute')],
    ['V', t('shortcutVideo')],
    ['C', t('shortcutMessages')],
    [t('keySpace'), t('shortcutTalk')],
    ['?', t('shortcutHelp')],
    [t('keyEscape'), t('shortcutEscape')],
  ] as const;
  return (
    <Dialog title={t('keyboardShortcuts')} onClose={onClose}>
      <dl class={styles.keys}>
        {rows.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <Switch label={t('shortcutsOn')} checked={view.shortcutsOn.value} onChange={(on) => view.setShortcutsOn(on)} />
    </Dialog>
  );
}
