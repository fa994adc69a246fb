import type { IconNode } from 'lucide';
import { h } from 'preact';

export interface IconProps {
  readonly node: IconNode;
  readonly size?: number;
  /** For arrows that point along the line of reading. */
  readonly flip?: boolean;
}

/** A drawing beside a word or inside a named control; it says nothing to a screen reader by itself. */
export function Icon({ node, size = 20, flip = false }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
      {...(flip ? { 'data-flip': '' } : {})}
    >
      {node.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
