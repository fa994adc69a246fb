import { sha256Hex } from '../shared/sha256.ts';

export type AssetKind = 'image' | 'font' | 'style';

/** Where an asset that events name can be had; only the customer's side ever learns it. */
export interface AssetSource {
  readonly hash: string;
  /** Absolute; may be `blob:` or `data:`. */
  readonly address: string;
  readonly kind: AssetKind;
}

export interface AssetRegister {
  /** The name of the asset at `address` (`asset:<hash>`), or null when it can't be one. The same address, the same name. */
  nameOf(address: string, base: string, kind: AssetKind): string | null;
  sourceOf(hash: string): AssetSource | null;
  /** What was named since the last call. */
  takeNew(): readonly AssetSource[];
}

/**
 * Names assets by a hash of the session's salt and their address, so that the other side learns neither the address nor
 * whether a guess of it is right. Oldest names are forgotten beyond `capacity`.
 */
export function createAssetRegister(salt: string, capacity = 5_000): AssetRegister {
  const byAddress = new Map<string, AssetSource>();
  const byHash = new Map<string, AssetSource>();
  const encoder = new TextEncoder();
  let fresh: AssetSource[] = [];
  return {
    nameOf(address, base, kind) {
      const absolute = toAbsolute(address, base);
      if (absolute === null) return null;
      const known = byAddress.get(absolute);
      if (known !== undefined) return `asset:${known.hash}`;
      const source = { hash: sha256Hex(encoder.encode(`${salt}\n${absolute}`)), address: absolute, kind };
      byAddress.set(absolute, source);
      byHash.set(source.hash, source);
      fresh.push(source);
      forgetOldest(byAddress, byHash, capacity);
      return `asset:${source.hash}`;
    },
    sourceOf: (hash) => byHash.get(hash) ?? null,
    takeNew() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}

function forgetOldest(byAddress: Map<string, AssetSource>, byHash: Map<string, AssetSource>, capacity: number): void {
  if (byAddress.size <= capacity) return;
  const [address, source] = byAddress.entries().next().value ?? [];
  if (address !== undefined) byAddress.delete(address);
  if (source !== undefined) byHash.delete(source.hash);
}

function toAbsolute(address: string, base: string): string | null {
  if (address.startsWith('data:') || address.startsWith('blob:')) return address;
  try {
    const url = new URL(address, base);
    url.hash = '';
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
