/** Writes docs/CRASHES.md: what became of every run, by layer, verb and kind of fault. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { FAULTS, type Fault, VERBS, type Verb } from './machine.ts';
import type { Row, Walked } from './matrix.ts';

const WORDS: Readonly<Record<Fault, string>> = {
  'killed alone': 'the helper is killed while a program of it runs on',
  'killed with all': 'the helper is killed with all that it started',
  'killed in a write': 'the same, when half of a write has got to the file',
  'program fails': 'a program that it starts ends at once with an error',
  'program hangs': 'a program that it starts never ends',
  'disk full': 'the disk is full from this call on (ENOSPC)',
  'disk read-only': 'the disk cannot be written to from this call on (EROFS)',
  'call fails': 'this one call fails (EIO): open, write, fsync, rename, unlink, chmod, chown, utime, mkdir, rmdir',
};

const VERB_WORDS: Readonly<Record<Verb, string>> = {
  apply: 'apply',
  undo: 'undo',
  confirmed: 'confirm-wait, then “confirm”',
  'taken back': 'confirm-wait, then “undo”',
};

const number = (value: number): string => value.toLocaleString('en-GB');
const has = (rows: readonly Row[], ended: Row['ended']): number => rows.filter((row) => row.ended === ended).length;
const lost = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + row.lost, 0);

const cells = (rows: readonly Row[]): string =>
  [rows.length, has(rows, 'before'), has(rows, 'after'), has(rows, 'between'), lost(rows)].map(number).join(' | ');

function lineOf(walked: readonly Walked[], host: string, verb: Verb, fault: Fault): string {
  const mine = (one: { readonly host: string; readonly verb: Verb; readonly fault: Fault }) =>
    one.host === host && one.verb === verb && one.fault === fault;
  const rows = walked.flatMap((one) => one.rows.filter(mine));
  const all = walked.flatMap((one) => one.all.filter(mine)).length;
  return rows.length === 0 ? '' : `| ${host} | ${VERB_WORDS[verb]} | ${fault} | ${number(all)} | ${cells(rows)} |\n`;
}

export function writeCrashes(walked: readonly Walked[], { command, minutes }: { command: string; minutes: number }) {
  const rows = walked.flatMap((one) => one.rows);
  const hosts = [...new Set(rows.map(({ host }) => host))];
  const missed = walked.reduce((sum, one) => sum + one.missed, 0);
  const wrong = rows.filter((row) => row.wrong.length > 0);
  const versions = [
    ['uname', '-r'],
    ['nft', '--version'],
    ['iptables', '--version'],
    ['ufw', '--version'],
  ]
    .map(([program = '', ...args]) => spawnSync(program, args, { encoding: 'utf8' }).stdout.split('\n', 1)[0])
    .join('; ');
  const text = `# Killed, and made to fail, at every step

Written by \`${command}\`, which took ${minutes} minutes; the seed decides which points a sample takes.

In **${number(rows.length)}** runs the helper was killed, or something was made to fail under it, at one point of a change, of an undo, or
of the wait for a confirmation. Then came one of three things in turn: \`recover\` (what the timer and the start of the
computer run), \`undo\`, or the next change. After that the machine was **before or after in all but ${number(has(rows, 'between'))}** of them, and
**${number(lost(rows))} rules** were lost, anybody's. What is shut before and after was open on the way **${number(rows.reduce((sum, row) => sum + row.opened, 0))}** times: a neighbour knocked
there some forty times a second, in both families, all the while.
${wrong.length === 0 ? '' : `\n**${number(wrong.length)} runs were not as they should be**; they are at the end.\n`}
| layer | verb | fault | points | runs | ended before | ended after | between | rules lost |
|---|---|---|---:|---:|---:|---:|---:|---:|
${hosts.map((host) => VERBS.map((verb) => FAULTS.map((fault) => lineOf(walked, host, verb, fault)).join('')).join('')).join('')}| all | | | ${number(walked.reduce((sum, one) => sum + one.all.length, 0))} | ${cells(rows)} |

The faults:

${FAULTS.map((fault) => `- *${fault}*: ${WORDS[fault]}.`).join('\n')}

## What is asked of every run

- Files of all layers byte for byte, with mode and owner; every rule of every firewall in the kernel, the layer's own, other
  people's iptables chains and other people's nftables table; the settings of the kernel that ufw sets.
- Nothing left lying about: no copy beside a file, no file half written, no folder of a change that never began.
- The journal tells what happened, and has no change without an end.
- Where it was not killed but something failed, the helper itself says what was done in a sentence for people, no message of
  a program, and the machine is what it says: as before, or changed. Where putting back failed too (the disk could not be
  written to), it says so, the journal stays open, and the next run puts it back: ${number(rows.filter(({ later }) => later).length)} of the runs.

## How it is done

The helper is the product's own, on a machine of the lab with ufw, iptables and nft as Debian has them. A small library that
every program there loads (\`test/lab/crash/points.c\`) counts each call by which the helper, or whatever it starts, changes a
file or hands rules to the kernel, and each start of a program; at the n-th it kills, or lets the call fail. The programs
know nothing of it. A run without a fault gives the list of points; then each is tried, from the same files and rules, which
are put there anew. ${missed === 0 ? 'Every point was reached.' : `${number(missed)} points did not come this time; they are not counted.`}

- *Killed alone* is tried where a program of the helper's runs, as elsewhere it is the same as *killed with all*; for a change
  of ufw at every third of these points. *Disk read-only* is tried at every third point, *program fails* at every fifth start
  where there are more than sixty, *program hangs* at the first start of each program, with the limits shortened (60 to 8
  seconds for what changes, 10 and 5 to 4 for what reads).
- Loss of power is not tried: what was written and not yet on the disk stays. That it is on the disk first is what the
  calls of fsync are for.
- A matrix that could not fail would prove nothing: \`test/lab/crash.test.ts\` runs it on helpers that do not put back the
  files, the rules, or anything, and it must find each.
- ${versions}.
${wrong.length === 0 ? '' : `\n## Not as they should be\n\n${wrong.map(({ host, verb, fault, at, what, recovery, wrong: why }) => `- ${host}, ${verb}, ${fault} at ${at} (${what}), then ${recovery}: ${why.join('; ')}`).join('\n')}\n`}`;
  writeFileSync(new URL('../../../docs/CRASHES.md', import.meta.url), text);
}
