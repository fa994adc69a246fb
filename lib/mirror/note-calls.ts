/** Calls `note` after each call of `prototype`'s method, until `signal` ends. What the method does and gives stays the same. */
export function noteCalls(
  prototype: object,
  method: string,
  note: (self: object, args: readonly unknown[]) => void,
  signal: AbortSignal,
): void {
  const native: unknown = Reflect.get(prototype, method);
  if (typeof native !== 'function') return;
  const noted = function (this: object, ...args: unknown[]): unknown {
    const result: unknown = Reflect.apply(native, this, args);
    note(this, args);
    return result;
  };
  Reflect.set(prototype, method, noted);
  signal.addEventListener('abort', () => {
    if (Reflect.get(prototype, method) === noted) Reflect.set(prototype, method, native);
  });
}
