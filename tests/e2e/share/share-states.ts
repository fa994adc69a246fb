import { waitFor } from '../harness/deadline.ts';
import { hasAttribute } from '../harness/queries.ts';
import type { Seat } from '../harness/seat.ts';

/** Waits until this side's own control says that it shares a screen, or that it does not. */
export const isSharing = ({ page }: Seat, on: boolean): Promise<void> =>
  hasAttribute(page, { role: 'button', name: 'Share screen', attribute: 'aria-pressed', value: String(on) });

/** Waits until there is no picture with this label, small or large. */
export const noScreen = ({ page }: Seat, label: string): Promise<unknown> =>
  waitFor(`no ${label}`, () =>
    page.evaluate(
      (label) => [...document.querySelectorAll('video')].every((each) => each.ariaLabel !== label) || null,
      label,
    ),
  );
