import type { RemotePerson } from '../../lib/engine/api.ts';
import { createFakeEngine, type FakeEngine } from '../fakes/fake-engine.ts';
import { MARTA, NOW, PUMPS, REMOTE_MARTA } from '../fakes/fake-people.ts';

/** An engine four minutes and twelve seconds into a call with Marta Ortega. */
export function createEngineInCall(person: Partial<RemotePerson> = {}): FakeEngine {
  const engine = createFakeEngine();
  engine.desk.presence.value = 'on-call';
  engine.call.state.value = {
    kind: 'active',
    person: MARTA,
    scenario: PUMPS,
    startedAt: NOW - 252_000,
    reconnectingSince: null,
    pause: null,
  };
  engine.call.people.value = [{ ...REMOTE_MARTA, ...person }];
  return engine;
}
