import type { Page, WebWorker } from 'puppeteer';

export interface LogLine {
  readonly where: string;
  readonly level: string;
  readonly text: string;
}

/** Firefox calls a font that a navigation cut short an error of the page (NS_BINDING_ABORTED). */
const CUT_SHORT = /downloadable font: download failed .* status=2152398850/;

/** What pages said on their consoles, and what went wrong in them without being caught. */
export interface ConsoleLog {
  readonly lines: readonly LogLine[];
  readonly errors: readonly LogLine[];
  watchPage(page: Page, where?: string): void;
  watchWorker(worker: WebWorker, where: string): void;
}

export function createConsoleLog(): ConsoleLog {
  const lines: LogLine[] = [];
  const watched = new WeakSet<object>();
  const nameOf = (page: Page): string => page.url().split(/[?#]/)[0]?.split('/').slice(3).join('/') || page.url();
  return {
    lines,
    get errors() {
      return lines.filter((line) => line.level === 'error' && !CUT_SHORT.test(line.text));
    },
    watchPage(page, where) {
      if (watched.has(page)) return;
      watched.add(page);
      page.on('console', (message) =>
        lines.push({ where: where ?? nameOf(page), level: message.type(), text: message.text() }),
      );
      page.on('pageerror', (error) =>
        lines.push({ where: where ?? nameOf(page), level: 'error', text: String(error) }),
      );
    },
    watchWorker(worker, where) {
      if (watched.has(worker)) return;
      watched.add(worker);
      worker.on('console', (message) => lines.push({ where, level: message.type(), text: message.text() }));
    },
  };
}
