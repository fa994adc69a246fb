import { expect, test } from 'vitest';
import { sees } from '../harness/media.ts';
import { byRole, gone, hasText, press } from '../harness/queries.ts';
import { onEngine, shortenSilence } from '../harness/seat.ts';
import { openCall } from '../ink/pair.ts';

test.each([
  ['chrome', 'firefox'],
  ['firefox', 'chrome'],
] as const)(
  'asking for the camera, expert in %s and customer in %s: a no, silence, a yes',
  async (expertBrowser, customerBrowser) => {
    const { expert, customer } = await openCall(expertBrowser, customerBrowser);
    const ask = async () => {
      await press(expert.page, 'button', 'Options');
      await press(expert.page, 'menuitem', 'Ask for camera');
      await byRole(customer.page, 'alertdialog', 'Eva Expert asks to see your camera');
    };
    await ask();
    await press(customer.page, 'button', 'Don’t allow');
    await gone(customer.page, 'alertdialog');
    await hasText(expert.page, 'status', /didn’t allow it/);
    const lengthen = await shortenSilence(customer);
    await ask();
    await gone(customer.page, 'alertdialog');
    await hasText(expert.page, 'status', /didn’t answer|No answer/i);
    await lengthen();
    expect(await onEngine(customer, '(engine) => engine.media.camera.peek()')).toBe('off');
    await ask();
    await press(customer.page, 'button', 'Allow');
    await sees(expert, 'Carla Customer camera');
    expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
  },
);
