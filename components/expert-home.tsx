import { CircleAlert } from 'lucide';
import type { Engine } from '../lib/engine/api.ts';
import { Banner } from './banner.tsx';
import { Directory } from './directory.tsx';
import { HistoryList } from './history-list.tsx';
import { reasonText } from './reason-text.ts';
import { NewSession } from './session-code.tsx';
import { useI18n } from './view-context.ts';
import { WaitingList } from './waiting-list.tsx';

/** An expert between two calls. */
export function ExpertHome({ engine }: { readonly engine: Engine }) {
  const i18n = useI18n();
  const reason = engine.desk.error.value;
  return (
    <>
      <div role="alert">
        {reason !== null && <Banner icon={CircleAlert} tone="wait" text={reasonText(reason, i18n)} />}
      </div>
      <NewSession desk={engine.desk} />
      <WaitingList desk={engine.desk} />
      <Directory desk={engine.desk} />
      <HistoryList history={engine.history} />
    </>
  );
}
