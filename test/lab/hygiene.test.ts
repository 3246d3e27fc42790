/**
 * Rules that are said to do nothing, against packets: all of them are taken out of the kernel, and every packet must fare
 * as before. A share runs with the other tests; `PROVE_HYGIENE=600` goes on until so many rules were taken out. The seed
 * is printed; `PROVE_SEED` repeats a run.
 */
import { expect, test } from 'vitest';
import { readFacts, worldOf } from '../../src/core/facts.ts';
import { type RuleFault, findIdleRules } from '../../src/core/hygiene/index.ts';
import type { Snapshot } from '../../src/core/model.ts';
import { createJudge } from '../../src/core/reach/index.ts';
import { makeReport } from '../../src/core/report.ts';
import { find } from '../../src/core/transcripts.ts';
import { iptablesRules } from './generate/iptables.ts';
import { nftablesRules } from './generate/nftables.ts';
import { type Random, freshSeed, random } from './generate/random.ts';
import { type RuleSet, apply, nothing } from './generate/rule-set.ts';
import { ufwRules } from './generate/ufw.ts';
import { portsNamedIn, probesFor } from './generate/ways.ts';
import { type Lab, type Outcome, type Probe, describeLab, isRoot, startLab } from './harness.ts';
import { listenEverywhere } from './tables.ts';

const seed = Number(process.env['PROVE_SEED'] ?? freshSeed());
const wanted = Number(process.env['PROVE_HYGIENE'] ?? 0);
const WALKS = 3000;

const GROUND = { inbound: 'deny', ipv6: true } as const;
const OPEN_GROUND = { inbound: 'allow', ipv6: true } as const;

/** Few ports and sources, so that rules get into each other's way. */
function crowdedUfw(r: Random, inbound: 'deny' | 'allow'): RuleSet {
  const port = (): string => r.pick(['3000', '8080', '22']);
  const rule = (): string[] => {
    const action = r.pick(['allow', 'allow', 'deny', 'deny', 'reject']);
    const source = r.pick([
      'any',
      'any',
      '192.168.77.0/24',
      '192.168.77.20',
      '192.168.0.0/16',
      'fd77::/64',
      'fd77::20',
    ]);
    switch (r.below(4)) {
      case 0:
        return [action, r.pick([port(), `${port()}/tcp`, `${port()}/tcp`])];
      case 1:
        return [
          action,
          ...r.pick([[], ['in', 'on', 'wlan0']]),
          'from',
          source,
          'to',
          'any',
          'port',
          port(),
          'proto',
          'tcp',
        ];
      case 2:
        return [
          action,
          'proto',
          'tcp',
          'from',
          source,
          'to',
          'any',
          'port',
          r.pick(['3000,8080', '2999:3001', '22:8080']),
        ];
      default:
        return source === 'any' ? [action, 'in', 'on', r.pick(['wlan0', 'eth0'])] : [action, 'from', source];
    }
  };
  const commands = Array.from({ length: 4 + r.below(8) }, rule);
  return { ...nothing, ufw: { commands, inbound, ipv6: true } };
}

const tables: readonly (readonly [name: string, make: (r: Random) => RuleSet])[] = [
  ['ufw', (r) => crowdedUfw(r, 'deny')],
  ['ufw that lets in', (r) => crowdedUfw(r, 'allow')],
  ['ufw as it is proved elsewhere', (r) => ufwRules(r, GROUND)],
  ['iptables', (r) => iptablesRules(r)],
  ['native nftables', (r) => nftablesRules(r)],
  ['ufw and nftables', (r) => ({ ...nftablesRules(r, true), ufw: crowdedUfw(r, 'allow').ufw })],
  ['ufw and more of it', (r) => ufwRules(r, OPEN_GROUND)],
];

const idleIn = (snapshot: Snapshot): readonly RuleFault[] => {
  const facts = readFacts(snapshot);
  return findIdleRules(facts.netfilter, facts.ownedRules, WALKS).faults.filter(({ kind }) => kind !== 'overridden');
};

/** Take the rules out of the kernel, the last of a chain first, so that none changes the place of another. */
async function takeOut(lab: Lab, faults: readonly RuleFault[], snapshot: Snapshot): Promise<void> {
  const places = faults
    .flatMap(({ rules }) => rules.flatMap(({ chain, lines }) => lines.map((line) => [chain, line] as const)))
    .sort(([, a], [, b]) => b - a);
  for (const [key, line] of places) {
    const [backend = '', family = '', table = '', chain = ''] = key.split('/');
    if (backend === 'nft') {
      const handle = handlesOf(snapshot, family, table, chain)[line];
      await lab.must('A', ['nft', 'delete', 'rule', family, table, chain, 'handle', String(handle)]);
    } else {
      const program = `ip${family === '6' ? '6' : ''}tables${backend === 'iptables-legacy' ? '-legacy' : ''}`;
      await lab.must('A', [program, '-t', table, '-D', chain, String(line + 1)]);
    }
  }
}

interface NftRule {
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly handle: number;
}

function handlesOf(snapshot: Snapshot, family: string, table: string, chain: string): readonly number[] {
  const { nftables } = JSON.parse(find(snapshot, 'nft')?.stdout ?? '') as { nftables: readonly { rule?: NftRule }[] };
  return nftables.flatMap(({ rule }) =>
    rule?.family === family && rule.table === table && rule.chain === chain ? [rule.handle] : [],
  );
}

async function send(lab: Lab, probes: readonly Probe[], wait?: number): Promise<readonly Outcome[]> {
  await lab.forget();
  return lab.probe(probes, wait);
}

interface Tally {
  sets: number;
  rules: number;
  probes: number;
  /** On which packets or the engine say that taking the rules out changed something. */
  wrong: string[];
}

async function proveSet(lab: Lab, set: RuleSet, r: Random, tally: Tally): Promise<void> {
  if ((await apply(lab, set)) !== null) return;
  const snapshot = await lab.snapshot();
  const faults = idleIn(snapshot);
  tally.sets++;
  if (faults.length === 0) return;
  const words = faults.map(({ rule }) => rule.text).join(' ');
  const probes = probesFor(r, 8, portsNamedIn(words));
  const before = [...(await send(lab, probes))];
  await takeOut(lab, faults, snapshot);
  const after = [...(await send(lab, probes))];
  // Silence proves nothing on a busy machine: what differs is sent again, with more patience, under either rules.
  const suspects = probes.flatMap((_, at) => (before[at] === after[at] ? [] : [at]));
  if (suspects.length > 0) {
    const again = suspects.map((at) => probes[at]!);
    for (const [nth, outcome] of (await send(lab, again, 1)).entries()) after[suspects[nth]!] = outcome;
    await apply(lab, set);
    for (const [nth, outcome] of (await send(lab, again, 1)).entries()) before[suspects[nth]!] = outcome;
    await takeOut(lab, faults, await lab.snapshot());
  }
  const [was, is] = [snapshot, await lab.snapshot()].map((one) => createJudge(worldOf(readFacts(one))));
  tally.rules += faults.length;
  for (const [at, probe] of probes.entries()) {
    tally.probes++;
    const said = [was!.ask(probe).verdict, is!.ask(probe).verdict];
    if (before[at] === after[at] && said[0] === said[1]) continue;
    tally.wrong.push(
      `${JSON.stringify(probe)}: ${before[at]} and ${after[at]} without, the engine says ${said.join(' and ')}\n  ${faults.map(({ kind, rule }) => `${kind}: ${rule.text}`).join('\n  ')}`,
    );
  }
}

/** One that rations nothing, since probes would use it up, and that this kernel and this user may load. */
function fitting(make: (r: Random) => RuleSet, r: Random): RuleSet {
  for (;;) {
    const set = make(random(r.below(0x7fffffff)));
    if (!Number.isFinite(set.patience) && (isRoot || set.legacy === null)) return set;
  }
}

describeLab(`rules that do nothing, against packets, seed ${seed}`, () => {
  test.each(tables)(
    '%s',
    async (name, make) => {
      const r = random(seed);
      const tally: Tally = { sets: 0, rules: 0, probes: 0, wrong: [] };
      const enough = wanted > 0 ? Math.ceil(wanted / tables.length) : 3;
      const most = wanted > 0 ? 10_000 : 6;
      for (let sets = 0; sets < most && tally.rules < enough; ) {
        await using lab = await startLab();
        await listenEverywhere(lab);
        for (let nth = 0; nth < 12 && sets < most && tally.rules < enough; nth++, sets++) {
          const set = fitting(make, r);
          await proveSet(lab, set, r, tally);
        }
      }
      console.log(`${name}: ${tally.rules} rules of ${tally.sets} sets taken out, ${tally.probes} probes (${seed})`);
      expect(tally.wrong).toEqual([]);
      expect(tally.sets).toBeGreaterThan(0);
    },
    wanted > 0 ? 3_600_000 : 300_000,
  );
});

describeLab('what ufw takes without a word', () => {
  /** Titles of findings about rules, after the commands. */
  const toldOf = async (lab: Lab, ...commands: readonly string[]): Promise<readonly string[]> => {
    await lab.ufw({ commands: commands.map((command) => command.split(' ')), inbound: 'deny', ipv6: true });
    const { idleRules } = makeReport(await lab.snapshot(), { kept: new Set() });
    return idleRules.map(
      ({ kind, rule, families }) => `${kind} ${rule} ${families.map((family) => `v${family}`).join()}`,
    );
  };

  test('is told afterwards', async () => {
    await using lab = await startLab();
    // Skipped, because the deny stands lower down already.
    expect(await toldOf(lab, 'allow 8080', 'deny 8080/tcp', 'prepend deny 8080/tcp')).toEqual([
      'shadowed deny 8080/tcp v4,v6',
    ]);
    // Put at the end, behind an allow that covers it.
    expect(await toldOf(lab, 'allow 8080', 'deny 8080/tcp')).toEqual(['shadowed deny 8080/tcp v4,v6']);
    // It closes IPv6, and on IPv4 nothing that the network was not let in to before.
    expect(await toldOf(lab, 'allow from 192.168.77.0/24 to any port 8080 proto tcp', 'deny 8080/tcp')).toEqual([
      'redundant deny 8080/tcp v4',
    ]);
    expect(await toldOf(lab, 'allow 8080', 'limit 22/tcp', 'deny 3000/tcp', 'allow in on wlan0')).toEqual([]);
    // A delete by number takes one family only.
    await lab.ufw({ commands: [], inbound: 'deny', ipv6: true });
    for (const command of ['allow 8080', 'deny 8080/tcp']) await lab.must('A', ['ufw', ...command.split(' ')]);
    await lab.must('A', ['ufw', '--force', 'delete', '1']);
    const { idleRules } = makeReport(await lab.snapshot(), { kept: new Set() });
    expect(idleRules.map(({ rule, families }) => [rule, families])).toEqual([['deny 8080/tcp', [6]]]);
  });
});
