import styles from './logo.module.css';

/** Two people side by side: one bar full, one in outline. Decoration; the name stands beside it. */
export function Logo({ size = 24 }: { readonly size?: number }) {
  return (
    <svg class={styles.logo} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect x="3" y="3" width="7.5" height="14" rx="3.75" fill="currentColor" />
      <rect x="14.5" y="8" width="5.5" height="12" rx="2.75" fill="none" stroke="currentColor" stroke-width="2" />
    </svg>
  );
}
