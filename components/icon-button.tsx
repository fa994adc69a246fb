import type { IconNode } from 'lucide';
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import styles from './icon-button.module.css';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes, 'icon'> {
  readonly icon: IconNode;
  /** The accessible name; it stays the same when the state changes. */
  readonly label: string;
  /** Shown on hover: what pressing does now, or why it can't be pressed. */
  readonly tip?: string;
  readonly tone?: 'plain' | 'on' | 'danger';
  readonly small?: boolean;
  readonly children?: ComponentChildren;
}

export function IconButton({ icon, label, tip, tone = 'plain', small, children, ...rest }: IconButtonProps) {
  const names = [styles.button, styles[tone], small && styles.small];
  return (
    <button type="button" {...rest} aria-label={label} title={tip ?? label} class={names.filter(Boolean).join(' ')}>
      <Icon node={icon} size={small ? 18 : 20} />
      <span class={styles.word} aria-hidden="true">
        {label}
      </span>
      {children}
    </button>
  );
}
