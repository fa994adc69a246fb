import { expect, test } from 'vitest';
import { createSettingsModel } from '../../../lib/state/settings-model.ts';
import { createMemoryStore } from '../../../lib/store/store.ts';

test('settings keep nothing of the page that changed them: in Firefox it dies with that page', async () => {
  const store = createMemoryStore();
  const settings = await createSettingsModel(store, '');
  const masking = [{ pages: 'https://a.example/', hide: ['.x'] }];
  settings.update({ masking });
  masking[0]?.hide.push('.y');
  expect(settings.current.peek().masking).toEqual([{ pages: 'https://a.example/', hide: ['.x'] }]);
  const again = await createSettingsModel(store, 'https://desk.example');
  expect(again.current.peek()).toMatchObject({
    deskUrl: 'https://desk.example',
    masking: [{ pages: 'https://a.example/', hide: ['.x'] }],
  });
});
