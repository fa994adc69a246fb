import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import styles from './banner.module.css';
import { Icon } from './icon.tsx';

export interface BannerProps {
  readonly icon: IconNode;
  readonly tone: 'wait' | 'plain';
  readonly text: string;
  /** What to do about it. */
  readonly children?: ComponentChildren;
}

/** A lasting condition, said in one line at the top of a page. */
export function Banner({ icon, tone, text, children }: BannerProps) {
  return (
    <div class={`${styles.banner} ${styles[tone]}`}>
      <Icon node={icon} />
      <div class={styles.words}>
        <p>{text}</p>
        {children}
      </div>
    </div>
  );
}
