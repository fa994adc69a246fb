import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** Every surface with a fake engine, in a real browser: `vite --config tests/ui/gallery/vite.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: { target: 'es2024', minify: false },
  cacheDir: resolve(import.meta.dirname, '../../../node_modules/.vite-gallery'),
  server: { fs: { allow: [resolve(import.meta.dirname, '../../..')] } },
});
