import { safeAddress } from '../cobrowse/masking-address.ts';
import { scrubText } from '../cobrowse/masking-text.ts';
import { MAX_ADDRESS_CHARS, MAX_GUTTER_PX, MAX_TITLE_CHARS } from '../protocol/cobrowse-limits.ts';
import type { PageState, PrivacyMode } from '../protocol/cobrowse-messages.ts';

export interface PageStateDeps {
  readonly document: Document;
  readonly mode: () => PrivacyMode;
  /** What has the focus, when it may be known, and whether the page shows that. */
  readonly focus: () => Pick<PageState, 'focusId' | 'focusVisible'>;
  readonly emit: (state: PageState) => void;
  readonly signal: AbortSignal;
}

export interface PageStateWatch {
  /** Something may have changed: says so when it has. */
  look(): void;
  /** Says it again, for somebody new. */
  again(): void;
}

/** A page that changes its address without a word is caught this often; everything else has an event. */
const LOOK_EVERY_MS = 1_000;
const DARK = '(prefers-color-scheme: dark)';

/** Title, address, size, zoom, scroll, focus: told whole, whenever something of it has changed. */
export function watchPageState({ document, mode, focus, emit, signal }: PageStateDeps): PageStateWatch {
  const view = document.defaultView ?? window;
  let told = '';
  let isPlanned = false;

  const look = () => {
    isPlanned = false;
    if (signal.aborted) return;
    const state = { ...readState(document, view, mode()), ...focus() };
    const json = JSON.stringify(state);
    if (json === told) return;
    told = json;
    emit(state);
  };
  const plan = () => {
    if (isPlanned) return;
    isPlanned = true;
    // Not an animation frame: a hidden tab has none, and that it is hidden must be told.
    setTimeout(look, 50);
  };

  const options = { capture: true, passive: true, signal };
  for (const type of ['scroll', 'visibilitychange', 'readystatechange', 'focusin', 'focusout', 'fullscreenchange']) {
    document.addEventListener(type, plan, options);
  }
  for (const type of ['resize', 'popstate', 'hashchange', 'pageshow', 'load'])
    view.addEventListener(type, plan, options);
  view.matchMedia(DARK).addEventListener('change', plan, { signal });
  for (const type of ['scroll', 'resize']) view.visualViewport?.addEventListener(type, plan, { signal });
  const timer = setInterval(plan, LOOK_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return {
    look: plan,
    again() {
      told = '';
      plan();
    },
  };
}

/** What a scroll bar that takes room leaves less to the page. */
function gutterOf({ documentElement }: Document, { innerWidth }: Window): number {
  const missing = innerWidth - (documentElement?.clientWidth ?? innerWidth);
  return missing > 0 && missing <= MAX_GUTTER_PX ? missing : 0;
}

/** All of it but the focus. */
export function readState(document: Document, view: Window, mode: PrivacyMode): Omit<PageState, 'focusId'> {
  const zoom = view.visualViewport;
  return {
    title: scrubText(document.title).slice(0, MAX_TITLE_CHARS),
    address: safeAddress(view.location.href).slice(0, MAX_ADDRESS_CHARS),
    visible: document.visibilityState === 'visible',
    loading: document.readyState !== 'complete',
    unmirrorable: null,
    width: view.innerWidth,
    gutter: gutterOf(document, view),
    height: view.innerHeight,
    dark: view.matchMedia(DARK).matches,
    scrollX: view.scrollX,
    scrollY: view.scrollY,
    devicePixelRatio: Math.min(20, Math.max(0.1, view.devicePixelRatio)),
    zoom: { scale: zoom?.scale ?? 1, x: zoom?.offsetLeft ?? 0, y: zoom?.offsetTop ?? 0 },
    mode,
  };
}
