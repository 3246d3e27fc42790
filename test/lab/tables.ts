/** The kinds of rules that the engine is proved on; one table of probes each. */
import type { Lab } from './harness.ts';
import { eachMatch } from './generate/each.ts';
import { firewalldGround, firewalldRules } from './generate/firewalld.ts';
import { iptablesRules, legacyRules } from './generate/iptables.ts';
import { mixtures } from './generate/mixtures.ts';
import { nftablesRules } from './generate/nftables.ts';
import { type Random, random } from './generate/random.ts';
import type { RuleSet } from './generate/rule-set.ts';
import { routingRules } from './generate/routing.ts';
import { strangeRules } from './generate/strange.ts';
import { ufwDefaults, ufwRules } from './generate/ufw.ts';
import { containerWays, containers, dockerRules } from './generate/docker.ts';
import { type Way, everywhere, portsNamedIn, probesFor, ways } from './generate/ways.ts';
import { type Tally, answersFor, count, disagreements, newTally, suspects } from './compare.ts';
import { doorsWrong } from './doors.ts';
import { keepFailure } from './failures.ts';
import { isRoot, startLab } from './harness.ts';
import { type Recording, askAgain, record } from './record.ts';

export interface Table {
  readonly name: string;
  /** A generator for some sets in a row, which stand on the same ground (ufw's defaults take a second to change). */
  readonly series: (r: Random) => (r: Random) => RuleSet;
  /** Holds rules that the engine does not know: it may say that it cannot tell. */
  readonly strange?: boolean;
  /** What the lab needs beside the two machines, and the ways in then. */
  readonly ground?: (lab: Lab) => Promise<void>;
  readonly ways?: readonly Way[];
}

export const tables = {
  ufw: {
    name: 'ufw',
    series: (ground) => {
      const defaults = ufwDefaults(ground);
      return (r) => ufwRules(r, defaults);
    },
  },
  iptables: { name: 'iptables (nf_tables backend)', series: () => (r) => iptablesRules(r) },
  legacy: { name: 'iptables (legacy backend)', series: () => (r) => legacyRules(r) },
  nftables: { name: 'native nftables', series: () => (r) => nftablesRules(r) },
  firewalld: {
    name: 'firewalld (both backends)',
    series: (ground) => {
      const shared = firewalldGround(ground);
      return (r) => firewalldRules(r, shared);
    },
  },
  mixtures: { name: 'several firewalls at once', series: mixtures },
  routing: { name: 'how answers would leave', series: () => (r) => routingRules(r) },
  docker: {
    name: 'containers and guests',
    series: dockerRules,
    ground: containers,
    ways: containerWays,
  },
  each: { name: 'each known match by itself', series: eachMatch() },
  strange: { name: 'rules that the engine does not know', series: () => (r) => strangeRules(r), strange: true },
} as const satisfies Record<string, Table>;

/** Fewer sets of more probes in the long proof: each set costs seconds, each probe nearly nothing. */
const PROBES_PER_WAY = { share: 8, long: 20 } as const;
const SERIES = 4;

export interface Proof {
  readonly tally: Tally;
  /** One line for each probe on which packets and the engine disagree: enough to find it again. */
  readonly failures: readonly string[];
}

/**
 * Random sets of the table's rules until that many probes were sent. Series n, set k have seeds of their own, made from
 * `seed`. `keep` sees each recording, with the probes that had to be asked again already settled.
 */
export async function prove(
  table: Table,
  {
    probes,
    seed,
    keep,
    long = false,
  }: { probes: number; seed: number; keep?: (recording: Recording) => void; long?: boolean },
): Promise<Proof> {
  const tally = newTally();
  const failures: string[] = [];
  const seeds = random(seed);
  const perWay = PROBES_PER_WAY[long ? 'long' : 'share'];
  const perSet = (table.ways ?? ways).length * perWay;
  for (let left = Math.ceil(probes / perSet); left > 0; ) {
    await using lab = await startLab();
    await listenEverywhere(lab);
    await table.ground?.(lab);
    const next = table.series(random(seeds.below(0x7fffffff)));
    for (let nth = 0; nth < SERIES && left > 0; nth++, left--) {
      const setSeed = seeds.below(0x7fffffff);
      const recording = await proveSet(lab, next, setSeed, tally, perWay, table.ways);
      if (recording === null) continue;
      keep?.(recording);
      if (table === tables.docker) {
        for (const line of doorsWrong(recording)) failures.push(`${table.name}, seed ${seed}, set ${setSeed}: ${line}`);
      }
      for (const { probe, outcome, answer } of wrongIn(recording)) {
        const file = keepFailure(table.name, setSeed, recording);
        failures.push(
          `${table.name}, seed ${seed}, set ${setSeed}: packets say ${outcome}, the engine says ${answer.verdict} for ` +
            `${JSON.stringify(probe)}; kept in ${file}\n  ${answer.trace.map((step) => step.rule).join('\n  ')}`,
        );
      }
    }
  }
  return { tally, failures };
}

async function proveSet(
  lab: Lab,
  next: (r: Random) => RuleSet,
  seed: number,
  tally: Tally,
  perWay: number,
  through: readonly Way[] = ways,
): Promise<Recording | null> {
  const r = random(seed);
  const set = next(r);
  if (!isRoot && (Number.isFinite(set.patience) || set.legacy !== null)) return null;
  const sent = await record(lab, set, probesFor(r, perWay, portsNamedIn(textOf(set)), { only: set.only, through }));
  if (typeof sent === 'string') {
    tally.refused.push(sent);
    return null;
  }
  const answers = answersFor(sent.snapshot, sent.probes);
  const again = suspects(answers, sent);
  const recording = await askAgain(lab, sent, again);
  tally.again += again.length;
  count(tally, answers, recording);
  return recording;
}

const wrongIn = (recording: Recording) => disagreements(answersFor(recording.snapshot, recording.probes), recording);

const textOf = (set: RuleSet): string =>
  [
    ...(set.ufw?.commands.flat() ?? []),
    ...Object.values(set.firewalld?.files ?? {}),
    set.iptables?.ipv4,
    set.legacy?.ipv4,
    set.added?.ipv4,
    set.nftables,
  ].join(' ');

/** Something listens on every port that is probed, so that silence is always a firewall's. */
export const listenEverywhere = (lab: Lab): Promise<void> => lab.listen(everywhere);
