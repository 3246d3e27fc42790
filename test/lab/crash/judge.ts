/** What is asked of every run: before or after and never between, nothing lost, nothing open, nothing left lying about. */
import type { Fault, Look, Machine, Outcome, Told, Verb } from './machine.ts';

export interface Verdict {
  readonly ended: 'before' | 'after' | 'between';
  /** Rules that were there before and after, and are not there now. */
  readonly lost: number;
  /** The helper said that it could not put everything back, and the next one did. */
  readonly later: boolean;
  /** Connections to what is shut before and after. */
  readonly opened: number;
  /** What is not as it should be. */
  readonly wrong: readonly string[];
}

export type Recovery = 'recover' | 'undo' | 'next change';

/** Tables in any order; their rules in theirs. */
const tables = (text: string): string =>
  text
    .split(/^(?=table )/m)
    .map((table) => table.trim())
    .sort()
    .join('\n');

const stateOf = ({ files, rules, settings }: Look): string =>
  JSON.stringify([
    Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)),
    rules.ipv4,
    rules.ipv6,
    tables(rules.inet),
    Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

/** What stands by is taken away by the next run where the disk did not let it go. */
const withoutCopies = (look: Look): Look => ({
  ...look,
  files: Object.fromEntries(
    Object.entries(look.files).filter(([path]) => !/\.portcullis-|^\/etc\/portcullis$/.test(path)),
  ),
});

const linesOf = ({ rules, lines }: Look): readonly string[] => [
  ...Object.entries(rules).flatMap(([name, text]) => text.split('\n').map((line) => `${name}: ${line.trim()}`)),
  ...lines,
];

/** In what two states differ, for people. */
function difference(one: Look, other: Look): string {
  const paths = new Set([...Object.keys(one.files), ...Object.keys(other.files)]);
  const files = [...paths].filter((path) => JSON.stringify(one.files[path]) !== JSON.stringify(other.files[path]));
  const [mine, theirs] = [new Set(linesOf(one)), new Set(linesOf(other))];
  const more = [...mine].filter((line) => !theirs.has(line)).map((line) => `+ ${line}`);
  const less = [...theirs].filter((line) => !mine.has(line)).map((line) => `- ${line}`);
  return [...files, ...more, ...less].slice(0, 12).join('; ');
}

/** What lies in the store and belongs to no change of the journal. */
function strays({ store: { events, files } }: Look): readonly string[] {
  const known = new Set(events.flatMap(({ event, id }) => (event === 'begin' ? [id] : [])));
  const root = '/var/lib/portcullis';
  return files.filter((path) => {
    if ([`${root}/lock`, `${root}/journal.jsonl`, `${root}/changes`].includes(path)) return false;
    const [, id = '', rest = ''] = /\/changes\/([^/]+)(.*)$/.exec(path) ?? [];
    return !known.has(id) || !['', '/before.json'].includes(rest);
  });
}

/** The journal says that something is still to be put back. */
function isOpen({ store: { events } }: Look): boolean {
  return events.some(({ event, id }, at) => {
    const later = events.slice(at + 1).filter((one) => one.id === id);
    return (event === 'begin' || event === 'undo') && !later.some((one) => one.event === 'end');
  });
}

/** What it said is for people: a sentence, not what a program says to its programmer. */
const RAW = /\bE(?!RROR)[A-Z]{2,}\b|[a-z]Error:|\bat \S+ \(|node:|undefined|\[object|\.cjs/;

function badWords({ said, errors, exit, killed, late }: Told): readonly string[] {
  if (late) return ['it did not end'];
  if (killed) return ['it was killed'];
  if (said === null) return [`it ended without a word (status ${exit}): ${errors.trim().slice(0, 300)}`];
  const text = said.problem === null ? '' : `${said.problem.message} ${said.problem.hint}`;
  return [
    ...(errors.trim() === '' ? [] : [`it printed an error: ${errors.trim().slice(0, 300)}`]),
    ...(RAW.test(text) ? [`it said: ${text}`] : []),
  ];
}

interface Run {
  readonly verb: Verb;
  readonly fault: Fault;
  readonly recovery: Recovery;
}

export function judge(machine: Machine, { verb, fault, recovery }: Run, outcome: Outcome): Verdict {
  const { before, after } = machine;
  const { told, left, ended, then } = outcome;
  const wrong: string[] = [];
  const is = (look: Look, clean: (one: Look) => Look = (one) => one): Verdict['ended'] => {
    const state = stateOf(clean(look));
    if (state === stateOf(clean(before))) return 'before';
    return state === stateOf(clean(after)) ? 'after' : 'between';
  };
  const began = verb === 'undo' ? 'after' : 'before';
  const aim = verb === 'undo' || verb === 'taken back' ? 'before' : 'after';
  let later = false;

  if (fault.startsWith('killed')) {
    // Where the kill came after its last word, nobody is told anything else.
    if (!told.killed && told.said?.type !== 'done') wrong.push('it was not killed');
  } else {
    wrong.push(...badWords(told));
    if (left !== null && told.said !== null) {
      const now = is(left, withoutCopies);
      const wanted = told.said.type === 'done' && told.said.state !== 'rolled-back' ? aim : began;
      later = now !== wanted && told.said.problem?.code === 'failed' && isOpen(left);
      if (now !== wanted && !later) {
        const what = `${told.said.problem?.code ?? told.said.state}: ${told.said.problem?.message ?? ''}`;
        wrong.push(
          `it said ${what}, and left it ${now}: ${difference(withoutCopies(left), withoutCopies(wanted === 'before' ? before : after))}`,
        );
      }
    }
  }
  const last = then.at(-1);
  for (const one of then) wrong.push(...badWords(one).map((text) => `${recovery}: ${text}`));
  const code = last?.said?.problem?.code ?? null;
  const message = last?.said?.problem?.message ?? '';
  const nothing = recovery === 'undo' && message === 'Nothing was changed that could be undone.';
  const whole = recovery === 'next change' && code === 'stale-plan';
  if (code !== null && !nothing && !whole) wrong.push(`${recovery}: ${code}: ${message}`);

  const end = is(ended);
  if (end === 'between') {
    wrong.push(`between: not before (${difference(ended, before)}) and not after (${difference(ended, after)})`);
  }
  if (recovery === 'undo' && end === 'after') wrong.push('undone, and still as after the change');
  if (recovery === 'next change' && code === null && end === 'before') wrong.push('changed again, and still as before');
  const now = new Set(linesOf(ended));
  const both = new Set(linesOf(after));
  const lost = linesOf(before).filter((line) => both.has(line) && !now.has(line));
  if (lost.length > 0) wrong.push(`lost: ${lost.slice(0, 5).join('; ')}`);
  for (const [seconds, address, from] of outcome.opened) {
    const when = `${seconds.toFixed(3)} of ${outcome.seconds.toFixed(3)} s`;
    wrong.push(`what is shut before and after was open on the way: ${address}, after ${when}, from port ${from}`);
  }
  const stray = strays(ended);
  if (stray.length > 0) wrong.push(`left in the store: ${stray.join(', ')}`);
  if (isOpen(ended)) wrong.push('the journal has a change without an end');
  const { store } = ended;
  const state = store.events.findLast(({ event }) => event === 'end')?.state ?? 'none';
  if (end === 'after' ? state !== 'applied' : !['none', 'rolled-back', 'undone', 'failed'].includes(state)) {
    wrong.push(`the journal says ${state}, and it is as ${end}`);
  }
  return { ended: end, lost: lost.length, later, opened: outcome.opened.length, wrong };
}
