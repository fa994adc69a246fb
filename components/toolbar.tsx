import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface ToolbarProps {
  readonly label: string;
  readonly class?: string | undefined;
  /** Shows each control's name under its icon. */
  readonly hasWords?: boolean;
  readonly children: ComponentChildren;
}

/** A toolbar is one stop for Tab; arrows, Home and End move inside it. Menus that open from it keep their own keys. */
export function Toolbar({ label, class: className, hasWords, children }: ToolbarProps) {
  const element = useRef<HTMLDivElement | null>(null);
  const controls = () =>
    [...(element.current?.querySelectorAll<HTMLElement>('button, input') ?? [])].filter(
      (control) => !control.closest('[role="menu"]') && !control.hasAttribute('disabled'),
    );
  const stopAt = (current: HTMLElement | undefined) => {
    for (const control of controls()) control.tabIndex = control === current ? 0 : -1;
  };

  // Controls come and go with the call, so the one tab stop is set again after each drawing.
  useEffect(() => {
    const all = controls();
    stopAt(
      all.find((control) => control === document.activeElement) ??
        all.find((control) => control.tabIndex === 0) ??
        all[0],
    );
  });

  return (
    <div
      ref={element}
      role="toolbar"
      tabIndex={-1}
      aria-label={label}
      class={className}
      data-words={hasWords ? '' : undefined}
      onFocusIn={(event) => {
        const target = controls().find((control) => control === event.target);
        if (target) stopAt(target);
      }}
      onKeyDown={(event) => {
        const all = controls();
        const at = all.findIndex((control) => control === event.target);
        if (at < 0 || event.defaultPrevented) return;
        const isRtl = document.documentElement.dir === 'rtl';
        const next = nextControl(all, at, isRtl ? mirrored(event.key) : event.key);
        if (!next) return;
        event.preventDefault();
        next.focus();
      }}
    >
      {children}
    </div>
  );
}

const mirrored = (key: string): string =>
  key === 'ArrowLeft' ? 'ArrowRight' : key === 'ArrowRight' ? 'ArrowLeft' : key;

function nextControl(all: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowRight':
      return all[(at + 1) % all.length];
    case 'ArrowLeft':
      return all.at(at - 1);
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    default:
      return undefined;
  }
}
