import { findEngineWindow } from '../platform/engine-window.ts';
import type { Engine } from './api.ts';
import { mirrorEngine } from './mirror-engine.ts';

/** Where the page that the engine lives in shows it to views. */
const PROPERTY = 'alongsideEngine';

/** Called by the engine's page once the engine stands. */
export function showEngine(engine: Engine): void {
  Reflect.set(globalThis, PROPERTY, engine);
}

/**
 * The engine for a view of the extension: its signals are this page's own, its verbs those of the real one. The view lets
 * go when it is closed, and starts again when the engine's page goes away under it. Rejects when there is no engine.
 */
export async function findEngine(): Promise<Engine> {
  const { window: home, value } = await findEngineWindow(PROPERTY);
  const gone = new AbortController();
  addEventListener('pagehide', () => gone.abort(), { once: true });
  addEventListener('pageshow', (event) => event.persisted && location.reload());
  home.addEventListener('pagehide', () => location.reload(), { once: true, signal: gone.signal });
  return mirrorEngine(value as Engine, gone.signal); // the same build put it there: showEngine
}
