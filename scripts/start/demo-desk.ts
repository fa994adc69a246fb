import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Desk, startDesk } from '../../server/start-desk.ts';
import { ROOT, StepFailed } from '../tools/steps.ts';

const STORE = join(ROOT, 'out', 'start', 'desk.sqlite');

/** A desk for trying things out: it begins empty each time, because its people's browsers do, too. */
export async function startDemoDesk(port: number): Promise<Desk> {
  for (const end of ['', '-wal', '-shm']) await rm(STORE + end, { force: true });
  try {
    return await startDesk({ port, deskName: 'Demo desk', store: STORE, guestDir: join(ROOT, '.output', 'guest') });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StepFailed(`The desk could not start: ${reason}`, 'Choose another port: npm start -- --port 9100');
  }
}
