import type { ToAgent } from '../protocol/cobrowse-port.ts';

export type PageStatusMessage = NonNullable<Extract<ToAgent, { readonly type: 'status' }>['status']>;

/** Words that stand over a shared page. They read signals, so an effect that asks for them runs again in a new language. */
export interface PageWords {
  start(): Extract<ToAgent, { readonly type: 'start' }>['texts'];
  /** "… would like to press …", with its two buttons. */
  proposal(name: string, label: string): { readonly text: string; readonly yes: string; readonly no: string };
  status(about: {
    readonly name: string;
    readonly isControlled: boolean;
    readonly isPaused: boolean;
  }): PageStatusMessage;
}
