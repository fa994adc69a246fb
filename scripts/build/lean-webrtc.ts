import type { Plugin } from 'vite';

const ADAPTER = 'webrtc-adapter';
const STAND_IN = '\0alongside:webrtc-adapter';

/**
 * PeerJS brings webrtc-adapter along, which teaches old browsers today's WebRTC. All that this product runs in know it by
 * themselves; what PeerJS asks the adapter for is the browser's name and version. Saves 12 kB gzip of the guest page.
 */
export const leanWebrtc = (): Plugin => ({
  name: 'alongside:lean-webrtc',
  enforce: 'pre',
  resolveId: (source) => (source === ADAPTER ? STAND_IN : null),
  load: (id) => (id === STAND_IN ? SOURCE : null),
});

const SOURCE = `
const names = [['firefox', /Firefox\\/(\\d+)/], ['chrome', /Chrom(?:e|ium)\\/(\\d+)/], ['safari', /AppleWebKit\\/(\\d+)/]];
const [browser, pattern] = names.find(([, pattern]) => pattern.test(navigator.userAgent)) ?? ['', /(?!)/];
export default { browserDetails: { browser, version: Number(pattern.exec(navigator.userAgent)?.[1] ?? 0) } };
`;
