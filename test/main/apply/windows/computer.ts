/**
 * synthetic: a Windows computer whose firewall is a list of rules in memory. Who is elevated there carries operations out on
 * that list; no script is run. It was written apart from what core says that a change leads to.
 */
import { createHash } from 'node:crypto';
import type { Change, Operation, Plan, Snapshot } from '../../../../src/core/model.ts';
import { endsOf, planId } from '../../../../src/core/plan/index.ts';
import { effectsOf } from '../../../../src/core/plan/reach-sets.ts';
import type { Elevated } from '../../../../src/main/apply/windows/elevate.ts';
import type { WindowsSystem } from '../../../../src/main/apply/windows/system.ts';
import { judge, stale } from '../../../../src/main/apply/recheck.ts';
import { HOME, type MachineSaid, profilesPrinted, windowsSnapshot } from '../../../core/firewalls/windows/machine.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Pair {
  readonly name: string;
  readonly value: string;
}

export interface Step {
  readonly kind: 'windows-block' | 'windows-unblock';
  readonly protocol: 'tcp';
  readonly port: number;
  readonly from: 'any';
  readonly profiles: readonly [];
}

export const block = (port: number): Step => ({
  kind: 'windows-block',
  protocol: 'tcp',
  port,
  from: 'any',
  profiles: [],
});
const unblock = (step: Step): Step => ({ ...step, kind: 'windows-unblock' });
const typed = (steps: readonly Step[]): readonly Operation[] => steps;
const stepsOf = (operations: readonly Operation[]): readonly Step[] => operations as unknown as readonly Step[];

const nameOf = ({ port }: Step): string => `Portcullis-close-tcp-${port}`;
const textOf = ({ port }: Step): string =>
  `v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=${port}|Name=Portcullis|`;

const OPEN: readonly Pair[] = [3000, 4000].map((port) => ({
  name: `{allow-${port}}`,
  value: `v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=${port}|Name=Allow ${port}|`,
}));

const machine = (rules: readonly Pair[], more: MachineSaid = {}): Snapshot =>
  windowsSnapshot({
    adapters: [HOME],
    effective: profilesPrinted(),
    sockets: [3000, 4000].map((port) => ({ at: `tcp 0.0.0.0:${port}`, pid: 5512 })),
    processes: [{ pid: 5512, path: 'C:\\dev\\node.exe', name: 'node.exe', session: 1 }],
    rules,
    ...more,
  });

const isRead = ({ transcripts }: Snapshot): boolean => transcripts[0]?.failure === null;

const rulesOf = (snapshot: Snapshot): readonly Pair[] => {
  const { transcripts } = snapshot;
  if (!isRead(snapshot)) throw stale({ is: 'rules' });
  const whole = JSON.parse(transcripts[0]?.stdout ?? '') as { localRules: { ok?: readonly Pair[] } };
  return (whole.localRules.ok ?? []).filter(({ name }) => name !== 'inert');
};

function changed(rules: readonly Pair[], { kind, ...step }: Step): readonly Pair[] {
  const name = nameOf({ kind, ...step });
  const others = rules.filter((rule) => rule.name !== name);
  return kind === 'windows-block' ? [...others, { name, value: textOf({ kind, ...step }) }] : others;
}

const predict = (snapshot: Snapshot, operations: readonly Operation[]): Snapshot =>
  machine(stepsOf(operations).reduce(changed, rulesOf(snapshot)));

const digest = (snapshot: Snapshot): string => sha256(isRead(snapshot) ? JSON.stringify(rulesOf(snapshot)) : 'unread');

export interface Computer {
  readonly system: WindowsSystem;
  /** Rules as they are now. */
  rules: () => readonly string[];
  /** Somebody changes them beside. */
  readonly edit: (to: (rules: readonly Pair[]) => readonly Pair[]) => void;
  /** What was run as administrator, in order. */
  readonly ran: (readonly Step[])[];
  /** How Windows answers, one a question; then everything goes as it should. */
  readonly answers: ((carryOut: () => void) => Elevated)[];
  /** What gathering gives, one a reading; then how things are. */
  readonly readings: (() => Snapshot)[];
  readonly plan: (...steps: readonly Step[]) => Plan;
  readonly snapshot: () => Snapshot;
}

export const done: Elevated = { is: 'ended', status: 0 };

export function computer(folder: string): Computer {
  let rules = OPEN;
  const ran: (readonly Step[])[] = [];
  const answers: Computer['answers'] = [];
  const readings: Computer['readings'] = [];
  const snapshot = (): Snapshot => machine(rules);
  const system: WindowsSystem = {
    folder,
    gather: async () => (readings.shift() ?? snapshot)(),
    script: (operations) => JSON.stringify(operations),
    elevate: async (script) => {
      const steps = JSON.parse(script) as readonly Step[];
      ran.push(steps);
      const carryOut = (): void => {
        rules = steps.reduce(changed, rules);
      };
      const answer = answers.shift();
      if (answer !== undefined) return answer(carryOut);
      carryOut();
      return done;
    },
    predict,
    digest,
    recheck: (plan, now) => {
      if (digest(now) !== plan.rulesDigest) throw stale({ is: 'rules' });
      return judge(
        predict(
          now,
          plan.steps.map(({ operation }) => operation),
        ),
      );
    },
    takeBack: (_changes: readonly Change[], { plan }: Change, now: Snapshot) => {
      const found = rulesOf(now);
      const steps = stepsOf(plan.steps.map(({ operation }) => operation)).toReversed();
      const there = steps.filter((step) =>
        found.some(({ name, value }) => name === nameOf(step) && value === textOf(step)),
      );
      const left = steps
        .filter((step) => found.some(({ name, value }) => name === nameOf(step) && value !== textOf(step)))
        .map(({ protocol, port }) => ({
          kind: 'left' as const,
          thing: { is: 'block' as const, target: { protocol, port } },
          why: { kind: 'differs' as const },
        }));
      return { operations: typed(there.map(unblock)), left };
    },
  };
  const plan = (...steps: readonly Step[]): Plan => {
    const now = snapshot();
    const body: Omit<Plan, 'id'> = {
      schema: 1,
      layers: ['windows'] as unknown as Plan['layers'],
      choice: {
        kind: 'close',
        targets: steps.map(({ protocol, port }) => ({ protocol, port })),
        audience: 'everyone',
        way: 'firewall',
      },
      summary: `Close ${steps.map(({ port }) => port).join(', ')}`,
      rulesDigest: digest(now),
      createdAt: '2026-11-28T09:00:03.000Z',
      steps: typed(steps).map((operation) => ({ operation, says: 'Block it', commands: [] })),
      undo: [],
      effects: effectsOf(judge(now), judge(predict(now, typed(steps)))),
      warnings: [],
      live: 0,
      simple: true,
      confirmWithin: null,
    };
    return { ...body, id: planId(body, sha256) };
  };
  return {
    system,
    rules: () => rules.map(({ name }) => name),
    edit: (to) => {
      rules = to(rules);
    },
    ran,
    answers,
    readings,
    plan,
    snapshot,
  };
}

/** Who can reach a port now. */
export const exposure = (snapshot: Snapshot, port: number): string | undefined =>
  endsOf(judge(snapshot)).find(({ id }) => id === `tcp/${port}`)?.exposure;

/** The same, of which nothing was read. */
export const blind = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  transcripts: snapshot.transcripts.map((one) => ({ ...one, stdout: '', failure: 'timeout' as const })),
});
