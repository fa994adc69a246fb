import { act, fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { AnnotateStill, ReceivedStill } from '../../components/still-dialog.tsx';
import { DrawingToolbar } from '../../components/drawing-toolbar.tsx';
import { useDrawingKeys } from '../../components/use-drawing-keys.ts';
import type { InkModel } from '../../lib/state/ink-types.ts';
import type { Still } from '../../lib/state/still-types.ts';
import { createFakeEngine } from '../fakes/fake-engine.ts';
import { showView } from './render-view.tsx';

const SURFACE = 'camera:person-marta';
const button = (name: string) => screen.getByRole('button', { name });
const radio = (name: string) => screen.getByRole('radio', { name });

function Drawing({ ink, onDone = () => {} }: { readonly ink: InkModel; onDone?(): void }) {
  useDrawingKeys(ink, SURFACE, onDone);
  return <DrawingToolbar ink={ink} surface={SURFACE} onDone={onDone} />;
}

function draw(ink: InkModel, surface = SURFACE): void {
  const pen = ink.press(surface, { width: 640, height: 480 }, { x: 0.1, y: 0.1, pressure: 0.5 });
  pen?.move([{ x: 0.5, y: 0.5, pressure: 0.5 }]);
  pen?.release();
}

describe('the drawing tools', () => {
  it('are a toolbar of radios and buttons with the agreed names', async () => {
    await showView(({ engine }) => <Drawing ink={engine.ink} />);
    const toolbar = within(screen.getByRole('toolbar', { name: 'Drawing' }));
    expect(toolbar.getAllByRole('radio').map((each) => each.getAttribute('aria-label'))).toEqual([
      'Pen',
      'Laser',
      'Arrow',
      'Numbered arrow',
      'Rectangle',
      'Ellipse',
      'Text',
    ]);
    for (const name of ['Colour', 'Width', 'Undo', 'Redo', 'Clear mine']) expect(button(name)).toBeTruthy();
  });

  it('one tool at a time, by press and by its key', async () => {
    const { engine } = await showView(({ engine }) => <Drawing ink={engine.ink} />);
    expect(radio('Pen').getAttribute('aria-checked')).toBe('true');
    fireEvent.click(radio('Ellipse'));
    expect(screen.getAllByRole('radio', { checked: true })).toEqual([radio('Ellipse')]);
    fireEvent.keyDown(document.body, { key: 'n' });
    expect(radio('Numbered arrow').getAttribute('aria-checked')).toBe('true');
    fireEvent.keyDown(document.body, { key: 'l', ctrlKey: true });
    expect(engine.ink.choice.value.tool).toBe('numbered-arrow');
  });

  it('colour and width are chosen from menus', async () => {
    const { engine } = await showView(({ engine }) => <Drawing ink={engine.ink} />);
    fireEvent.click(button('Colour'));
    fireEvent.click(screen.getByRole('menuitemradio', { name: 'Blue' }));
    fireEvent.click(button('Width'));
    fireEvent.click(screen.getByRole('menuitemradio', { name: 'Thick' }));
    expect(engine.ink.choice.value).toMatchObject({ colour: '#2f6fde', width: 16 });
  });

  it('what can’t be taken back says so and does nothing', async () => {
    const { engine } = await showView(({ engine }) => <Drawing ink={engine.ink} />);
    expect(button('Undo').getAttribute('aria-disabled')).toBe('true');
    expect(button('Undo').getAttribute('title')).toContain('nothing of yours');
    void act(() => {
      engine.ink.choose({ stay: true });
      draw(engine.ink);
    });
    expect(button('Undo').getAttribute('aria-disabled')).toBeNull();
    fireEvent.click(button('Undo'));
    expect(engine.ink.shown.value).toEqual([]);
    fireEvent.keyDown(document.body, { key: 'Z', ctrlKey: true, shiftKey: true });
    expect(engine.ink.shown.value).toHaveLength(1);
    fireEvent.keyDown(document.body, { key: 'z', metaKey: true });
    expect(engine.ink.shown.value).toEqual([]);
    fireEvent.click(button('Redo'));
    fireEvent.click(button('Clear mine'));
    expect(engine.ink.shown.value).toEqual([]);
  });

  it('ink that stays is a switch', async () => {
    const { engine } = await showView(({ engine }) => <Drawing ink={engine.ink} />);
    fireEvent.click(button('Keep ink'));
    expect(button('Keep ink').getAttribute('aria-pressed')).toBe('true');
    expect(engine.ink.choice.value.stay).toBe(true);
  });

  it('Escape ends drawing; letters that somebody types choose no tool', async () => {
    let ended = 0;
    const { engine } = await showView(({ engine }) => (
      <>
        <Drawing ink={engine.ink} onDone={() => (ended += 1)} />
        <input aria-label="Message" />
      </>
    ));
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'e' });
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Escape' });
    expect([engine.ink.choice.value.tool, ended]).toEqual(['pen', 0]);
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(ended).toBe(1);
  });
});

const STILL: Still = {
  id: 'still-1',
  surface: 'still:still-1',
  url: 'data:image/png;base64,iVBORw0KGgo=',
  width: 3_840,
  height: 2_160,
  state: 'ready',
  progress: 1,
  isFull: true,
  reason: null,
  isSending: false,
  isSent: false,
};

function inCall() {
  const engine = createFakeEngine();
  engine.call.state.value = {
    kind: 'active',
    person: { personId: 'person-marta', name: 'Marta Ortega', role: 'customer' },
    scenario: { id: 'support-1', name: 'Support' },
    startedAt: 0,
    reconnectingSince: null,
    pause: null,
  };
  return engine;
}

describe('a still', () => {
  const annotate = (still: Still, closed: () => void = () => {}) =>
    showView(({ engine }) => <AnnotateStill engine={engine} still={still} onClose={closed} />, { engine: inCall() });

  it('is a dialog with tools, Send, Save and Discard', async () => {
    await annotate(STILL);
    const dialog = within(screen.getByRole('dialog', { name: 'Annotate still' }));
    expect(dialog.getByRole('toolbar', { name: 'Drawing' })).toBeTruthy();
    expect(dialog.getByText('Still, 3,840 × 2,160')).toBeTruthy();
    for (const name of ['Send', 'Save', 'Discard']) expect(dialog.getByRole('button', { name })).toBeTruthy();
    expect(dialog.queryByRole('button', { name: 'Keep ink' })).toBeNull();
  });

  it('Send sends and closes', async () => {
    let closed = 0;
    const { engine } = await annotate(STILL, () => (closed += 1));
    fireEvent.click(button('Send'));
    expect([engine.lastArgs('stills.send'), closed]).toEqual([['still-1'], 1]);
  });

  it.each([
    ['while it arrives', { state: 'arriving', progress: 0.42 }, 'Full picture: 42%'],
    ['while it is waited for', { state: 'waiting' }, 'Getting the full picture…'],
    [
      'with the local frame only',
      { isFull: false },
      'This is the picture as it arrived here; the full one could not be had',
    ],
    ['without any', { state: 'failed', url: null }, 'There is no picture: it could not be frozen'],
  ] as const)('says what there is %s', async (_, change, text) => {
    await annotate({ ...STILL, ...change });
    expect(screen.getByText(text).getAttribute('role')).toBe('status');
  });

  it('Escape discards an empty one, and goes to Discard when something is drawn', async () => {
    let closed = 0;
    const { engine } = await annotate(STILL, () => (closed += 1));
    void act(() => draw(engine.ink, STILL.surface));
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect([closed, document.activeElement]).toEqual([0, button('Discard')]);
    fireEvent.click(button('Discard'));
    expect([engine.lastArgs('stills.discard'), closed]).toEqual([['still-1'], 1]);
  });

  it('a received one can be saved, closed, and drawn on', async () => {
    const done: string[] = [];
    await showView(
      ({ engine }) => (
        <ReceivedStill
          engine={engine}
          still={STILL}
          from="Marta Ortega"
          onClose={() => done.push('close')}
          onDraw={() => done.push('draw')}
        />
      ),
      { engine: inCall() },
    );
    const dialog = screen.getByRole('dialog', { name: 'Picture from Marta Ortega' });
    fireEvent.click(button('Draw on it'));
    fireEvent.keyDown(dialog, { key: 'Escape' });
    expect(done).toEqual(['draw', 'close']);
  });
});
