/**
 * Rule sets that people really run, put into a real kernel: they are read as the product reads them, the report must be
 * the kept one, and packets must agree with it. RULESETS_RECORD=1 keeps what is read as the new snapshots.
 */
import { afterAll, expect, test } from 'vitest';
import type { Protocol, Snapshot } from '../../src/core/model.ts';
import { reportOf } from '../core/rulesets/report.ts';
import type { RealRuleset } from '../core/rulesets/ruleset.ts';
import { rulesets } from '../core/rulesets/sets/index.ts';
import { keepable, readSnapshots, writeSnapshots } from '../core/rulesets/snapshots.ts';
import { type Disagreement, answersFor, disagreements, suspects } from './compare.ts';
import { type Lab, type Probe, describeLab, isRoot, probe, startLab } from './harness.ts';
import { askAgain, type Recording } from './record.ts';
import { nothing } from './generate/rule-set.ts';

const recording = process.env['RULESETS_RECORD'] === '1';
const read: Record<string, Snapshot> = {};
const kept = recording ? {} : readSnapshots();

const USUAL: readonly (readonly [Protocol, number])[] = [
  ['tcp', 22],
  ['tcp', 445],
  ['tcp', 3000],
  ['tcp', 8000],
  ['udp', 3000],
  ['udp', 5353],
];
const WAYS: readonly (readonly [name: string, source: string, destination: string])[] = [
  ['wlan0', '192.168.77.20', '192.168.77.10'],
  ['wlan0', '192.168.77.21', '192.168.77.10'],
  ['wlan0', '192.168.77.130', '192.168.77.10'],
  ['wlan0', '203.0.113.5', '192.168.77.10'],
  ['wlan0', 'fd77::20', 'fd77::10'],
  ['wlan0', '2001:db8:ff::5', '2001:db8:77::10'],
  ['wlan0', 'fe80::ff:fe00:7720%wlan0', 'fe80::ff:fe00:7710%wlan0'],
  ['eth0', '10.66.0.20', '10.66.0.10'],
];

async function put(lab: Lab, { setup = [], ufw, iptables, legacy, nftables }: RealRuleset): Promise<void> {
  for (const command of setup) await lab.must('A', ['sh', '-c', command]);
  if (ufw !== undefined) {
    if (ufw.inbound !== undefined) await lab.must('A', ['ufw', 'default', ufw.inbound]);
    for (const command of ufw.commands) await lab.must('A', ['ufw', ...command.split(' ')]);
    await lab.must('A', ['ufw', '--force', 'enable']);
  }
  const restore = (program: string, input: string | undefined): Promise<string> | null =>
    input === undefined ? null : lab.must('A', [program, '-n'], { input });
  await restore('iptables-restore', iptables?.ipv4);
  await restore('ip6tables-restore', iptables?.ipv6);
  await restore('iptables-legacy-restore', legacy?.ipv4);
  await restore('ip6tables-legacy-restore', legacy?.ipv6);
  // nft wants a line's end before a closing brace.
  if (nftables !== undefined)
    await lab.must('A', ['nft', '-f', '-'], {
      input: nftables.replaceAll(/(?: \})+$/gm, (end) => end.replaceAll(' }', '\n}')),
    });
}

const probesFor = ({ ports = [] }: RealRuleset): Probe[] =>
  WAYS.flatMap(([name, source, destination]) =>
    [...USUAL, ...ports].map(([protocol, port]) => probe(protocol, source, destination, port, { interface: name })),
  );

const onlyRoot = ({ legacy, links, setup = [] }: RealRuleset): boolean =>
  legacy !== undefined || links !== undefined || setup.length > 0;

const told = ({ probe: asked, outcome, answer }: Disagreement): string =>
  `${asked.source} > ${asked.destination} ${asked.port}/${asked.protocol}: ${outcome}, not ${answer.verdict} by ${answer.trace.at(-1)?.rule}`;

describeLab('rule sets that people really run', () => {
  test.each(rulesets.filter((set) => isRoot || !onlyRoot(set)))('$name', async (set) => {
    await using lab = await startLab();
    const all = [...USUAL, ...(set.ports ?? [])];
    await lab.listen(all.flatMap(([protocol, port]) => ['0.0.0.0', '::'].map((any) => [protocol, any, port] as const)));
    await put(lab, set);
    const raw = await lab.snapshot();
    const snapshot = keepable(raw, set);
    read[set.name] = snapshot;
    if (!recording) {
      // Programs of other versions print the same rules in other words: what the report says is compared.
      const stored = kept[set.name];
      expect(stored).toBeDefined();
      if (stored !== undefined) expect(reportOf(snapshot).json).toEqual(reportOf(stored).json);
    }
    if (set.made === 'synthetic') return;
    const probes = probesFor(set);
    await lab.forget();
    const first: Recording = { set: nothing, snapshot, probes, outcomes: await lab.probe(probes) };
    const answers = answersFor(snapshot, probes);
    const sent = await askAgain(lab, first, suspects(answers, first));
    expect(disagreements(answers, sent).map(told)).toEqual([]);
    const unknown = answers.filter(({ verdict }) => verdict === 'unknown');
    if (recording && unknown.length > 0)
      console.log(set.name, unknown.length, new Set(unknown.flatMap(({ reasons }) => reasons)));
  });

  afterAll(() => {
    if (recording) writeSnapshots(read);
  });
});
