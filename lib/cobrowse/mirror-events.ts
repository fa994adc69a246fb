/**
 * What the replayer is given: rrweb events after the schema and the sanitiser, with node ids mapped to the mirror's own.
 * Structurally the same as rrweb's types, so that this folder needs no rrweb.
 */
export type SafeAttributes = Record<string, string | number | true>;

export type SafeNode =
  | { type: 0; id: number; rootId?: number; childNodes: SafeNode[]; compatMode?: string }
  | { type: 1; id: number; rootId?: number; name: string; publicId: string; systemId: string }
  | SafeElement
  | { type: 3; id: number; rootId?: number; textContent: string; isStyle?: true; isShadow?: true }
  | { type: 5; id: number; rootId?: number; textContent: string; isShadow?: true };

export interface SafeElement {
  type: 2;
  id: number;
  rootId?: number;
  tagName: string;
  attributes: SafeAttributes;
  childNodes: SafeNode[];
  isSVG?: true;
  isCustom?: true;
  needBlock?: boolean;
  isShadowHost?: true;
  isShadow?: true;
}

export interface SafeAdd {
  parentId: number;
  nextId: number | null;
  node: SafeNode;
}

/** A property's value, [value, priority], or false to take it away. */
export type SafeStyle = Record<string, string | [string, string] | false>;

export interface SafeMutation {
  source: 0;
  removes: { parentId: number; id: number; isShadow?: true }[];
  adds: SafeAdd[];
  texts: { id: number; value: string | null }[];
  attributes: { id: number; attributes: Record<string, string | SafeStyle | null> }[];
  isAttachIframe?: true;
}

export interface SafeRule {
  rule: string;
  index?: number | number[];
}

export type SafeIncremental =
  | SafeMutation
  | { source: 2; type: number; id: number; x: number; y: number }
  | { source: 3; id: number; x: number; y: number }
  | { source: 4; width: number; height: number }
  | { source: 5; id: number; text: string; isChecked: boolean }
  | {
      source: 8;
      id?: number;
      styleId?: number;
      adds?: SafeRule[];
      removes?: { index: number | number[] }[];
      replace?: string;
      replaceSync?: string;
    }
  | {
      source: 13;
      id?: number;
      styleId?: number;
      index: number[];
      set?: { property: string; value: string | null; priority: string | undefined };
      remove?: { property: string };
    }
  | { source: 14; ranges: { start: number; startOffset: number; end: number; endOffset: number }[] }
  | { source: 15; id: number; styles?: { styleId: number; rules: SafeRule[] }[]; styleIds: number[] }
  | { source: 16; id: number; name: string };

export type SafeEvent =
  | { type: 2; timestamp: number; data: { node: SafeNode; initialOffset: { top: number; left: number } } }
  | { type: 3; timestamp: number; data: SafeIncremental }
  | { type: 4; timestamp: number; data: { href: string; width: number; height: number } };
