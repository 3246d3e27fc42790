/** A lab in which the helper can be killed or made to fail at any point, and the states before and after its change. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Choice, Plan } from '../../../src/core/model.ts';
import { printOrder } from '../../../src/main/apply/order.ts';
import type { Bundles } from '../bundle.ts';
import { type Lab, laptop, startLab } from '../harness.ts';
import type { Host } from './hosts.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A call that changes something, or a start of a program. */
export interface Point {
  readonly at: number;
  readonly pid: number;
  readonly kind: 'other' | 'makes' | 'writes' | 'syncs' | 'rules' | 'starts';
  readonly call: string;
  readonly what: string;
}

/** What the machine is: files with their mode, owner and hash, rules of everybody, settings of the kernel, the store. */
export interface Look {
  readonly files: Readonly<Record<string, readonly unknown[]>>;
  readonly rules: Readonly<Record<'ipv4' | 'ipv6' | 'inet', string>>;
  /** What the firewalls' files say, line by line. */
  readonly lines: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly store: {
    readonly events: readonly {
      readonly event: string;
      readonly id: string;
      readonly state?: string;
      readonly note?: string | null;
    }[];
    readonly files: readonly string[];
  };
}

/** How a run of the helper ended; `said` null: without a word. */
export interface Told {
  readonly said: {
    readonly type: string;
    readonly problem: { readonly code: string; readonly message: string; readonly hint: string } | null;
    readonly state: string | null;
    readonly verified: boolean | null;
    readonly count: number | null;
  } | null;
  readonly errors: string;
  readonly exit: number;
  readonly killed: boolean;
  /** It did not end by itself. */
  readonly late: boolean;
}

export interface Outcome {
  /** The point was reached. */
  readonly hit: boolean;
  readonly point: Point | null;
  readonly told: Told;
  readonly then: readonly Told[];
  /** Before anything was done about it; null where it was killed. */
  readonly left: Look | null;
  readonly ended: Look;
  /** Processes that stood by to put a waiting change back. */
  readonly guarded: number;
  /** Connections to what must stay shut. */
  readonly opened: readonly (readonly [seconds: number, address: string, from: number])[];
  /** How many changes and starts there were when it began to look whether all is well. */
  readonly verifiedAt: readonly [changes: number, starts: number] | null;
  readonly seconds: number;
  readonly counts: readonly [changes: number, starts: number];
  readonly points?: readonly Point[];
  readonly starts?: readonly Point[];
}

/** As points.c numbers them, from 1. */
export const FAULTS = [
  'killed alone',
  'killed with all',
  'killed in a write',
  'program fails',
  'program hangs',
  'disk full',
  'disk read-only',
  'call fails',
] as const;
export type Fault = (typeof FAULTS)[number];

export const VERBS = ['apply', 'undo', 'confirmed', 'taken back'] as const;
/** The last two: a change that waits, and the word that it is given. */
export type Verb = (typeof VERBS)[number];

export interface Ask {
  readonly start: 'before' | 'after';
  readonly verb: readonly string[];
  readonly input: string;
  readonly word?: 'confirm' | 'undo';
  readonly fault: Fault | 'none';
  readonly at: number;
  readonly recovery: readonly (readonly [words: readonly string[], input: string])[];
}

export interface Machine extends AsyncDisposable {
  readonly order: string;
  /** The same change, to be confirmed. */
  readonly orderThatWaits: string;
  readonly before: Look;
  readonly after: Look;
  readonly host: string;
  readonly lab: Lab;
  /** `helper`: the program to be tried, where it is not the product's own. */
  readonly run: (ask: Ask, helper?: string) => Promise<Outcome>;
}

/** Compile what is preloaded; it is put where every program of machine A looks, and nobody else. */
const PRELOAD = `
mkdir /mnt/crash /mnt/kept
truncate -s 1M /mnt/crash/control
cc -shared -fPIC -O1 -o /mnt/crash/points.so "$1" -ldl
echo /mnt/crash/points.so > /etc/ld.so.preload
rm -rf /var/lib/portcullis
`;

/** The same program with shorter limits for what it starts, so that what hangs need not be waited for so long. */
function withoutPatience(text: string): string {
  const found = text.match(/\bTIME_LIMIT(\$\d)? = (60|1e4|5e3);/g) ?? [];
  if (found.length < 3) throw new Error(`the limits are not where they were: ${found.join(' ')}`);
  return text
    .replace(/\b(TIME_LIMIT(?:\$\d)?) = 60;/, '$1 = 8;')
    .replaceAll(/\b(TIME_LIMIT(?:\$\d)?) = (?:1e4|5e3);/g, '$1 = 4000;');
}

let starting: Promise<unknown> = Promise.resolve();

/** One after the other: all at once they would keep each other waiting for longer than a command may take. */
export function startMachine(host: Host, bundles: Bundles): Promise<Machine> {
  const started = starting.then(() => start(host, bundles));
  starting = started.catch(() => {});
  return started;
}

async function start(host: Host, bundles: Bundles): Promise<Machine> {
  const lab = await startLab();
  try {
    await lab.listen(host.ports.flatMap((port) => [['tcp', '0.0.0.0', port] as const, ['tcp', '::', port] as const]));
    await host.start(lab);
    const node = process.execPath;
    const act = async (...words: readonly string[]): Promise<unknown> => {
      const said = JSON.parse(await lab.must('A', [node, bundles.act, ...words])) as { ok: boolean; value: unknown };
      if (!said.ok) throw new Error(`${host.name}, ${words.join(' ')}: ${JSON.stringify(said)}`);
      return said.value;
    };
    const propose = async (choice: Choice) => printOrder((await act('propose', JSON.stringify(choice))) as Plan);
    const ask = async <T>(what: unknown): Promise<T> => {
      const text = await lab.must('A', ['python3', here('run.py')], { input: JSON.stringify(what), seconds: 600 });
      return JSON.parse(text) as T;
    };
    for (const choice of host.earlier) await act('apply', JSON.stringify(choice));
    // Once there and back: a kernel in which ufw was on keeps empty tables, which a plan's digest sees.
    await act('apply', JSON.stringify(host.choice));
    await act('undo');
    await lab.must('A', ['sh', '-ec', PRELOAD, 'sh', here('points.c')]);
    const before = await ask<Look>({ keep: 'before', reload: host.reload });
    const impatient = bundles.helper.replace(/\.cjs$/, '-impatient.cjs');
    await writeFile(impatient, withoutPatience(await readFile(bundles.helper, 'utf8')));
    const order = await propose(host.choice);
    const orderThatWaits = await propose({ ...host.choice, confirm: 30 });
    const run: Machine['run'] = ({ fault, ...one }, helper = bundles.helper) => {
      const number = fault === 'none' ? 0 : FAULTS.indexOf(fault) + 1;
      const program = fault === 'program hangs' ? impatient : helper;
      return ask<Outcome>({ ...one, fault: number, helper: [node, program] });
    };
    const clean = { start: 'before', verb: ['apply'], input: order, fault: 'none', at: 0, recovery: [] } as const;
    const applied = await run(clean);
    if (applied.told.said?.type !== 'done') throw new Error(`${host.name}: ${JSON.stringify(applied.told)}`);
    const after = await ask<Look>({ keep: 'after', reload: host.reload });
    if (host.shut !== null) {
      const doors = [laptop, 'fd77::10'].flatMap((address) => [address, String(host.shut)]);
      await lab.start('B', ['python3', here('knock.py'), ...doors]);
    }
    return {
      host: host.name,
      lab,
      order,
      orderThatWaits,
      before,
      after,
      run,
      [Symbol.asyncDispose]: () => lab.close(),
    };
  } catch (error) {
    await lab.close();
    throw error;
  }
}
