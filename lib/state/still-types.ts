import type { ReadonlySignal } from '@preact/signals';
import type { PictureType } from '../protocol/still-messages.ts';

export interface Still {
  readonly id: string;
  /** Name of the surface that its ink is on. */
  readonly surface: string;
  /** Address of the picture for an `<img>`; null until there is one. */
  readonly url: string | null;
  /** Picture pixels; 0 until there is one. */
  readonly width: number;
  readonly height: number;
  readonly state: 'waiting' | 'arriving' | 'ready' | 'failed';
  /** 0..1 while it arrives. */
  readonly progress: number;
  /** False while only the frame that this side happened to see is shown. */
  readonly isFull: boolean;
  /** Why it is not (or only the local frame); an i18n key's end, see `stillReason…`. */
  readonly reason: string | null;
  /** "Send" was pressed and something is missing still: it goes by itself. */
  readonly isSending: boolean;
  readonly isSent: boolean;
}

/** The frame that a view shows at the moment of "Freeze". */
export interface LocalFrame {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: PictureType;
  readonly width: number;
  readonly height: number;
}

/** A picture that the other person sent and nobody here has closed yet. */
export interface Arrival {
  readonly stillId: string;
  readonly from: string;
}

export interface StillModel {
  readonly stills: ReadonlySignal<readonly Still[]>;
  readonly arrivals: ReadonlySignal<readonly Arrival[]>;
  /**
   * Freezes the picture on `surface` (`camera:<person>`, `screen:<person>`). The local frame is shown until its owner's full
   * one has come, and instead of it when that can't be had. Returns the still's id.
   */
  freeze(surface: string, local: Promise<LocalFrame | null>): string;
  /** Shows it, with its ink, to the other person. Waits for what is missing. */
  send(id: string): void;
  /** A still that was never sent is forgotten; one that was stays with the messages. */
  discard(id: string): void;
  /** Brings back one of the messages' stills. False when it is gone. */
  open(id: string): Promise<boolean>;
  closeArrival(id: string): void;
}
