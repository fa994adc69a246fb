import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Fails a build whose scripts and styles together are larger than `maxGzipBytes`, compressed as a server sends them. */
export function withinBudget({ maxGzipBytes }: { maxGzipBytes: number }): Plugin {
  return {
    name: 'alongside:within-budget',
    apply: 'build',
    generateBundle(_, bundle) {
      let gzipBytes = 0;
      for (const file of Object.values(bundle)) {
        if (!/\.(js|css|html)$/.test(file.fileName)) continue;
        gzipBytes += gzipSync(file.type === 'chunk' ? file.code : file.source).byteLength;
      }
      if (gzipBytes > maxGzipBytes) {
        this.error(`The page is ${gzipBytes} bytes gzip; its budget is ${maxGzipBytes}.`);
      }
      this.info(`${gzipBytes} of ${maxGzipBytes} bytes gzip`);
    },
  };
}
