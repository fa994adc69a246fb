import { render } from 'preact';
import { expect, test, vi } from 'vitest';
import { createLazy } from '../../components/create-lazy.tsx';

test('a part that comes between being drawn and its effects is drawn all the same', async () => {
  const Lazy = createLazy(async () => () => <p>Here</p>);
  const root = document.createElement('div');
  const coming = Lazy.preload();
  render(<Lazy />, root);
  expect(root.textContent).toBe('');
  await coming;
  await vi.waitFor(() => expect(root.textContent).toBe('Here'));
});
