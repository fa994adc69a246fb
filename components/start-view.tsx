import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { type ComponentChild, render } from 'preact';
import type { Engine } from '../lib/engine/api.ts';
import { chooseLocale } from '../lib/i18n/choose-locale.ts';
import { createI18n, type I18n } from '../lib/i18n/create-i18n.ts';
import { loadCatalogue } from '../lib/i18n/load-catalogue.ts';
import type { ChoiceStore } from './create-call-view.ts';
import { type View, ViewContext } from './view-context.ts';

export interface ViewRoom {
  readonly engine: Engine;
  readonly root: Element;
  /** Aborted when the page goes. */
  readonly until: AbortSignal;
}

const TICK_MS = 1_000;

/** Puts a page on screen: its language and direction, its clock, and this window as a place to capture from. */
export async function startView({ engine, root, until }: ViewRoom, app: () => ComponentChild): Promise<void> {
  // A page that wasn't loaded by https has no devices to offer.
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (mediaDevices) engine.media.offerHost({ mediaDevices }, until);
  const i18n = await followLanguage(engine, until);
  const view: View = {
    i18n,
    now: startTicking(until),
    copy: (text) => void navigator.clipboard.writeText(text),
  };
  render(<ViewContext.Provider value={view}>{app()}</ViewContext.Provider>, root);
}

/** Small choices of a page, such as where one's own picture stands; a page without storage forgets them. */
export const pageChoices: ChoiceStore = {
  read(key) {
    try {
      return localStorage.getItem(`alongside.${key}`);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(`alongside.${key}`, value);
    } catch {
      // Storage is off or full: the choice lasts as long as the page.
    }
  },
};

async function followLanguage({ settings }: Engine, until: AbortSignal): Promise<ReadonlySignal<I18n>> {
  const wanted = () => chooseLocale(settings.current.value.language, navigator.languages);
  const load = async () => {
    const locale = wanted();
    return createI18n(locale, await loadCatalogue(locale));
  };
  const i18n = signal(await load());
  const stop = effect(() => {
    if (wanted() !== i18n.peek().locale) void load().then((next) => (i18n.value = next));
  });
  const stopMarking = effect(() => {
    document.documentElement.lang = i18n.value.locale;
    document.documentElement.dir = i18n.value.dir;
  });
  until.addEventListener('abort', () => {
    stop();
    stopMarking();
  });
  return i18n;
}

function startTicking(until: AbortSignal): ReadonlySignal<number> {
  const now = signal(Date.now());
  const timer = setInterval(() => (now.value = Date.now()), TICK_MS);
  until.addEventListener('abort', () => clearInterval(timer));
  return now;
}
