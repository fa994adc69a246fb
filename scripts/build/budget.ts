import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/**
 * Fails a build whose first load (page, styles, and the scripts that it waits for) is larger than `maxGzipBytes`,
 * compressed as a server sends them. What is fetched later, such as another language, does not count.
 */
export function withinBudget({ maxGzipBytes }: { maxGzipBytes: number }): Plugin {
  return {
    name: 'alongside:within-budget',
    apply: 'build',
    generateBundle(_, bundle) {
      const gzipBytes = firstLoad(bundle).reduce((sum, content) => sum + gzipSync(content).byteLength, 0);
      if (gzipBytes > maxGzipBytes) {
        this.error(`The first load is ${gzipBytes} bytes gzip; its budget is ${maxGzipBytes}.`);
      }
    },
  };
}

function firstLoad(bundle: Rolldown.OutputBundle): (string | Uint8Array)[] {
  const files = Object.values(bundle);
  const waiting = files.filter((file) => file.type === 'chunk' && file.isEntry).map((file) => file.fileName);
  const needed = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const file = bundle[name];
    if (file?.type !== 'chunk' || needed.has(name)) continue;
    needed.add(name);
    waiting.push(...file.imports);
  }
  return files
    .filter(({ fileName }) => needed.has(fileName) || /\.(css|html)$/.test(fileName))
    .map((file) => (file.type === 'chunk' ? file.code : file.source));
}
