import { expect, test } from 'vitest';
import { installFakeExtension } from '../../fakes/fake-extension.ts';

test('a site is asked for without its port, in the very task of the press', async () => {
  const fake = installFakeExtension('firefox');
  const { askForSite } = await import('../../../lib/platform/permissions.ts');
  const asked = askForSite('https://shop.example:8443');
  expect(fake.permissions.request).toHaveBeenCalledWith({ origins: ['https://shop.example/*'] });
  expect(await asked).toBe(true);
});

test('several sites are one question', async () => {
  const fake = installFakeExtension('chrome');
  const { askForSite } = await import('../../../lib/platform/permissions.ts');
  await askForSite('https://maps.example', 'https://chat.example:444');
  expect(fake.permissions.request.mock.calls).toEqual([
    [{ origins: ['https://maps.example/*', 'https://chat.example/*'] }],
  ]);
});

test('what the browser does not let be asked is a no', async () => {
  const fake = installFakeExtension('chrome');
  fake.permissions.request.mockRejectedValue(new Error('This function must be called during a user gesture'));
  const { askForSite } = await import('../../../lib/platform/permissions.ts');
  expect(await askForSite('https://shop.example')).toBe(false);
});

test('rights are given back one by one, also after one that was not held', async () => {
  const fake = installFakeExtension('chrome');
  fake.permissions.remove.mockRejectedValueOnce(new Error('You cannot remove required permissions.'));
  const { forgetSites } = await import('../../../lib/platform/permissions.ts');
  await forgetSites(['https://a.example', 'http://b.example:80']);
  expect(fake.permissions.remove.mock.calls.map(([{ origins }]) => origins)).toEqual([
    ['https://a.example/*'],
    ['http://b.example/*'],
  ]);
});
