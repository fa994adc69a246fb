import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { I18n } from '../lib/i18n/create-i18n.ts';

/** What every component of a page may need and no engine model has. */
export interface View {
  readonly i18n: ReadonlySignal<I18n>;
  /** Epoch ms, renewed every second: for durations and countdowns on screen. */
  readonly now: ReadonlySignal<number>;
  /** Puts text on the clipboard; must be called straight from a click. */
  copy(text: string): void;
}

export const ViewContext = createContext<View | null>(null);

export function useView(): View {
  const view = useContext(ViewContext);
  if (view === null) throw new Error('A component was rendered outside of its page: ViewContext is missing');
  return view;
}

/** The texts in the language of now; a component that calls this is drawn again when the language changes. */
export const useI18n = (): I18n => useView().i18n.value;
