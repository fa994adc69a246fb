import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { withinBudget } from './scripts/build/budget.ts';
import { leanCatalogues } from './scripts/build/lean-catalogues.ts';
import { leanWebrtc } from './scripts/build/lean-webrtc.ts';

/** The guest page: served by the desk, used with nothing but a browser, often on a mobile network. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'entrypoints/guest'),
  // The desk serves the page at /, /j/<code> and /ready, and its files below /guest/.
  base: '/guest/',
  publicDir: false,
  // Co-browsing is for pages of the extension.
  plugins: [
    leanWebrtc(),
    leanCatalogues({ except: ['extensionDescription', 'seen', 'mirror'] }),
    withinBudget({ maxGzipBytes: 120_000 }),
  ],
  build: {
    target: ['chrome109', 'firefox115', 'safari16.4'],
    outDir: resolve(import.meta.dirname, '.output/guest'),
    emptyOutDir: true,
    assetsDir: '',
  },
});
