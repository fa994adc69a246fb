import type { DeviceList } from '../engine/api.ts';

/** What can be chosen from. Without a grant browsers hide ids and labels; such entries are left out. */
export async function listDevices(mediaDevices: MediaDevices | null): Promise<DeviceList> {
  const all = (await mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const ofKind = (kind: MediaDeviceKind) =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { microphones: ofKind('audioinput'), cameras: ofKind('videoinput'), speakers: ofKind('audiooutput') };
}
