import { CircleAlert } from 'lucide';
import { Banner } from './banner.tsx';
import type { CallFeature, FeatureProps } from './call-features.ts';
import { createLazy } from './create-lazy.tsx';
import { Directory } from './directory.tsx';
import { reasonText } from './reason-text.ts';
import { NewSession } from './session-code.tsx';
import { useI18n } from './view-context.ts';
import { WaitingList } from './waiting-list.tsx';

/** It stands below what is looked for first. */
export const LazyHistoryList = createLazy(async () => (await import('./history-list.tsx')).HistoryList);

export interface ExpertHomeProps extends FeatureProps {
  readonly features: readonly CallFeature[];
}

/** An expert between two calls. */
export function ExpertHome({ engine, view, features }: ExpertHomeProps) {
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
      <LazyHistoryList engine={engine} view={view} features={features} />
      {/* Pictures of earlier calls are opened from there. */}
      {features.map(({ id, Still, Surface }) => Still && Surface && <Surface key={id} engine={engine} view={view} />)}
    </>
  );
}
