/** Two ends of a mirrored page, ours or the baseline's, driven and read in the same way. */
import { PeerServer } from 'peer';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer';
import { waitFor } from '../e2e/harness/deadline.ts';
import { type Lab, type LabOptions, openLab, shareApart } from '../e2e/mirror/lab/lab.ts';
import { bundleForPage } from '../e2e/overlay/overlay-stage.ts';

export type Kind = 'ours' | 'stock';

export interface MirrorEnds {
  readonly customer: Page;
  readonly expert: Page;
  /** Begins to share. Resolves to when it began, epoch ms. */
  share(): Promise<number>;
  /** All that has left the customer for the expert. */
  sentBytes(): Promise<number>;
  close(): Promise<void>;
}

export interface MirrorBench {
  readonly lab: Lab;
  open(kind: Kind, body: string, options?: { readonly before?: () => void }): Promise<MirrorEnds>;
  close(): Promise<void>;
}

export async function createMirrorBench(options: LabOptions = {}): Promise<MirrorBench> {
  const lab = await openLab(options);
  const script = `<script>${(await bundleForPage('../../bench/stock-mirror-in-page.ts')).replaceAll('</script', '<\\/script')}</script>`;
  const stop = Promise.withResolvers<() => void>();
  const port = await new Promise<number>((resolve) => {
    PeerServer({ host: '127.0.0.1', port: 0 }, (server) => {
      stop.resolve(() => server.close());
      resolve((server.address() as AddressInfo).port); // it listens on TCP
    });
  });

  const ours = async (body: string, before?: () => void): Promise<MirrorEnds> => {
    // In the extension, too, what packs and sends is in another process than the customer's page.
    const engine = await lab.source('chrome', '');
    const customer = await lab.source('chrome', body);
    const expert = await lab.stage('chrome', before ? { before } : {});
    await expert.evaluate(() => {
      Object.assign(globalThis, {
        mirrored: () => globalThis.stage.mirror()?.contentDocument ?? null,
        cursor: () => globalThis.stage.mirror()?.ownerDocument.querySelector('.customer-cursor') ?? null,
      });
    });
    return {
      ...{ customer, expert },
      share: () => shareApart(customer, engine, expert),
      sentBytes: () => engine.evaluate(() => globalThis.lab.sentBytes()),
      async close() {
        await Promise.all([customer.close(), engine.close(), expert.close()]);
      },
    };
  };

  const stock = async (body: string, before?: () => void): Promise<MirrorEnds> => {
    const customer = await lab.source('chrome', body);
    await customer.addScriptTag({ content: script.slice('<script>'.length, -'</script>'.length) });
    const expert = await lab.open('expert', 'chrome', lab.serve(script), before);
    await expert.evaluate(() => {
      Object.assign(globalThis, {
        mirrored: () => document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument ?? null,
        cursor: () => document.querySelector('.replayer-mouse'),
      });
    });
    const id = await expert.evaluate(`inPage.start(${port})`);
    await expert.evaluate('inPage.watch()');
    await customer.evaluate(`inPage.start(${port})`);
    await customer.evaluate(`inPage.connect(${JSON.stringify(id)})`);
    return {
      ...{ customer, expert },
      share: () => customer.evaluate('inPage.share()') as Promise<number>, // as the page's own function says
      sentBytes: () => customer.evaluate('inPage.sentBytes()') as Promise<number>,
      async close() {
        await Promise.all([customer.close(), expert.close()]);
      },
    };
  };

  return {
    lab,
    async open(kind, body, { before } = {}) {
      const ends = await (kind === 'ours' ? ours : stock)(body, before);
      await ends.expert.evaluate(watchMirror);
      return ends;
    },
    async close() {
      await lab.close();
      (await stop.promise)();
    },
  };
}

/** Something done or seen: its name, when it was done or painted, and when it was there to be painted, epoch ms. */
export type Seen = readonly [name: string, at: number, thereAt?: number];

/**
 * Runs at the expert: notes what is seen of the mirrored page's `#mark`, scroll position and pointer, and when the frame
 * with it was painted. What changes before a frame, or in it, is painted when the first task after that frame runs.
 */
function watchMirror(): void {
  const page = globalThis as typeof globalThis & {
    mirrored: () => Document | null;
    cursor: () => HTMLElement | null;
    seen: Seen[];
  };
  page.seen = [];
  const last = new Map<string, string>();
  let waiting: [name: string, thereAt: number][] = [];
  const note = (kind: string, value: string | undefined) => {
    if (value === undefined || last.get(kind) === value) return;
    last.set(kind, value);
    waiting.push([`${kind}:${value}`, performance.timeOrigin + performance.now()]);
  };
  const look = () => {
    const document = page.mirrored();
    const cursor = page.cursor();
    note('mark', document?.getElementById('mark')?.textContent);
    // Ours moves by a transform, rrweb's by `left`.
    const x = /translate\(([\d.-]+)px/.exec(cursor?.style.transform ?? '')?.[1] ?? cursor?.style.left;
    if (x) note('cursor', String(Math.round(Number.parseFloat(x))));
  };
  const watched = new WeakSet<Node>();
  const observer = new MutationObserver(look);
  const observe = () => {
    for (const node of [page.mirrored(), page.cursor()]) {
      if (node === null || watched.has(node)) continue;
      watched.add(node);
      observer.observe(node, { subtree: true, childList: true, characterData: true, attributes: true });
    }
  };
  const painted = new MessageChannel();
  painted.port1.addEventListener('message', () => {
    // Only here: before the page is laid out for its frame, asking would do that at once.
    const scroller = page.mirrored()?.scrollingElement;
    note('scroll', scroller ? String(Math.round(scroller.scrollTop)) : undefined);
    const at = performance.timeOrigin + performance.now();
    for (const [name, thereAt] of waiting) page.seen.push([name, at, thereAt]);
    waiting = [];
  });
  painted.port1.start();
  const frame = () => {
    observe();
    look();
    note('count', String(page.mirrored()?.body?.getElementsByTagName('*').length));
    painted.port2.postMessage(0);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

export const takeSeen = (expert: Page): Promise<Seen[]> =>
  expert.evaluate(() => (globalThis as typeof globalThis & { seen: Seen[] }).seen.splice(0));

/** Waits until the mirror shows this; resolves to when it was painted, epoch ms. */
export async function whenSeen(expert: Page, name: string): Promise<number> {
  return waitFor(
    `${name} to be seen`,
    () =>
      expert.evaluate(
        (name) =>
          (globalThis as typeof globalThis & { seen: Seen[] }).seen.find(([each]) => each === name)?.[1] ?? null,
        name,
      ),
    60_000,
  );
}

/** Ms from each deed until it was painted, or there; what was never seen is left out. */
export function delaysOf(
  deeds: readonly Seen[],
  seen: readonly Seen[],
  until: 'painted' | 'there' = 'painted',
): number[] {
  return deeds.flatMap(([name, at]) => {
    const then = seen.find(([each, when]) => each === name && when >= at);
    return then === undefined ? [] : [(until === 'there' ? (then[2] ?? then[1]) : then[1]) - at];
  });
}
