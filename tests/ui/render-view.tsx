import { type Signal, signal } from '@preact/signals';
import { cleanup, render } from '@testing-library/preact';
import type { ComponentChild } from 'preact';
import { afterEach } from 'vitest';
import { createBasicFeature } from '../../components/basic-feature.ts';
import type { CallFeature } from '../../components/call-features.ts';
import { type CallView, createCallView } from '../../components/create-call-view.ts';
import { LazyHistoryList } from '../../components/expert-home.tsx';
import { LazyCustomerHome } from '../../components/home-screen.tsx';
import { LazyCallScreen, LazyDiallingScreen, LazyGuestCall, preloadAround } from '../../components/lazy-call.ts';
import { PanelApp } from '../../components/panel-app.tsx';
import { type View, ViewContext } from '../../components/view-context.ts';
import type { Locale } from '../../lib/i18n/catalogue.ts';
import { createI18n } from '../../lib/i18n/create-i18n.ts';
import { loadCatalogue } from '../../lib/i18n/load-catalogue.ts';
import { createFakeEngine, type FakeEngine } from '../fakes/fake-engine.ts';
import { NOW } from '../fakes/fake-people.ts';

export interface Shown {
  readonly engine: FakeEngine;
  readonly now: Signal<number>;
  readonly view: CallView;
  /** What was put on the clipboard. */
  readonly copied: string[];
  /** What the page remembers beyond itself. */
  readonly choices: Map<string, string>;
}

afterEach(() => {
  cleanup();
  document.documentElement.removeAttribute('dir');
});

export interface ShowOptions {
  readonly engine?: FakeEngine;
  readonly locale?: Locale;
  readonly isMicGrantMissing?: boolean;
  readonly features?: readonly CallFeature[];
  /** Asks the browser for a site, where it lends a tab for one document only. */
  readonly keepSite?: (url: string) => Promise<boolean>;
  /** Called when the call is popped out; without it the page offers no window of its own. */
  readonly popOut?: () => void;
  readonly choices?: ReadonlyMap<string, string>;
}

/** Draws anything with a fake engine and a clock that the test moves. */
export async function showView(draw: (shown: Shown) => ComponentChild, options: ShowOptions = {}): Promise<Shown> {
  // Drawn at once, as after a ring.
  await Promise.all([
    preloadAround(LazyCallScreen),
    preloadAround(LazyGuestCall),
    LazyDiallingScreen.preload(),
    LazyCustomerHome.preload(),
    LazyHistoryList.preload(),
    ...(options.features ?? []).map((feature) => feature.preload?.()),
  ]);
  const locale = options.locale ?? 'en';
  const i18n = createI18n(locale, await loadCatalogue(locale));
  document.documentElement.lang = locale;
  document.documentElement.dir = i18n.dir;
  const now = signal(NOW);
  const copied: string[] = [];
  const choices = new Map(options.choices ?? []);
  const view = createCallView({
    read: (key) => choices.get(key) ?? null,
    write: (key, value) => void choices.set(key, value),
  });
  const shown: Shown = { engine: options.engine ?? createFakeEngine(), now, view, copied, choices };
  const context: View = { i18n: signal(i18n), now, copy: (text) => void copied.push(text) };
  render(<ViewContext.Provider value={context}>{draw(shown)}</ViewContext.Provider>);
  return shown;
}

/** The side panel. */
export function showPanel(options: ShowOptions = {}): Promise<Shown> {
  const { popOut, keepSite } = options;
  const features = options.features ?? [createBasicFeature(popOut ? { popOut } : {})];
  const isMicGrantMissing = signal(options.isMicGrantMissing ?? false);
  return showView(
    ({ engine, view }) => (
      <PanelApp
        engine={engine}
        view={view}
        features={features}
        welcomeHref="/welcome.html"
        optionsHref="/options.html"
        isMicGrantMissing={isMicGrantMissing}
        {...(popOut ? { popOut } : {})}
        {...(keepSite ? { keepSite } : {})}
      />
    ),
    options,
  );
}
