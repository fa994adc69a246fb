import type { CobrowseShareModel, Proposal } from '../lib/state/cobrowse-share-api.ts';
import { Button } from './button.tsx';
import styles from './seen-section.module.css';
import { PROPOSALS } from './seen-words.ts';
import { useI18n } from './view-context.ts';

/** What the expert may not press: the customer does, or does not. */
export function SeenProposals({ share }: { readonly share: CobrowseShareModel }) {
  return (
    <div aria-live="assertive">
      {share.proposals.value.map((proposal) => (
        <ProposalCard key={proposal.key} proposal={proposal} share={share} />
      ))}
    </div>
  );
}

function ProposalCard({ proposal, share }: { readonly proposal: Proposal; readonly share: CobrowseShareModel }) {
  const { t } = useI18n();
  const { key, name, kind, label } = proposal;
  const words = t('seenProposal', { name, label });
  return (
    <div role="group" aria-label={words} class={styles.proposal}>
      <p class={styles.strong}>{words}</p>
      <p class={styles.quiet}>{t(PROPOSALS[kind])}</p>
      <div class={styles.answers}>
        <Button onClick={() => share.answerProposal(key, false)}>{t('pageProposalNo')}</Button>
        <Button variant="primary" onClick={() => share.answerProposal(key, true)}>
          {t('pageProposalYes')}
        </Button>
      </div>
    </div>
  );
}
