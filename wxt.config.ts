import { defineConfig } from 'wxt';
import { leanCatalogues } from './scripts/build/lean-catalogues.ts';
import { leanWebrtc } from './scripts/build/lean-webrtc.ts';
import { leanRecorder } from './scripts/build/lean-recorder.ts';
import { quietScripts } from './scripts/build/quiet-scripts.ts';
import { tightScripts } from './scripts/build/tight-scripts.ts';
import { withoutMarkupSinks } from './scripts/build/without-markup-sinks.ts';
import { createManifest } from './scripts/build/manifest.ts';

export default defineConfig({
  imports: false,
  outDir: '.output',
  // Manifest 3 for Chrome, manifest 2 with a persistent background page for Firefox: an event page would sleep in a call.
  outDirTemplate: '{{browser}}{{modeSuffix}}',
  targetBrowsers: ['chrome', 'firefox'],
  manifest: (env) => createManifest(env),
  // Browsers are started by `npm start` and by the tests, with profiles of their own.
  webExt: { disabled: true },
  zip: { name: 'alongside', excludeSources: ['docs/**', 'out/**', 'server/**', 'tests/**'] },
  hooks: {
    // The guest page is a web page with a build of its own (vite.guest.config.ts), never a part of the extension.
    'entrypoints:found': (_, found) => {
      const guest = found.findIndex((entry) => entry.name === 'guest');
      if (guest >= 0) found.splice(guest, 1);
    },
  },
  vite: () => ({
    plugins: [
      leanWebrtc(),
      leanCatalogues({ except: ['extensionDescription'] }),
      withoutMarkupSinks(),
      leanRecorder(),
      quietScripts(),
      tightScripts(),
    ],
    // Browsers that the extension runs in preload modules by themselves.
    build: { target: 'es2024', sourcemap: false, modulePreload: { polyfill: false } },
  }),
});
