/** What the agent draws over the page; lib/overlay does it. */
export interface AgentMarks {
  /** The named cursor of an expert at a place in an element. */
  point(name: string, element: Element, fx: number, fy: number): void;
  /** "Click here": only a real hand can. */
  pulse(element: Element, text: string): void;
  /** Asks the customer about a press, in the page. */
  ask(question: Question, answer: (yes: boolean) => void): void;
  /** Takes the question away. */
  unask(key: string): void;
  /** Tints what the other side does not get. */
  tint(elements: readonly Element[]): void;
  /** Lets the customer point at a part; null ends it without one. */
  pickPart(text: string, onPicked: (element: Element | null) => void): void;
  cancelPick(): void;
  clear(): void;
}

export interface Question {
  readonly key: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}
