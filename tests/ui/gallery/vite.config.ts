import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** Every surface with a fake engine, in a real browser: `vite --config tests/ui/gallery/vite.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  // One file each: a page is loaded hundreds of times.
  build: {
    target: 'es2024',
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: false } },
    chunkSizeWarningLimit: 10_000,
  },
  cacheDir: resolve(import.meta.dirname, '../../../node_modules/.vite-gallery'),
  server: { fs: { allow: [resolve(import.meta.dirname, '../../..')] } },
});
