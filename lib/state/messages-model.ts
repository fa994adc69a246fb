import { computed, effect, signal } from '@preact/signals';
import type { ChatItem, MessagesModel } from '../engine/api.ts';
import { MAX_CHAT_CHARS } from '../protocol/limits.ts';
import type { SessionMessage } from '../protocol/peer-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { createId } from '../shared/ids.ts';
import type { CallPort } from './call-port.ts';

/** "Typing" is said again at most this often, and is over this long after the last key. */
const TYPING_AGAIN_MS = 3_000;
const TYPING_OVER_MS = 5_000;

export interface Messages extends MessagesModel {
  /** Puts back what was said before a reload; an empty list begins a new call. */
  restore(items: readonly ChatItem[]): void;
  /** Adds an item that another subject made (a still). */
  add(item: ChatItem): void;
  readonly remoteTyping: { readonly value: boolean; peek(): boolean };
}

export interface MessagesParts {
  readonly call: CallPort;
  readonly clock: Clock;
  readonly ownName: () => string;
}

export function createMessagesModel({ call, clock, ownName }: MessagesParts): Messages {
  const stored = signal<readonly ChatItem[]>([]);
  const seenUpTo = signal<string | null>(null);
  const lastRead = signal<string | null>(null);
  const open = signal(false);
  const remoteTyping = signal(false);
  let typingSaidAt = 0;
  let ownTyping = new AbortController();
  let theirTyping = new AbortController();

  const items = computed(() => {
    const waiting = new Set(call.pending.value.map(itemOf));
    const seenIndex = stored.value.findIndex(({ id }) => id === seenUpTo.value);
    return stored.value.map((item, index) =>
      item.mine
        ? { ...item, delivery: index <= seenIndex ? 'seen' : waiting.has(item.id) ? 'sending' : 'delivered' }
        : item,
    ) satisfies readonly ChatItem[];
  });
  const unread = computed(() => {
    const readIndex = stored.value.findIndex(({ id }) => id === lastRead.value);
    return stored.value.slice(readIndex + 1).filter(({ mine }) => !mine).length;
  });

  const add = (item: ChatItem) => {
    if (stored.peek().some(({ id }) => id === item.id)) return;
    stored.value = [...stored.peek(), item];
  };
  const stopTyping = () => {
    ownTyping.abort();
    if (typingSaidAt === 0) return;
    typingSaidAt = 0;
    call.send({ type: 'typing', on: false });
  };

  effect(() => {
    if (!open.value) return;
    const last = stored.value.findLast(({ mine }) => !mine);
    if (!last || last.id === lastRead.peek()) return;
    lastRead.value = last.id;
    call.send({ type: 'seen', id: last.id });
  });

  call.on('chat', ({ id, at, text }, from) => {
    remoteTyping.value = false;
    add({ id, at, text, mine: false, author: from.name, delivery: 'delivered' });
  });
  call.on('seen', ({ id }) => {
    seenUpTo.value = id;
    const index = stored.peek().findIndex((item) => item.id === id);
    stored.value = stored.peek().map((item, at) => (item.mine && at <= index ? { ...item, delivery: 'seen' } : item));
  });
  call.on('typing', ({ on }) => {
    theirTyping.abort();
    theirTyping = new AbortController();
    remoteTyping.value = on;
    if (on) clock.after(TYPING_OVER_MS + TYPING_AGAIN_MS, () => (remoteTyping.value = false), theirTyping.signal);
  });

  return {
    items,
    unread,
    remoteTyping,
    add,
    send(text) {
      const body = text.trim().slice(0, MAX_CHAT_CHARS);
      if (body === '' || call.phase.peek().kind !== 'active') return;
      stopTyping();
      const message = { type: 'chat', id: createId(60), at: clock.now(), text: body } as const;
      add({ ...message, mine: true, author: ownName(), delivery: 'sending' });
      call.send(message);
    },
    typing() {
      ownTyping.abort();
      ownTyping = new AbortController();
      clock.after(TYPING_OVER_MS, stopTyping, ownTyping.signal);
      if (clock.now() - typingSaidAt < TYPING_AGAIN_MS) return;
      typingSaidAt = clock.now();
      call.send({ type: 'typing', on: true });
    },
    setOpen(value) {
      open.value = value;
    },
    restore(list) {
      stored.value = list;
      seenUpTo.value = list.findLast(({ delivery, mine }) => mine && delivery === 'seen')?.id ?? null;
      lastRead.value = list.findLast(({ mine }) => !mine)?.id ?? null;
      remoteTyping.value = false;
    },
  };
}

/** The item in the list that a message makes; '' for all others. */
const itemOf = (message: SessionMessage): string =>
  message.type === 'chat' ? message.id : message.type === 'still.show' ? message.item : '';
