/** An intent's file that was opened in the window: read here, judged on the main side, put away again. */
import type { Outputs, Reply } from '../../core/api.ts';
import { LARGEST_INTENT } from '../../core/intent/imported.ts';
import type { Report } from '../../core/model.ts';
import type { Problem, ProblemMeaning } from '../../core/problem.ts';
import { visible } from '../../core/visible.ts';
import { words } from '../text/words.ts';
import type { Client } from './client.ts';
import { aroundOf } from './select.ts';
import type { Store } from './store.ts';

export interface OpenIntent {
  /** What the file is called, without where it is. */
  readonly name: string;
  readonly content: string;
  /** null: it is being read. */
  readonly reply: Reply<Outputs['readIntent']> | null;
  /** The report that was shown when it was opened. */
  readonly report: Report | null;
  /** It was just opened: what it says takes the focus once. */
  readonly fresh: boolean;
}

/** As the browser gives it. */
interface ChosenFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Fails where it cannot be read. */
  readonly text: () => Promise<string>;
}

export interface IntentActions {
  /** Show in the Export view what a file that the person chose would change here. */
  readonly openIntent: (file: ChosenFile) => Promise<void>;
  /** The same file against the report that is shown now; again where that failed with another one. */
  readonly weighIntent: () => Promise<void>;
  readonly intentShown: () => void;
  readonly closeIntent: () => void;
}

/** Longest name of a file that is sent on, in characters. */
const LONGEST_NAME = 255;
/** Bytes that certainly are too many characters: UTF-8 takes at most three for each of JavaScript's. */
const TOO_LARGE = 3 * LARGEST_INTENT;

export function createIntentActions(store: Store, client: Client, announce: (text: string) => void): IntentActions {
  const weighed = async (name: string, content: string): Promise<Reply<Outputs['readIntent']>> =>
    client.call('readIntent', { name, content });

  const show = (intent: OpenIntent): void =>
    store.set(({ route }) => ({
      intent,
      route: route.view === 'export' ? route : { view: 'export', targets: null },
    }));

  const openIntent = async (file: ChosenFile): Promise<void> => {
    const name = file.name.slice(0, LONGEST_NAME);
    const read = await textOf(file);
    const content = 'text' in read ? read.text : '';
    const opened: OpenIntent = { name, content, reply: null, report: store.get().report, fresh: false };
    show(opened);
    const reply =
      'text' in read ? await weighed(name, content) : await refused({ kind: read.refused, name: visible(name) });
    if (store.get().intent !== opened) return;
    store.set(() => ({ intent: { ...opened, reply, fresh: true } }));
    announce(
      reply.ok ? words.importPart.announce(reply.value) : words.problem(reply.error, aroundOf(store.get())).join(' '),
    );
  };

  const weighIntent = async (): Promise<void> => {
    const { intent, report } = store.get();
    if (intent === null || intent.reply === null) return;
    // What was wrong may have been the report, and not the file; the page itself refuses a file once and for all.
    if (!intent.reply.ok && (intent.report === report || isRefused(intent.reply.error))) return;
    const reply = await weighed(intent.name, intent.content);
    const now = store.get();
    if (now.intent?.content === intent.content && now.report === report) {
      store.set(({ intent: shown }) => (shown === null ? {} : { intent: { ...shown, reply, report } }));
    }
  };

  return {
    openIntent,
    weighIntent,
    intentShown: () => store.set(({ intent }) => (intent === null ? {} : { intent: { ...intent, fresh: false } })),
    closeIntent: () => store.set(() => ({ intent: null })),
  };
}

type Read = { readonly text: string } | { readonly refused: 'intent-too-large' | 'intent-unreadable' };

/** It was not read at all. */
const isRefused = ({ means }: Problem): boolean =>
  means?.kind === 'intent-too-large' || means?.kind === 'intent-unreadable';

/** Its text, where a message can carry that. A file may be gone by now, or not be for this person to read. */
async function textOf(file: ChosenFile): Promise<Read> {
  if (file.size > TOO_LARGE) return { refused: 'intent-too-large' };
  try {
    const text = await file.text();
    return JSON.stringify(text).length > LARGEST_INTENT ? { refused: 'intent-too-large' } : { text };
  } catch {
    return { refused: 'intent-unreadable' };
  }
}

/** A problem that the page itself has with the file, in the words that all problems have. */
async function refused(means: ProblemMeaning): Promise<Reply<never>> {
  const [{ inEnglish }, { problem }] = await Promise.all([
    import('../../core/problem-words/index.ts'),
    import('../../core/problem.ts'),
  ]);
  return { ok: false, error: inEnglish(problem('bad-input', means)) };
}
