/**
 * The one contract between the faces (window, pipe, terminal) and the advisor.
 *
 * Each call stands here once: its input's schema and its reply's type. The Electron handlers, the preload bridge, the
 * Chromium pipe and the terminal loop over this list; no call is written twice. Inputs are parsed at the boundary;
 * a reply is a `Reply`, because Electron carries only an error's message across processes.
 */
import { z } from 'zod';
import { EXPORT_FORMATS } from './firewalls/formats.ts';
import { type ImportedIntent, LARGEST_INTENT } from './intent/imported.ts';
import type { News } from './live/news.ts';
import type { Answer, Change, Connection, Outcome, Plan, Report, RuleBook, RuleFile } from './model.ts';
import type { Problem } from './problem.ts';

const port = z.number().int().min(1).max(65535);
const protocol = z.enum(['tcp', 'udp']);
const targetSchema = z.strictObject({ protocol, port });
const targets = z.array(targetSchema).min(1).max(1000).readonly();
const anyTargets = z.array(targetSchema).max(1000).readonly();
const address = z.string().min(2).max(80);
const way = z.enum([
  'firewall',
  'own-table',
  'bind-loopback',
  'stop',
  'container',
  'install-firewall',
  'enable-firewall',
]);

/** Seconds within which a change must be confirmed. */
const CONFIRM = { least: 10, most: 600 } as const;
export const confirmSchema = z.number().int().min(CONFIRM.least).max(CONFIRM.most);
const confirm = confirmSchema.optional();

const changeId = z.string().regex(/^[0-9a-zT-]{8,64}$/);

export const choiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['close', 'reopen']),
    targets,
    audience: z.enum(['everyone', 'all-but-this-network', 'internet']),
    way,
    drop: z.boolean().optional(),
    confirm,
  }),
  z.strictObject({ kind: z.literal('enable-firewall'), keep: anyTargets, confirm }),
  z.strictObject({ kind: z.literal('remove-opening'), targets, confirm }),
  z.strictObject({ kind: z.literal('undo'), change: changeId, confirm }),
]);

export const questionSchema = z.strictObject({
  protocol,
  interface: z.string().min(1).max(64),
  source: address,
  destination: address,
  port,
  sourcePort: port.optional(),
});

const planId = z.string().regex(/^[0-9a-f]{64}$/);
const nothing = z.strictObject({});

/** What a file is made of: `posture` closes everything that is not kept, so no port needs to be named. */
const exporting = {
  format: z.enum(EXPORT_FORMATS),
  targets: anyTargets,
  audience: z.enum(['everyone', 'all-but-this-network', 'internet']).optional(),
  posture: z.boolean().optional(),
  keep: anyTargets.optional(),
} as const;

export const inputs = {
  /** Gather and judge. `exact` asks once for the right to read every rule. */
  scan: z.strictObject({ exact: z.boolean() }),
  /** Whether the window can be seen: as long as it can, news come of it. */
  attend: z.strictObject({ visible: z.boolean() }),
  /** Which language the window speaks: what stands beside it speaks the same. */
  speak: z.strictObject({ language: z.enum(['en', 'de']) }),
  connections: nothing,
  reach: questionSchema,
  /** Every rule in words, of the last scan. */
  rules: nothing,
  /** What would change; nothing is changed. */
  propose: choiceSchema,
  /** Only an id that this process issued, and only while the rules still have the digest that the plan was made from. */
  apply: z.strictObject({ plan: planId }),
  /** Keep a change that waits for its confirmation. */
  confirm: z.strictObject({ change: changeId }),
  /** What became of a change that waits: answered once it is confirmed or put back, by whomever. */
  settled: z.strictObject({ change: changeId }),
  /** Absent: the last change. One that waits is put back at once. */
  undo: z.strictObject({ change: changeId.optional() }),
  history: nothing,
  keep: z.strictObject({ target: targetSchema, keep: z.boolean() }),
  exportRules: z.strictObject(exporting),
  /** Ask where to put a file and write it there. Only files that `exportRules` made are written. */
  saveRules: z.strictObject({ ...exporting, undo: z.boolean() }),
  /**
   * What an intent of another machine would change here: the text of a file that the person has opened in the window, and
   * what the file is called. Nothing is changed.
   */
  readIntent: z.strictObject({ name: z.string().max(255), content: z.string().max(LARGEST_INTENT) }),
  /**
   * A report of the last scan as a file: to be shown, or (`save`) written where the person says. Only what this call made
   * is written. `redact`: without who and where.
   */
  report: z.strictObject({
    format: z.enum(['html', 'md', 'csv', 'json', 'sarif']),
    language: z.enum(['en', 'de']),
    redact: z.boolean(),
    save: z.boolean(),
  }),
} as const;

export type CallName = keyof typeof inputs;
export type Input<C extends CallName> = z.output<(typeof inputs)[C]>;

export interface Outputs {
  scan: Report;
  attend: null;
  speak: null;
  connections: readonly Connection[];
  reach: Answer;
  rules: RuleBook;
  propose: Plan;
  /** Its change may be `waiting`. */
  apply: Outcome;
  confirm: Outcome;
  settled: Outcome;
  undo: Outcome;
  history: readonly Change[];
  keep: Report;
  exportRules: RuleFile;
  saveRules: { readonly path: string | null };
  readIntent: ImportedIntent;
  report: ReportFile;
}

export interface ReportFile {
  readonly filename: string;
  /** null: it was saved, or is too long to be shown in a window. */
  readonly content: string | null;
  /** Where it was saved; null: nowhere. */
  readonly path: string | null;
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem };

/** Pushed while something slow runs. `phase` is for code, `text` for people. */
export interface Progress {
  readonly call: 'scan' | 'apply' | 'confirm' | 'undo';
  readonly phase: string;
  readonly text: string;
  /** Steps done and steps in all, where they are known. */
  readonly done: number | null;
  readonly of: number | null;
}

/** What the advisor offers to every face. */
export type Advisor = {
  readonly [C in CallName]: (input: Input<C>) => Promise<Outputs[C]>;
} & {
  readonly onProgress: (listener: (progress: Progress) => void) => () => void;
  readonly onNews: (listener: (news: News) => void) => () => void;
};

/** What the renderer finds at `window.portcullis`, whichever carrier brought it. */
export interface Bridge {
  readonly call: <C extends CallName>(name: C, input: Input<C>) => Promise<Reply<Outputs[C]>>;
  readonly onProgress: (listener: (progress: Progress) => void) => () => void;
  /** Given as the carrier brought it: `newsFrom` parses it. */
  readonly onNews: (listener: (news: unknown) => void) => () => void;
}
