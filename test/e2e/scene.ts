/**
 * A scene: the built page in a real browser under its real policy, with answers that are written down beforehand.
 * For states that a real machine cannot be put into at will; the real machine is driven in the other specs.
 */
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import type { CallName, Outputs, Progress, Reply } from '../../src/core/api.ts';
import type { News } from '../../src/core/live/news.ts';
import { pageFiles } from '../../src/main/faces/bridge-files.ts';
import { advice, adviceAfter } from './fixtures/reports.ts';
import * as plans from './fixtures/plans.ts';
import { imported } from './fixtures/imported.ts';
import { reportFile } from './fixtures/report-file.ts';
import { ufwRules } from './fixtures/rules.ts';
import type { Problem } from '../../src/core/problem.ts';

/** An answer; several are given one after the other, the last one again and again. `never`: it stays under way. */
type Answers<T> = T | Problem | 'never' | readonly (T | Problem | 'never')[];
export type Script = { readonly [C in CallName]?: Answers<Outputs[C]> } & { readonly progress?: readonly Progress[] };

const usual: Script = {
  scan: advice,
  attend: [null],
  speak: [null],
  connections: plans.connections,
  reach: plans.answer,
  rules: ufwRules,
  propose: plans.simplePlan,
  apply: plans.outcome,
  confirm: plans.kept,
  settled: 'never',
  undo: plans.undone,
  history: [[]],
  keep: adviceAfter,
  exportRules: plans.ufwFile,
  saveRules: { path: '/home/ada/Downloads/portcullis-close.sh' },
  report: reportFile,
  readIntent: imported,
};

const ORIGIN = 'http://portcullis.localhost';
const BUILT = fileURLToPath(new URL('../../out/renderer', import.meta.url));

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'hint' in value && 'code' in value;

interface Stage {
  /** Its time can be moved and stopped. */
  readonly clock?: boolean;
  /** What was chosen in an earlier window. */
  readonly language?: 'system' | 'en' | 'de';
  /** Where the page was built. */
  readonly folder?: string;
}

/** Open the page with these answers; what is not named is as usual. */
export async function openScene(
  context: BrowserContext,
  script: Script = {},
  { clock = false, language, folder = BUILT }: Stage = {},
): Promise<Page> {
  const files = pageFiles(folder);
  const page = await context.newPage();
  if (clock) await page.clock.install();
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === ORIGIN ? files(url.pathname) : null;
    if (file === null) await route.abort();
    else await route.fulfill({ status: 200, headers: file.headers, body: file.body });
  });
  const { progress = [], ...answers } = { ...usual, ...script };
  const replies = Object.fromEntries(
    Object.entries(answers).map(([call, answer]) => {
      // Lists are answers themselves where the call's reply is a list.
      const several = Array.isArray(answer) && call !== 'connections' ? (answer as readonly unknown[]) : [answer];
      return [call, several.map(replyOf)];
    }),
  );
  await page.addInitScript(install, { replies, progress });
  if (language !== undefined) await page.addInitScript((chosen) => localStorage.setItem('language', chosen), language);
  await page.goto(`${ORIGIN}/`);
  return page;
}

const replyOf = (answer: unknown): Reply<unknown> | 'never' => {
  if (answer === 'never') return 'never';
  return isProblem(answer) ? { ok: false, error: answer } : { ok: true, value: answer };
};

interface Installed {
  readonly replies: Readonly<Record<string, readonly (Reply<unknown> | 'never')[]>>;
  readonly progress: readonly Progress[];
}

/** Runs in the page, before its scripts. */
function install({ replies, progress }: Installed): void {
  const heard: ((news: unknown) => void)[] = [];
  const asked: { name: string; input: unknown }[] = [];
  const counts: Record<string, number> = {};
  const bridge = {
    call: (name: string, input: unknown) => {
      asked.push({ name, input });
      const list = replies[name] ?? [];
      const count = counts[name] ?? 0;
      counts[name] = count + 1;
      const reply = list[Math.min(count, list.length - 1)];
      return reply === undefined || reply === 'never' ? new Promise(() => {}) : Promise.resolve(structuredClone(reply));
    },
    onProgress: (listener: (progress: Progress) => void) => {
      const timer = setInterval(() => {
        for (const one of progress) listener(one);
      }, 50);
      return () => clearInterval(timer);
    },
    onNews: (listener: (news: unknown) => void) => {
      heard.push(listener);
      return () => {};
    },
  };
  Object.defineProperty(window, 'portcullis', { value: Object.freeze(bridge) });
  Object.defineProperty(window, 'asked', { value: asked });
  Object.defineProperty(window, 'push', {
    value: (news: unknown) => {
      for (const listener of heard) listener(structuredClone(news));
    },
  });
}

/** What the page has asked so far. */
export const asked = (page: Page): Promise<readonly { readonly name: string; readonly input: unknown }[]> =>
  page.evaluate(() => (window as unknown as { asked: { name: string; input: unknown }[] }).asked);

/** Push news to the page, as the main side does. */
export const push = (page: Page, news: News): Promise<void> =>
  page.evaluate((what) => (window as unknown as { push: (news: unknown) => void }).push(what), news as unknown);
