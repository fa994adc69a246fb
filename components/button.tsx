import type { IconNode } from 'lucide';
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import styles from './button.module.css';
import { Icon } from './icon.tsx';

export interface ButtonProps extends ButtonHTMLAttributes {
  readonly variant?: 'primary' | 'quiet' | 'plain' | 'danger';
  readonly icon?: IconNode;
  readonly wide?: boolean;
  readonly large?: boolean;
  readonly children: ComponentChildren;
}

/** A button with a visible word. */
export function Button({ variant = 'quiet', icon, wide, large, children, ...rest }: ButtonProps) {
  const names = [styles.button, styles[variant], wide && styles.wide, large && styles.large];
  return (
    <button type="button" {...rest} class={names.filter(Boolean).join(' ')}>
      {icon && <Icon node={icon} size={large ? 22 : 18} />}
      <span class={styles.label}>{children}</span>
    </button>
  );
}
