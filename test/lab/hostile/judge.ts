/** What became of an attack: was it refused with a reason, carried out as a right plan, or did it reach something? */
import type { Attack } from './attack.ts';
import { wrongStarts } from './allowed.ts';
import { strays } from './chosen.ts';
import type { Heard } from './launch.ts';
import { changed, type Files, foreignRules } from './state.ts';
import { HONEY, type Started } from './trap.ts';

/**
 * `refused`: with a reason; `put back`: tried, seen to be otherwise than predicted, and put back with a reason; `unheard`:
 * refused, but nobody could be told; `done`: a right plan, carried out; `answered`: harmless, and answered.
 */
export type Outcome = 'refused' | 'put back' | 'unheard' | 'done' | 'answered' | 'wrong';

export interface Seen {
  readonly heard: Heard;
  readonly started: readonly Started[];
  readonly before: { readonly files: Files; readonly rules: string };
  readonly after: { readonly files: Files; readonly rules: string };
  /** Processes that it left behind. */
  readonly left: readonly string[];
}

export interface Verdict {
  readonly outcome: Outcome;
  /** What it reached: a shell, a program, a file, a rule, a secret. */
  readonly reached: readonly string[];
  /** How it was refused otherwise than it should be. */
  readonly faults: readonly string[];
  /** The id of the change that has to be taken back. */
  readonly change: string | null;
}

const CODES = new Set([
  'bad-input',
  'not-permitted',
  'unsupported',
  'nothing-to-do',
  'stale-plan',
  'rolled-back',
  'drift',
  'busy',
  'failed',
]);
/** What the dynamic loader and Node say of hostile settings before the helper's first line. */
const NOISE =
  /^(ERROR: ld\.so: object .* cannot be preloaded.*|ERROR: ld\.so: object .* cannot be loaded as audit interface.*|WARNING: ld\.so: .*)?$/;

interface Line {
  readonly type?: string;
  readonly problem?: { readonly code?: unknown; readonly message?: unknown; readonly hint?: unknown };
  readonly value?: { readonly change?: { readonly id?: string; readonly state?: string } };
}

function linesOf(stdout: string): readonly Line[] | null {
  if (stdout === '') return [];
  if (!stdout.endsWith('\n')) return null;
  try {
    return stdout
      .slice(0, -1)
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  } catch {
    return null;
  }
}

const isReason = ({ problem }: Line): boolean =>
  CODES.has(String(problem?.code)) &&
  [problem?.message, problem?.hint].every(
    (text) => typeof text === 'string' && text.length > 0 && !/\n\s+at |\/helper\.cjs/.test(text),
  );

/** The plan as it was sent, for what it says it does. */
function planOf(text: string): {
  readonly steps: readonly unknown[];
  readonly undo: readonly unknown[];
  readonly choice: unknown;
} {
  try {
    const plan = JSON.parse(text.split('\n', 1)[0] ?? '') as Record<string, unknown>;
    const of = (steps: unknown) => (steps as { operation: unknown }[]).map(({ operation }) => operation);
    return { steps: of(plan['steps']), undo: of(plan['undo']), choice: plan['choice'] };
  } catch {
    return { steps: [], undo: [], choice: {} };
  }
}

/** Where a change writes. */
const OWN_FILES =
  /^(\/etc\/ufw\/(ufw\.conf|user6?\.rules)|\/etc\/default\/ufw|\/etc\/portcullis(\/table\.nft)?|\/var\/lib\/portcullis(\/.*)?)$/;
/** What even a refusal may leave: the store's empty folders and its lock. */
const STORE = /^\/var\/lib\/portcullis(\/(lock|changes))?$/;

/** Lines of rules that came or went and are about no port that was chosen. */
function foreignLines(before: string, after: string, operations: readonly unknown[]): readonly string[] {
  const ports = new Set(
    operations.flatMap((operation) => {
      const { port, tuple } = (operation ?? {}) as { port?: unknown; tuple?: { dport?: unknown } | null };
      return [String(port), String(tuple?.dport)];
    }),
  );
  if (operations.some((one) => (one as { kind?: unknown } | undefined)?.kind === 'ufw-enable')) return [];
  const count = (text: string): Map<string, number> => {
    const found = new Map<string, number>();
    for (const line of text.split('\n')) if (/dport/.test(line)) found.set(line, (found.get(line) ?? 0) + 1);
    return found;
  };
  const [was, is] = [count(before), count(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter(
    (line) => was.get(line) !== is.get(line) && !ports.has(/dport (\S+)/.exec(line)?.[1] ?? ''),
  );
}

export function judge(attack: Attack, seen: Seen, known: ReadonlySet<string>): Verdict {
  const { heard, started, before, after, left } = seen;
  const lines = linesOf(heard.stdout);
  const last = lines?.at(-1);
  const type = last?.type ?? '';
  const { steps, undo, choice } = planOf(attack.input.toString('utf8'));
  const faults: string[] = [];
  const reached: string[] = [];

  const noise = heard.stderr.split('\n').filter((line) => !NOISE.test(line));
  if (heard.late) faults.push('it did not end');
  if (lines === null) faults.push(`it printed what is no JSON: ${heard.stdout.slice(-300)}`);
  if (noise.length > 0) faults.push(`it wrote to standard error: ${noise.join(' ').slice(0, 300)}`);
  if (lines?.slice(0, -1).some(({ type: one }) => one !== 'progress' && one !== 'waiting') === true)
    faults.push('it said more than one answer');

  let outcome: Outcome = 'wrong';
  if (type === 'problem') {
    const code = String(last?.problem?.code);
    const tried = code === 'rolled-back' || started.some(({ path, args }) => path.endsWith('/ufw') || args[0] === '-f');
    outcome = tried ? 'put back' : 'refused';
    if (last !== undefined && !isReason(last)) faults.push(`no reason: ${JSON.stringify(last).slice(0, 300)}`);
    if (heard.exit !== 1) faults.push(`it ended with ${heard.exit}`);
    if (tried && attack.expect === 'refused') reached.push('what had to be refused was begun');
  } else if (type === '' && (attack.deaf || attack.through !== null)) {
    outcome = 'unheard';
    if (heard.exit !== 1) faults.push(`it ended with ${heard.exit}`);
  } else if (type === 'done' && attack.expect === 'either') {
    outcome = 'done';
  } else if (['read', 'history', 'recovered'].includes(type) && attack.expect !== 'refused') {
    outcome = 'answered';
  } else {
    faults.push(`it answered ${JSON.stringify(last)?.slice(0, 300) ?? 'nothing'}, exit ${heard.exit}`);
    if (type === 'done') reached.push('what had to be refused was done');
  }
  if ((outcome === 'done' || outcome === 'answered') && heard.exit !== 0) faults.push(`it ended with ${heard.exit}`);

  const carried = outcome === 'done' || outcome === 'put back';
  if (carried) reached.push(...strays(choice, steps).map((one) => `it was not chosen: ${one}`));
  const undone = last?.value?.change?.state === 'undone';
  reached.push(...wrongStarts(started, carried ? [...steps, ...undo] : [], known));
  for (const path of changed(before.files, after.files)) {
    if (!(carried ? OWN_FILES : STORE).test(path)) reached.push(`${path} was changed`);
  }
  const mayDiffer = outcome === 'done' && !undone;
  if (!mayDiffer && after.rules !== before.rules) reached.push('the rules in the kernel were changed');
  if (foreignRules(after.rules) !== foreignRules(before.rules)) reached.push('rules of others were changed');
  reached.push(
    ...foreignLines(before.rules, after.rules, steps).map((line) => `a rule of another port: ${line.trim()}`),
  );
  reached.push(...left.map((one) => `it left a process: ${one}`));
  if (heard.stdout.includes(HONEY) && !mentionsHoney(attack)) reached.push('it told a secret');
  const change = outcome === 'done' && !undone ? (last?.value?.change?.id ?? null) : null;
  return { outcome: faults.length + reached.length > 0 ? 'wrong' : outcome, reached, faults, change };
}

/** The word may come back where the attacker said it himself. */
const mentionsHoney = ({ input, words, env }: Attack): boolean =>
  input.includes(HONEY) ||
  words.some((word) => word.includes(HONEY)) ||
  Object.values(env).some((value) => value.includes(HONEY));
