import { encode } from 'uqr';

export interface QrCodeProps {
  readonly text: string;
  readonly label: string;
  readonly class?: string | undefined;
}

/** Black on white in both themes: many cameras can't read it the other way round. */
export function QrCode({ text, label, class: className }: QrCodeProps) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg role="img" aria-label={label} class={className} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
