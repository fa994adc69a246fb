import { createBasicFeature } from '../../../components/basic-feature.ts';
import { createCallView } from '../../../components/create-call-view.ts';
import { createMirrorView, type MirrorView } from '../../../components/create-mirror-view.ts';
import { MirrorApp } from '../../../components/mirror-app.tsx';
import { shareFeature } from '../../../components/share-feature.tsx';
import type { Engine } from '../../../lib/engine/api.ts';
import type { PickerKind } from '../../../lib/protocol/cobrowse-messages.ts';
import { inMirror, PAGE, RESULTS, TABS } from '../../fakes/fake-mirror.ts';
import { MARTA, NOW } from '../../fakes/fake-people.ts';
import type { FakeEngine } from '../../fakes/fake-engine.ts';
import type { Scene } from './scenes.tsx';

/** What a player shows, without one. */
const STAND_IN = `data:text/html,${encodeURIComponent(
  `<body style="margin:0;font:18px sans-serif;color:#222"><div style="padding:40px"><h1>Nordlicht</h1><p>Name on card</p>
  <input value="M. Ortega" style="width:50%;padding:10px"><p>Voucher</p><input value="WINTER-24" style="width:50%;padding:10px">
  <p style="color:#b00">Voucher is not valid for this cart</p></div>`,
)}`;

type Prepare = (engine: FakeEngine, mirror: MirrorView) => void;

const scene = (prepare: Prepare, pickers: readonly PickerKind[] = [], barred = 0): Scene => ({
  sizes: ['panel', 'wide'],
  show(fake) {
    const mirror = createMirrorView();
    inMirror(fake);
    prepare(fake, mirror);
    // The player has shown the page as soon as it is there.
    const attach = () => {
      mirror.noteShown(1);
      mirror.setPickers(pickers);
      mirror.setBarred(barred);
    };
    const engine: Engine = { ...fake, cobrowse: { ...fake.cobrowse, attach } };
    return (
      <MirrorApp
        engine={engine}
        view={createCallView({ read: () => null, write: () => {} })}
        mirror={mirror}
        features={[createBasicFeature({}), shareFeature]}
        playerHref={STAND_IN}
        close={() => {}}
      />
    );
  },
});

const off = (engine: FakeEngine, state: FakeEngine['cobrowse']['state']['value']): void => {
  engine.cobrowse.state.value = state;
  engine.cobrowse.tabs.value = [];
  engine.cobrowse.page.value = null;
};

/** The co-browse window in each of its states. */
export const MIRROR_SCENES: Readonly<Record<string, Scene>> = {
  'mirror-live': scene(() => {}),
  'mirror-control': scene((engine, mirror) => {
    engine.cobrowse.control.value = {
      scopes: ['point', 'scroll', 'click', 'type', 'navigate'],
      preempted: false,
      endsAt: NOW + 252_000,
    };
    engine.cobrowse.results.value = RESULTS;
    mirror.setLogOpen(true);
  }),
  'mirror-ask': scene((_, mirror) => mirror.setAsking(true)),
  'mirror-asked': scene((engine) => {
    engine.consent.outgoing.value = [{ id: 'ask-1', kind: 'control', state: 'waiting' }];
  }),
  'mirror-draw': scene((_, mirror) => mirror.setTool('draw')),
  'mirror-highlight': scene((_, mirror) => mirror.setTool('highlight')),
  'mirror-tabs': scene((engine) => {
    engine.cobrowse.tabs.value = TABS;
  }),
  'mirror-past': scene((_, mirror) => {
    mirror.setPast({ lengthMs: 120_000, atMs: 84_000, playing: false });
  }),
  'mirror-native': scene(() => {}, ['file']),
  'mirror-barred': scene(() => {}, [], 1),
  'mirror-sensitive': scene((engine) => {
    engine.cobrowse.pause.value = 'sensitive-page';
  }),
  'mirror-asking-site': scene((engine) => {
    engine.cobrowse.pause.value = 'new-origin';
  }),
  'mirror-pdf': scene((engine) => {
    engine.cobrowse.page.value = { ...PAGE, unmirrorable: 'pdf' };
  }),
  'mirror-off': scene((engine) => off(engine, { kind: 'off' })),
  'mirror-waiting': scene((engine) => off(engine, { kind: 'waiting' })),
  'mirror-refused': scene((engine) => off(engine, { kind: 'refused', reason: 'refused' })),
  'mirror-unavailable': scene((engine) => off(engine, { kind: 'refused', reason: 'unavailable' })),
  'mirror-reconnecting': scene((engine) => {
    const { value } = engine.call.state;
    if (value.kind === 'active') engine.call.state.value = { ...value, reconnectingSince: NOW - 9_000 };
  }),
  'mirror-ended': scene((engine) => {
    const about = { reason: 'exited', mine: false, durationMs: 252_000, engagementId: 'engagement-9' } as const;
    engine.call.state.value = { kind: 'ended', person: MARTA, ...about };
  }),
  'mirror-no-call': scene((engine) => {
    engine.call.state.value = { kind: 'idle' };
  }),
};
