import { expect, test } from 'vitest';
import { sees } from '../harness/media.ts';
import { byRole, gone, hasText, press } from '../harness/queries.ts';
import { onEngine } from '../harness/seat.ts';
import { openCall } from '../ink/pair.ts';

// Silence takes half a minute, so one of them keeps it.
test.each([
  ['chrome', 'chrome', 'a no, a yes'],
  ['chrome', 'firefox', 'a no, silence, a yes'],
  ['firefox', 'chrome', 'a no, a yes'],
] as const)(
  'asking for the camera, expert in %s and customer in %s: %s',
  async (expertBrowser, customerBrowser, answers) => {
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
    if (answers.includes('silence')) {
      await ask();
      await gone(customer.page, 'alertdialog', undefined, 40_000);
      await hasText(expert.page, 'status', /didn’t answer|No answer/i);
    }
    expect(await onEngine(customer, '(engine) => engine.media.camera.peek()')).toBe('off');
    await ask();
    await press(customer.page, 'button', 'Allow');
    await sees(expert, 'Carla Customer camera');
    expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
  },
);
