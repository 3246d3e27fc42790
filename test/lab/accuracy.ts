/** Writes docs/ACCURACY.md from what was just proved. */
import { writeFileSync } from 'node:fs';
import { breaks } from './broken-engines.ts';
import type { Tally } from './compare.ts';
import { withoutFirewalld } from './firewalld.ts';
import type { Lab } from './harness.ts';
import { ENOUGH_OF_A_KIND, NOT_BY_PACKETS, unproved } from './proved-kinds.ts';
import type { Table } from './tables.ts';

export interface AccuracyRow {
  readonly table: Table;
  readonly seed: number;
  readonly tally: Tally;
}

const number = (value: number): string => value.toLocaleString('en-US');
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

/** Said in so many words, so that the page does not promise more than the run showed. */
function tooSeldom(kinds: ReadonlyMap<string, number>): string {
  const list = unproved(kinds, ENOUGH_OF_A_KIND).map((line) => `- ${line}`);
  return list.length === 0 ? '' : `Too seldom in this run, which therefore failed:\n\n${list.join('\n')}\n\n`;
}

export async function writeAccuracy(
  lab: Lab,
  rows: readonly AccuracyRow[],
  kinds: ReadonlyMap<string, number>,
  { wanted, seed }: { wanted: number; seed: number },
): Promise<void> {
  const line = async (argv: readonly string[]): Promise<string> => (await lab.must('A', argv)).split('\n')[0]!.trim();
  const versions = [
    `Linux ${await line(['uname', '-r'])}`,
    await line(['ufw', 'version']),
    await line(['iptables', '--version']),
    await line(['nft', '--version']),
    ...(withoutFirewalld === null ? [`firewalld ${await line(['firewall-offline-cmd', '--version'])}`] : []),
  ];
  const known = rows.filter(({ table }) => !table.strange);
  const probes = known.reduce((sum, { tally }) => sum + tally.probes, 0);
  const text = `# How exact the verdicts are

Made by \`npm run prove:reach -- --probes ${wanted} --seed ${seed}\`, which writes this file. Do not edit it by hand.

Two private machines are set up with random firewall rules on one of them. The other sends the first packets of new
connections to it, and what becomes of each packet is the truth. The reach engine reads the same rules as the product does
and is asked the same questions. **${number(probes)} probes, ${known.reduce((sum, { tally }) => sum + tally.wrong, 0)} wrong.**

| rules | rule sets | probes | got through | engine: cannot tell | engine: wrong |
|---|---:|---:|---:|---:|---:|
${rows
  .map(({ table, tally }) =>
    [
      '',
      table.name,
      number(tally.sets),
      number(tally.probes),
      percent(tally.open, tally.probes),
      percent(tally.unknown, tally.probes),
      number(tally.wrong),
      '',
    ]
      .join(' | ')
      .trim(),
  )
  .join('\n')}

- TCP and UDP; IPv4, IPv6 and link-local; neighbours, another network, sources behind the router, and a neighbour who
  speaks to the address of the other network. Each probe has its own source port.
- *Cannot tell* must stay below 0.5 %, except in the last table, whose rules hold matches that the engine does not know:
  there it may say so, and may not be wrong.
- *Limited* counts as getting through: the first packets do. Rules that let the first packet in and not the next, or the
  other way round, are proved by a test of their own.
- A probe that was expected to get through and did not is sent once more with ten times the patience
  (${number(rows.reduce((sum, { tally }) => sum + tally.again, 0))} were); one that got through unexpectedly is never asked again.
- Seed ${seed}; ${versions.join('; ')}.

## Why the proof can be trusted

The engine is broken on purpose, in one way at a time, and must then fail on the packets that are recorded in
\`test/lab/recorded.json.br\`: ${breaks.map(({ name }) => name).join('; ')}.

## Matches, and the probes that they decided

Probes on whose way a rule with the match held; for what never holds for a first packet, or only changes it, probes that
would have fared otherwise without it. What \`docs/MATCHES.md\` calls known must have decided at least ${ENOUGH_OF_A_KIND} of them, plainly
or negated, or the run fails. Not to be had by packets here:

${Object.entries(NOT_BY_PACKETS)
  .map(([kind, why]) => `- \`${kind}\`: ${why}`)
  .join('\n')}

${tooSeldom(kinds)}| match | probes |
|---|---:|
${[...kinds]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([kind, count]) => `| \`${kind.replaceAll('|', '\\|')}\` | ${number(count)} |`)
  .join('\n')}
`;
  writeFileSync(new URL('../../docs/ACCURACY.md', import.meta.url), text);
}
