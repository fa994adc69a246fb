import type { OpenProposal } from './control-executor.ts';

/** What the agent draws over the page; lib/overlay does it. */
export interface AgentMarks {
  /** The named cursor of an expert at a place in an element. */
  point(name: string, element: Element, fx: number, fy: number): void;
  /** "Click here": only a real hand can. */
  pulse(element: Element): void;
  /** Asks the customer about a press, in the page. */
  showProposal(proposal: OpenProposal, name: string, answer: (yes: boolean) => void): void;
  hideProposal(requestId: number): void;
  /** Tints what the other side does not get. */
  tint(elements: readonly Element[]): void;
  /** Lets the customer point at a part; null ends it without one. */
  pickPart(onPicked: (element: Element | null) => void): void;
  cancelPick(): void;
  clear(): void;
}
