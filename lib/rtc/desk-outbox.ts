import * as v from 'valibot';
import type { Result } from '../shared/result.ts';

const News = v.object({
  type: v.picklist(['answered', 'declined', 'cancel', 'ended']),
  sessionId: v.string(),
});
type News = v.InferOutput<typeof News>;

/** What became of sessions and has not reached the desk yet. A desk that doesn't know keeps ringing, or keeps people busy. */
export interface DeskOutbox {
  /** Looks at a request before it is sent. Only the newest news of a session counts. */
  note(type: string, fields: object): void;
  /** The desk has it once it answered at all, whatever it thinks of it. */
  settle(type: string, fields: object, reply: Result<unknown>): void;
  untold(): readonly News[];
}

export function createDeskOutbox(): DeskOutbox {
  const bySession = new Map<string, News>();
  const newsIn = (type: string, fields: object): News | undefined => {
    const parsed = v.safeParse(News, { ...fields, type });
    return parsed.success ? parsed.output : undefined;
  };
  return {
    note(type, fields) {
      const news = newsIn(type, fields);
      if (news !== undefined) bySession.set(news.sessionId, news);
    },
    settle(type, fields, reply) {
      const news = newsIn(type, fields);
      if (news === undefined || (!reply.ok && reply.reason === 'unreachable')) return;
      if (bySession.get(news.sessionId)?.type === news.type) bySession.delete(news.sessionId);
    },
    untold: () => [...bySession.values()],
  };
}
