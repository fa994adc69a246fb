import { signal } from '@preact/signals';
import type { Settings, SettingsModel } from '../engine/api.ts';
import { SettingsRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

const KEY = 'settings';

/** Reads what was saved once; every change is saved at once. */
export async function createSettingsModel(store: Store, defaultDeskUrl: string): Promise<SettingsModel> {
  const saved = await store.get(KEY, SettingsRecord);
  const current = signal<Settings>({
    name: '',
    ring: { sound: true, notification: true, volume: 0.7 },
    hideAddressUntilAnswer: false,
    relayOnly: false,
    language: 'auto',
    masking: [],
    ...saved,
    deskUrl: saved?.deskUrl || defaultDeskUrl,
  });
  return {
    current,
    update(change) {
      // What a page of the extension made dies with that page in Firefox; settings outlive it.
      current.value = { ...current.peek(), ...structuredClone(change) };
      void store.put(KEY, current.peek());
    },
  };
}
