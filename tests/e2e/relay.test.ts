import { expect, test } from 'vitest';
import { ensureCoturn } from '../../scripts/tools/coturn.ts';
import { startDesk } from '../../server/start-desk.ts';
import { waitFor } from './harness/deadline.ts';
import { hears, sees } from './harness/media.ts';
import { press } from './harness/queries.ts';
import { startRelay } from './harness/relay.ts';
import { createScene } from './harness/scene.ts';
import { extensionSeat, onEngine, selectedPair, signIn } from './harness/seat.ts';
import { callFromDirectory, untold } from './journeys/call.ts';

test.each(['chrome', 'firefox'] as const)(
  '“Relay only”: the whole call goes through a relay, customer in %s',
  async (browser) => {
    if (!(await ensureCoturn())) {
      process.stdout.write(
        'NOT RUN: coturn is not installed (Debian: apt install coturn); no call went through a relay.\n',
      );
      return;
    }
    const relay = await startRelay();
    const desk = await startDesk({ port: 0, turn: relay.turn });
    const scene = createScene();
    scene.onLeave(async () => {
      await desk.close();
      relay.close();
    });
    const enter = async (name: string, browser: 'chrome' | 'firefox', role: 'expert' | 'device') => {
      const person = await scene.enter(name, { browser, extension: true });
      const seat = await extensionSeat(person, await person.openPanel(await person.open(`${desk.url}/shop`)));
      await signIn(seat, desk.invite(role, name));
      // Set while signalling is up already: it counts from the next call on.
      await onEngine(seat, '(engine) => engine.settings.update({ relayOnly: true })');
      return seat;
    };
    const [expert, customer] = await Promise.all([enter('Eva', 'chrome', 'expert'), enter('Carla', browser, 'device')]);
    await callFromDirectory({ expert, customer, tell: untold });
    await press(expert.page, 'button', 'Video');
    await sees(customer, 'Eva camera');
    await press(customer.page, 'button', 'Video');
    await sees(expert, 'Carla camera');
    await Promise.all([hears(expert), hears(customer)]);
    for (const seat of [expert, customer])
      expect(await selectedPair(seat)).toEqual({ local: 'relay', remote: 'relay' });
    for (const seat of [expert, customer]) {
      await waitFor(`${seat.person.name} to be told`, async () => {
        return (await onEngine(seat, '(engine) => engine.call.quality.peek()?.relayed ?? null')) === true || null;
      });
    }
  },
);
