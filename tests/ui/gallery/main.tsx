import '../../../components/base.css';
import '../../../components/guest.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { LazyHistoryList } from '../../../components/expert-home.tsx';
import { LazyCustomerHome } from '../../../components/home-screen.tsx';
import { LazyCallScreen, LazyGuestCall, preloadAround } from '../../../components/lazy-call.ts';
import { type View, ViewContext } from '../../../components/view-context.ts';
import { isLocale } from '../../../lib/i18n/catalogue.ts';
import { createI18n } from '../../../lib/i18n/create-i18n.ts';
import { loadCatalogue } from '../../../lib/i18n/load-catalogue.ts';
import { createFakeEngine } from '../../fakes/fake-engine.ts';
import { NOW } from '../../fakes/fake-people.ts';
import { DRAWING_SCENES } from './drawing-scenes.tsx';
import { GUEST_SCENES } from './guest-scenes.tsx';
import { MIRROR_SCENES } from './mirror-scenes.tsx';
import { PAGE_SCENES } from './page-scenes.tsx';
import { SCENES } from './scenes.tsx';
import { SEEN_SCENES } from './seen-scenes.tsx';

const query = new URLSearchParams(location.search);
const wanted = query.get('lang') ?? 'en';
const locale = isLocale(wanted) ? wanted : 'en';
const ALL = { ...SCENES, ...DRAWING_SCENES, ...GUEST_SCENES, ...PAGE_SCENES, ...SEEN_SCENES, ...MIRROR_SCENES };
const name = query.get('scene') ?? '';
const scene = ALL[name];
document.documentElement.classList.toggle('guest', name.startsWith('guest'));
const i18n = createI18n(locale, await loadCatalogue(locale));
document.documentElement.lang = locale;
document.documentElement.dir = i18n.dir;

const view: View = { i18n: signal(i18n), now: signal(NOW), copy: () => {} };
const list = (
  <main>
    <h1>Gallery</h1>
    <ul>
      {Object.entries(ALL).map(([name, { sizes = ['panel'] }]) => (
        <li key={name}>
          <a href={`?scene=${name}`} data-sizes={sizes.join(' ')}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  </main>
);
await Promise.all([
  preloadAround(LazyCallScreen),
  preloadAround(LazyGuestCall),
  LazyCustomerHome.preload(),
  LazyHistoryList.preload(),
]);
const root = document.querySelector('#app') ?? document.body;
render(<ViewContext.Provider value={view}>{scene ? scene.show(createFakeEngine()) : list}</ViewContext.Provider>, root);

/** A control may have to wait for a picture. */
const FRAMES = 300;
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

async function findUsable(selector: string): Promise<HTMLElement | null> {
  for (let frame = 0; frame < FRAMES; frame += 1) {
    await nextFrame();
    const control = document.querySelector<HTMLElement>(selector);
    if (control && !control.hasAttribute('disabled')) return control;
  }
  return null;
}

/** Some views draw anew once they have been measured, and everything is measured anew when the font has come. */
async function whenSettled(): Promise<void> {
  await document.fonts.ready;
  let changes = 1;
  const observer = new MutationObserver(() => (changes += 1));
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  for (let frame = 0; frame < FRAMES && changes > 0; frame += 1) {
    changes = 0;
    await nextFrame();
  }
  observer.disconnect();
}

declare global {
  /** Resolves once nothing is drawn anew any more, e.g. after the window has got another size. */
  var settled: typeof whenSettled;
}
globalThis.settled = whenSettled;
for (const selector of scene?.press ?? []) (await findUsable(selector))?.click();
await whenSettled();
document.documentElement.dataset['ready'] = 'true';
