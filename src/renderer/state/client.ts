/** The one client: every call of the window goes through here, and every answer comes back as a `Reply`. */
import type { Bridge, CallName, Input, Outputs, Progress, Reply } from '../../core/api.ts';
import { type News, newsFrom } from '../../core/live/news.ts';
import { words } from '../text/words.ts';

export interface Client {
  /** Never rejects: a carrier that breaks is a problem like any other. */
  readonly call: <C extends CallName>(name: C, input: Input<C>) => Promise<Reply<Outputs[C]>>;
  readonly onProgress: (listener: (progress: Progress) => void) => () => void;
  readonly onNews: (listener: (news: News) => void) => () => void;
}

export const createClient = (bridge: Bridge): Client => ({
  call: (name, input) =>
    bridge.call(name, input).catch(() => ({ ok: false, error: { code: 'failed', ...words.problems.carrier } })),
  onProgress: (listener) => bridge.onProgress(listener),
  onNews: (listener) =>
    bridge.onNews((value) => {
      const news = newsFrom(value);
      if (news !== null) listener(news);
    }),
});

/** The same bridge, whose answers come once that is done: what is made of them needs it. */
export const answeredAfter = (bridge: Bridge, done: Promise<void>): Bridge => ({
  ...bridge,
  call: async (name, input) => {
    const [reply] = await Promise.allSettled([bridge.call(name, input), done]);
    if (reply.status === 'rejected') throw reply.reason;
    return reply.value;
  },
});
