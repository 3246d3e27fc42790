/** All runs that there are for a host: verb by verb, fault by fault, point by point; walked in two labs side by side. */
import type { Bundles } from '../bundle.ts';
import type { Random } from '../generate/random.ts';
import type { Host } from './hosts.ts';
import { judge, type Recovery, type Verdict } from './judge.ts';
import { type Ask, FAULTS, type Fault, type Machine, type Point, startMachine, VERBS, type Verb } from './machine.ts';

interface Run {
  readonly verb: Verb;
  readonly fault: Fault;
  readonly at: number;
  readonly recovery: Recovery;
}

export interface Row extends Run, Verdict {
  readonly host: string;
  readonly seconds: number;
  readonly what: string;
}

const RECOVERIES: readonly Recovery[] = ['recover', 'undo', 'recover', 'undo', 'next change'];

const onDisk = ({ kind, what }: Point): boolean => kind !== 'rules' && !what.startsWith('/proc/');

/** The first start of each program that a change could hang on. */
const firsts = (starts: readonly Point[]): readonly Point[] =>
  starts.filter(({ what }, at) => starts.findIndex((one) => one.what === what) === at);

const thinned = (points: readonly Point[], by: number): readonly Point[] =>
  points.filter((_, at) => at % by === Math.floor(by / 2) % by);

/**
 * Where each fault is tried. A kill of the helper alone is another one than of all only while a program of it runs. The
 * kinds that need a whole change of ufw for each of its many small calls are tried at some of them.
 */
function pointsFor(fault: Fault, points: readonly Point[], starts: readonly Point[]): readonly Point[] {
  const helper = points[0]?.pid;
  switch (fault) {
    case 'killed with all':
      return points;
    case 'killed alone':
      return thinned(
        points.filter(({ pid }) => pid !== helper),
        points.length > 100 ? 3 : 1,
      );
    case 'killed in a write':
      return points.filter(({ kind }) => kind === 'writes');
    case 'program fails':
      return thinned(starts.slice(1), starts.length > 60 ? 5 : 1);
    case 'program hangs':
      return firsts(starts.slice(1));
    case 'disk full':
      return points.filter((one) => onDisk(one) && (one.kind === 'makes' || one.kind === 'writes'));
    case 'disk read-only':
      return thinned(
        points.filter((one) => onDisk(one) && one.kind !== 'syncs'),
        3,
      );
    case 'call fails':
      return points.filter((one) => onDisk(one));
  }
}

const askFor = (machine: Machine, verb: Verb): Pick<Ask, 'start' | 'verb' | 'input' | 'word'> => {
  switch (verb) {
    case 'apply':
      return { start: 'before', verb: ['apply'], input: machine.order };
    case 'undo':
      return { start: 'after', verb: ['undo'], input: '' };
    case 'confirmed':
      return { start: 'before', verb: ['apply'], input: machine.orderThatWaits, word: 'confirm' };
    case 'taken back':
      return { start: 'before', verb: ['apply'], input: machine.orderThatWaits, word: 'undo' };
  }
};

const again = (machine: Machine, recovery: Recovery): Ask['recovery'] => {
  switch (recovery) {
    case 'recover':
      return [[['recover'], '']];
    case 'undo':
      return [[['undo'], '']];
    case 'next change':
      return [[['apply'], machine.order]];
  }
};

/** What a run without any fault passes through gives the list. */
async function runsOn(machine: Machine): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const verb of VERBS) {
    const clean = await machine.run({ ...askFor(machine, verb), fault: 'none', at: 0, recovery: [] });
    if (clean.told.said?.type !== 'done') throw new Error(`${verb}: ${JSON.stringify(clean.told)}`);
    // A change that waits is an ordinary one until all has been looked at.
    const from = verb === 'confirmed' || verb === 'taken back' ? clean.verifiedAt : [0, 0];
    const points = (clean.points ?? []).filter(({ at }) => at > (from?.[0] ?? 0));
    const starts = (clean.starts ?? []).filter(({ at }) => at > (from?.[1] ?? 0));
    for (const fault of FAULTS) {
      for (const { at } of pointsFor(fault, points, starts)) {
        runs.push({ verb, fault, at, recovery: RECOVERIES[runs.length % RECOVERIES.length]! });
      }
    }
  }
  return runs;
}

/** Null: the point did not come. `helper`: the program to be tried, where it is not the product's own. */
export async function oneRun(machine: Machine, run: Run, helper?: string): Promise<Row | null> {
  const { verb, fault, at, recovery } = run;
  const ask = { ...askFor(machine, verb), fault, at, recovery: again(machine, recovery) };
  const outcome = await machine.run(ask, helper);
  if (!outcome.hit) return null;
  const { call = '', what = '' } = outcome.point ?? {};
  return {
    ...run,
    host: machine.host,
    ...judge(machine, run, outcome),
    seconds: outcome.seconds,
    what: `${call} ${what}`.trim(),
  };
}

const keyOf = ({ verb, fault, at }: Run): string => `${verb}\0${fault}\0${at}`;

export interface Walked {
  readonly rows: readonly Row[];
  /** Points that this time did not come. */
  readonly missed: number;
  /** All that there are. */
  readonly all: readonly (Run & { readonly host: string })[];
}

/** Walk a host's runs in an order by chance: all, or so many. `tell`: after each run. */
export async function walk(
  host: Host,
  bundles: Bundles,
  {
    labs,
    sample,
    random,
    only = '',
    earlier = [],
    until = Infinity,
    tell = () => {},
  }: {
    readonly labs: number;
    readonly sample: number | null;
    readonly random: Random;
    /** Only faults whose verb and name hold this. */
    readonly only?: string;
    /** What became of runs of this host before: they are not run again, and count. */
    readonly earlier?: readonly Row[];
    /** When no other run is begun, by the clock of `performance`. */
    readonly until?: number;
    readonly tell?: (row: Row) => void;
  },
): Promise<Walked> {
  const machines = await Promise.all(Array.from({ length: labs }, () => startMachine(host, bundles)));
  try {
    const all = await runsOn(machines[0]!);
    const done = new Set(earlier.map(keyOf));
    const waiting = random
      .shuffled(all.filter(({ verb, fault }) => `${verb}, ${fault}`.includes(only)))
      .slice(0, sample ?? all.length)
      .filter((run) => !done.has(keyOf(run)));
    const rows: Row[] = [...earlier];
    let missed = 0;
    const work = async (machine: Machine): Promise<void> => {
      for (let run = waiting.shift(); run !== undefined && performance.now() < until; run = waiting.shift()) {
        const done = await oneRun(machine, run);
        if (done === null) {
          missed += 1;
          continue;
        }
        rows.push(done);
        tell(done);
      }
    };
    await Promise.all(machines.map(work));
    return { rows, missed, all: all.map((run) => ({ ...run, host: host.name })) };
  } finally {
    await Promise.all(machines.map((machine) => machine[Symbol.asyncDispose]()));
  }
}
