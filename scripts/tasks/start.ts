import { parseArgs } from 'node:util';
import { ensureBrowser } from '../tools/browsers.ts';
import { hasDisplay } from '../tools/display.ts';
import { StepFailed } from '../tools/steps.ts';
import { buildIfChanged } from './build.ts';

export interface StartOptions {
  readonly port: number;
  readonly headless: boolean;
  /** What the customer uses. */
  readonly customerBrowser: 'chrome' | 'firefox';
  readonly fakeDevices: boolean;
}

const USAGE = `npm start [-- options]
  --headless       play a whole call without windows, step by step, and leave pictures in out/
  --firefox        the customer uses Firefox
  --fake-devices   a test picture and beeps instead of this machine's camera and microphone
  --port <n>       the desk's port (9000)`;

/** A desk, an expert's browser and a customer's; see USAGE. */
export async function start(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const isHeadless = options.headless || !hasDisplay();
  if (isHeadless && !options.headless) console.log('There is no display here, so this is the headless run.\n');
  await ensureBrowser('chrome');
  if (options.customerBrowser === 'firefox') await ensureBrowser('firefox');
  await buildIfChanged();
  // Loaded late: the parts need what has just been installed and built.
  if (isHeadless) await (await import('../start/headless-run.ts')).headlessRun(options);
  else await (await import('../start/open-windows.ts')).openWindows(options);
}

function readOptions(args: readonly string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        headless: { type: 'boolean', default: false },
        firefox: { type: 'boolean', default: false },
        'fake-devices': { type: 'boolean', default: false },
        port: { type: 'string', default: '9000' },
      },
    });
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) throw new Error('--port: a number up to 65535');
    return {
      port: Number(values.port),
      headless: values.headless,
      customerBrowser: values.firefox ? 'firefox' : 'chrome',
      fakeDevices: values['fake-devices'],
    };
  } catch (error) {
    throw new StepFailed(error instanceof Error ? error.message : String(error), USAGE);
  }
}
