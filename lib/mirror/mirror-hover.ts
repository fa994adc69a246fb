/** rrweb rewrites `:hover` rules to match this class too. */
const HOVER = ':hover';

/** Shows the hover styles of what lies under the customer's pointer. */
export interface MirrorHover {
  at(element: Element | null): void;
}

export function createMirrorHover(): MirrorHover {
  let hovered: Element[] = [];
  return {
    at(element) {
      if (hovered[0] === element && hovered.every((one) => one.classList.contains(HOVER))) return;
      for (const one of hovered) one.classList.remove(HOVER);
      hovered = [];
      for (let at = element; at !== null; at = at.parentElement) hovered.push(at);
      for (const one of hovered) one.classList.add(HOVER);
    },
  };
}
