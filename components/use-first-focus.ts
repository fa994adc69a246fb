import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A ref for what has the focus from the moment it is drawn, so that the very next key is for it. */
export function useFirstFocus<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E | null>(null);
  useLayoutEffect(() => element.current?.focus(), []);
  return element;
}
