import type { ComponentType, VNode } from 'preact';
import type { Engine } from '../lib/engine/api.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { CallView } from './create-call-view.ts';
import type { MenuEntry } from './menu-button.tsx';
import type { Picture } from './pictures.ts';

/** What a feature of a call is drawn with. */
export interface FeatureProps {
  readonly engine: Engine;
  readonly view: CallView;
}

export interface LayerProps extends FeatureProps {
  /** The large picture, and its element while it plays. */
  readonly picture: Picture;
  readonly video: HTMLVideoElement | null;
}

export interface StillProps extends FeatureProps {
  readonly stillId: string;
  /** Who sent it, as it stands in the messages. */
  readonly author: string;
}

/**
 * Something a call can do beyond talking and writing. The call's screen holds no list of features of its own: pages hand
 * it theirs, and each one brings its controls and draws what it needs.
 */
export interface CallFeature {
  readonly id: string;
  /** Fetches what its parts of a call need; called when a call is near. */
  preload?(): Promise<unknown>;
  /** Controls of the toolbar "Call", between Message and Options. */
  readonly Tools?: ComponentType<FeatureProps>;
  /** Entries of the menu "Options" that work now; it is called while drawing, so it may read signals. */
  menu?(props: FeatureProps, i18n: I18n): readonly MenuEntry[];
  /** The own picture that has to be large now (`self`, `self-screen`), because somebody draws on it. Reads signals. */
  wantsPicture?(engine: Engine): string | null;
  /** Drawn over the large picture. */
  readonly Layer?: ComponentType<LayerProps>;
  /** A part of the column under the pictures, above "Caller information". */
  readonly Beside?: ComponentType<FeatureProps>;
  /** Dialogs and bars of its own, at the end of the screen. */
  readonly Surface?: ComponentType<FeatureProps>;
  /** A picture among the messages. */
  readonly Still?: ComponentType<StillProps>;
}

/** The first feature's drawing of a still, if one can. */
export function stillOf(
  features: readonly CallFeature[],
): ((props: StillProps) => VNode | null) | ComponentType<StillProps> | undefined {
  return features.find((feature) => feature.Still)?.Still;
}

/** The entries of the menu "Options", in their groups. */
export function listMenu(features: readonly CallFeature[], props: FeatureProps, i18n: I18n): readonly MenuEntry[] {
  const entries = features.flatMap((feature) => feature.menu?.(props, i18n) ?? []);
  return entries.sort((a, b) => (a.group ?? 0) - (b.group ?? 0));
}
