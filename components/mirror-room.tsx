import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import type { FromPlayer } from '../lib/protocol/player-messages.ts';
import { type MirrorView, scaleFor } from './create-mirror-view.ts';
import { openPlayerPort } from './mirror-player-port.ts';
import styles from './mirror-room.module.css';
import { useI18n } from './view-context.ts';
import { tellInk, tieInk } from './mirror-ink.ts';

export interface MirrorRoomProps {
  readonly engine: Engine;
  readonly mirror: MirrorView;
  /** The page that rebuilds what is streamed, inside a sandbox. */
  readonly playerHref: string;
  /** Name of the page for screen readers. */
  readonly name: string;
  /** Stands at the customer's pointer. */
  readonly customer: string;
  readonly isControlled: boolean;
  /** Lies over the page, in the same place and size. */
  readonly over: (page: HTMLElement) => ComponentChildren;
}

/** A page that was never heard of is drawn in this size until its own is known. CSS px. */
const UNKNOWN_PAGE = { width: 1280, height: 800 } as const;
/** Room round the page, CSS px. */
const MARGIN = 2 * 16;

/** The customer's page in its own size or another, and what is drawn over it. */
export function MirrorRoom({ engine, mirror, playerHref, name, customer, isControlled, over }: MirrorRoomProps) {
  const { t } = useI18n();
  const { cobrowse } = engine;
  const room = useRef<HTMLDivElement | null>(null);
  const frame = useRef<HTMLIFrameElement | null>(null);
  const [page, setPage] = useState<HTMLElement | null>(null);
  const area = useSignal({ width: 0, height: 0 });

  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    const measure = () => {
      area.value = { width: element.clientWidth - MARGIN, height: element.clientHeight - MARGIN };
    };
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    measure();
    return () => sizes.disconnect();
  }, []);

  useEffect(() => {
    if (frame.current === null) return;
    const gone = new AbortController();
    const { signal } = gone;
    const port = openPlayerPort({
      frame: frame.current,
      onMessage: (message) => hear(message, engine, mirror),
      signal,
    });
    mirror.setPort(port);
    cobrowse.attach({ show: port.post }, signal);
    const stopInk = tellInk(engine, port);
    // A window in Firefox takes its objects with it: the engine has to let go before.
    window.addEventListener('pagehide', () => gone.abort(), { once: true, signal });
    return () => {
      stopInk();
      mirror.setPort(null);
      mirror.setPast(null);
      gone.abort();
    };
  }, []);

  const known = cobrowse.page.value;
  const size = known !== null && known.width > 0 && known.height > 0 ? known : UNKNOWN_PAGE;
  const scale = scaleFor(mirror.zoom.value, size, area.value);
  const port = mirror.port.value;
  useEffect(() => {
    mirror.setScale(scale);
    port?.post({ type: 'scale', scale });
  }, [port, scale]);
  const words = [
    customer.slice(0, 80),
    t('mirrorBarredFrame').slice(0, 200),
    t('mirrorFileFrame').slice(0, 200),
  ] as const;
  useEffect(() => {
    const [customer, barred, file] = words;
    port?.post({ type: 'words', customer, barred, file });
  }, [port, ...words]);

  const box = { width: `${size.width * scale}px`, height: `${size.height * scale}px` };
  return (
    <div ref={room} class={`${styles.room} ${isControlled ? styles.controlled : ''}`}>
      <div ref={setPage} class={styles.page} style={box} dir="ltr">
        <iframe ref={frame} class={styles.frame} src={playerHref} title={name} tabIndex={-1} />
        {page !== null && over(page)}
      </div>
    </div>
  );
}

function hear(message: FromPlayer, engine: Engine, mirror: MirrorView): void {
  const { cobrowse } = engine;
  switch (message.type) {
    case 'shown':
      mirror.noteShown(message.tabId);
      return cobrowse.heard(message);
    case 'resync':
    case 'want':
      return cobrowse.heard(message);
    case 'pickers':
      return mirror.setPickers(message.kinds);
    case 'barred':
      return mirror.setBarred(message.frames);
    case 'rewound':
      return mirror.setPast(message.past);
    case 'tied':
      return tieInk(engine, message);
    default:
  }
}
