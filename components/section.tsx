import type { ComponentChildren } from 'preact';
import styles from './section.module.css';

export interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** Stands beside the title. */
  readonly badge?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A titled part of a list-like page; `id` names the title, for `aria-labelledby`. */
export function Section({ id, title, badge, children }: SectionProps) {
  return (
    <section class={styles.section}>
      <div class={styles.head}>
        <h2 id={id} class={styles.title}>
          {title}
        </h2>
        {badge}
      </div>
      {children}
    </section>
  );
}
