import { looksGenerated, scrubText } from '../cobrowse/masking-text.ts';

const DROPPED = 'script,foreignObject,metadata,title,desc,iframe,audio,video,image,feImage,a > title';
const MAX_CHARS = 500_000;

/** A drawing as it looks, without scripts, remarks, references to elsewhere and words about it; null when it is none. */
export function cleanSvg(text: string): string | null {
  if (text.length > MAX_CHARS) return null;
  const document = new DOMParser().parseFromString(text, 'image/svg+xml');
  const root = document.documentElement;
  if (root.localName !== 'svg') return null;
  for (const element of root.querySelectorAll(DROPPED)) element.remove();
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION);
  const remarks: Node[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) remarks.push(node);
  for (const remark of remarks) remark.parentNode?.removeChild(remark);
  for (const element of [root, ...root.querySelectorAll('*')]) cleanAttributes(element);
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    node.textContent = scrubText(node.textContent ?? '');
  }
  return new XMLSerializer().serializeToString(root);
}

function cleanAttributes(element: Element): void {
  for (const { name, value, localName } of [...element.attributes]) {
    const isReference = localName === 'href' || /url\(\s*["']?(?!\s*["']?#)/i.test(value);
    const isLocal = localName === 'href' && value.trim().startsWith('#');
    const isOdd = /^(?:on|data-|aria-label|inkscape:|sodipodi:)/i.test(name);
    const isSecret = localName === 'id' ? looksGenerated(value) : false;
    if (isOdd || isSecret || (isReference && !isLocal)) element.removeAttribute(name);
  }
}
