import type { Engine } from '../lib/engine/api.ts';
import { Directory } from './directory.tsx';
import { HistoryList } from './history-list.tsx';
import { NewSession } from './session-code.tsx';
import { WaitingList } from './waiting-list.tsx';

/** An expert between two calls. */
export function ExpertHome({ engine }: { readonly engine: Engine }) {
  return (
    <>
      <NewSession desk={engine.desk} />
      <WaitingList desk={engine.desk} />
      <Directory desk={engine.desk} />
      <HistoryList history={engine.history} />
    </>
  );
}
