import type { CallNotice } from '../protocol/extension-messages.ts';
import { browser, toolbarIcon } from './browser.ts';

interface Look {
  /** At most four letters fit. A word besides the colour: colour alone says nothing to many. */
  readonly text: string;
  readonly colour: string;
  /** Key of the icon's tooltip, which is also its accessible name. */
  readonly titleKey: string;
}

const PLAIN: Look = { text: '', colour: '#0e9f8e', titleKey: 'openPanel' };
const RINGING: Look = { text: '!', colour: '#b7791f', titleKey: 'iconRinging' };
const IN_CALL: Readonly<Record<CallNotice, Look>> = {
  none: PLAIN,
  call: { text: 'ON', colour: '#0e9f8e', titleKey: 'iconInCall' },
  seen: { text: 'SEEN', colour: '#0e9f8e', titleKey: 'iconSeen' },
  controlled: { text: 'CTRL', colour: '#d9640a', titleKey: 'iconControlled' },
  recording: { text: 'REC', colour: '#d92d3a', titleKey: 'iconRecording' },
};

export const showRingBadge = (rings: boolean): Promise<void> => show(rings ? RINGING : PLAIN);

export const showCallBadge = (notice: CallNotice): Promise<void> => show(IN_CALL[notice]);

async function show({ text, colour, titleKey }: Look): Promise<void> {
  const icon = toolbarIcon();
  await icon.setBadgeText({ text });
  await icon.setBadgeBackgroundColor({ color: colour });
  await icon.setTitle({ title: browser.i18n.getMessage(titleKey) });
}
