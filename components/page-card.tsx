import { Check } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon.tsx';
import styles from './page-card.module.css';

export interface PageCardProps {
  readonly title: string;
  /** The number of a step; a tick stands in its place once it is done. */
  readonly step?: number;
  readonly isDone?: boolean;
  readonly hint?: string;
  readonly children?: ComponentChildren;
}

/** A part of a full page: one subject, one card. */
export function PageCard({ title, step, isDone = false, hint, children }: PageCardProps) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} class={styles.card}>
      <div class={styles.head}>
        {step !== undefined && (
          <span class={isDone ? styles.done : styles.step} aria-hidden="true">
            {isDone ? <Icon node={Check} size={18} /> : step}
          </span>
        )}
        <h2 id={titleId} class={styles.title}>
          {title}
        </h2>
      </div>
      {hint !== undefined && <p class={styles.hint}>{hint}</p>}
      {children}
    </section>
  );
}
