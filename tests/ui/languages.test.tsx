import { fireEvent, screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { createFakeEngine } from '../fakes/fake-engine.ts';
import { DIRECTORY, HISTORY, WAITING } from '../fakes/fake-people.ts';
import { createEngineInCall } from './in-call.ts';
import { showPanel } from './render-view.tsx';

/** Words of the data, and signs that are the same in every language. */
const SAME =
  /Alongside|Marta|Ortega|Jonas|Keller|Ravi|Shah|Headset|Anna|Lind|Yusuf|Adeyemi|Christodoulopoulos|Noor|hall B|Pump maintenance|Checkout help|Field|Hydraulics|Controls|Turbines|Line 3, valve replaced|REC/g;

describe('in Arabic', () => {
  it('reads from right to left, and no sentence of ours is left in English', async () => {
    const engine = createFakeEngine();
    engine.desk.waiting.value = WAITING;
    engine.desk.directory.value = DIRECTORY;
    engine.history.entries.value = HISTORY;
    await showPanel({ engine, locale: 'ar', isMicGrantMissing: true });
    expect(document.documentElement.dir).toBe('rtl');
    const words = [...document.querySelectorAll<HTMLElement>('body *')].flatMap((element) => [
      element.childElementCount === 0 ? element.textContent : '',
      element.getAttribute('aria-label') ?? '',
      element.getAttribute('title') ?? '',
      element.getAttribute('placeholder') ?? '',
    ]);
    expect(words.map((text) => text.replaceAll(SAME, '')).filter((text) => /[a-z]{3}/i.test(text))).toEqual([]);
  });

  it('turns the arrows of the toolbar round', async () => {
    await showPanel({ engine: createEngineInCall(), locale: 'ar' });
    const [first, second] = [...screen.getByRole('toolbar').querySelectorAll('button')];
    first?.focus();
    fireEvent.keyDown(first ?? document.body, { key: 'ArrowLeft' });
    expect(second).toBe(document.activeElement);
  });
});

describe('in German', () => {
  it('names the controls in German', async () => {
    await showPanel({ engine: createEngineInCall(), locale: 'de' });
    const names = [...screen.getByRole('toolbar', { name: 'Gespräch' }).querySelectorAll('button')].map((control) =>
      control.getAttribute('aria-label'),
    );
    expect(names).toEqual(['Stumm', 'Video', 'Nachricht', 'Optionen', 'Pause', 'Beenden']);
  });
});
