import * as v from 'valibot';
import { EngineCommand } from '../protocol/extension-messages.ts';
import { browser } from './browser.ts';

/** Calls back for the keyboard shortcuts of the manifest. Call it while the script is first run. */
export function onShortcut(run: (command: EngineCommand) => void): void {
  browser.commands.onCommand.addListener((name: string) => {
    const command = v.safeParse(EngineCommand, name);
    if (command.success) run(command.output);
  });
}
