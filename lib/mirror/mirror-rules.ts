/** Style rules that every mirrored document gets before its own. */
export const MIRROR_RULES: string[] = [
  'alongside-inert { display: none !important; }',
  // Positions come from the customer; animating towards them would make the expert press what is on its way.
  '*, *::before, *::after { scroll-behavior: auto !important; }',
  'input[type="x-password"] { -webkit-text-security: disc; }',
  // Without scripts a canvas shows its children: the picture of it is one.
  ':where(canvas) { display: inline-block; }',
  'canvas > img[data-alongside-shown] { display: block; width: 100%; height: 100%; object-fit: fill; }',
  // Without scripts Chromium shows its controls where the page asks for none.
  'video:not([controls])::-webkit-media-controls { display: none !important; }',
  '::highlight(alongside-selection) { background-color: Highlight; color: HighlightText; }',
];
