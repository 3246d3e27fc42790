/** docs/HOSTILE.md, written from what a whole run gave. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MISDEEDS } from './misdeeds.ts';
import { NAMES } from './attacks.ts';
import type { Outcome } from './judge.ts';
import type { Proof, Struck } from './prove.ts';

const number = (value: number): string => value.toLocaleString('en-GB');

/** `plans`: how many attacks it was to be; where it was stopped before, the page says so. */
export function writePage(command: string, plans: number, { struck, readings }: Proof): void {
  const stopped =
    struck.length < plans
      ? ` It was stopped after ${number(struck.length)} of them; the same command\ngoes on from there.`
      : '';
  const count = (list: readonly Struck[], ...outcomes: readonly Outcome[]): number =>
    list.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const reached = (list: readonly Struck[]): number => list.filter((one) => one.reached.length > 0).length;
  const faulty = (list: readonly Struck[]): number => list.filter((one) => one.faults.length > 0).length;
  const row = (name: string, list: readonly Struck[]): string => {
    const cells = [
      list.length,
      count(list, 'refused', 'put back'),
      count(list, 'unheard'),
      count(list, 'answered'),
      count(list, 'done'),
      faulty(list),
      reached(list),
    ];
    return `| ${name} | ${cells.map(number).join(' | ')} |`;
  };
  const text = `# Attacks on the helper

Written by \`${command}\` on ${new Date().toISOString().slice(0, 10)}; another seed gives other attacks and must give the same zeros.${stopped}

${number(struck.length)} times the program that runs as root was started by somebody hostile: the built \`out/helper/helper.cjs\`, a
process of its own each time, as root on a machine of its own (\`test/lab/lab.sh\`). Nearly all of the plans are real ones
that the advisor made, of that machine or of recorded ones, changed at random and given the id that belongs to the change,
so that it is not the id alone that refuses them. **${number(reached(struck))}** reached a shell, a path, a secret or a rule that was not
theirs; **${number(faulty(struck))}** were refused without a reason.

| attack | tried | refused with a reason | refused, nobody listening | answered | carried out as a right plan | refused without a reason | reached something |
|---|---:|---:|---:|---:|---:|---:|---:|
${NAMES.map((kind) =>
  row(
    kind,
    struck.filter((one) => one.kind === kind),
  ),
).join('\n')}
${row('**all**', struck)}

- *Refused with a reason*: the last line is JSON of type \`problem\` with a known code, a message and a hint; exit 1; nothing
  on standard error, no stack trace. ${number(count(struck, 'put back'))} of them were begun and put back, because what came of them was not what
  was predicted.
- *Nobody listening*: standard output was closed or full; exit 1, and nothing was done.
- *Answered*: what was asked for is harmless (\`read\`, \`history\`, \`recover\`), and only the caller's settings were not.
- *Carried out*: the change left a right plan (another warning, another time, the same key twice). It did what that plan says,
  to the ports that were chosen in it and no others, and \`undo\` then gave back every file and every rule as it was.

How it is checked, apart from the product's own code (\`test/lab/hostile\`):

- Every program in \`/usr/bin\` and \`/usr/sbin\`, shells, \`env\`, Perl and Python among them, is a recorder that writes its
  words and its environment down before the real one is executed, and only those run that are expected at all. After each
  attack all of it must fit a table written by hand (\`allowed.ts\`): the reads; for a plan that is carried out, its own
  operations, word for word; one shell, whose text is fixed; and an environment of PATH, LC_ALL and HOME.
- After each attack every file in \`/etc\`, \`/var/lib\`, \`/run\`, the homes and a tree of honey is looked at (inode, owner, mode,
  size, times); their contents are hashed at the end. The rest of the disk cannot be written to.
- The kernel's rules are listed after each attack that started any program, and after every 25 others: nothing differs after
  a refusal, and rules of others differ never. No process is left behind, and no secret that lies about is printed.
- Before the attacks each worker commits ${MISDEEDS.length} misdeeds of the kinds that are looked for (a shell, another program, another rule, a
  setting handed on, files, a table, a process, a secret); one that is not noticed ends the run.
- Settings that decide before the helper's first line (\`NODE_OPTIONS\`, \`LD_PRELOAD\`) are given harmless values, and only
  looked for in what it starts: whoever can set those for a process of root's is root. pkexec and sudo do not hand them on.
- Left out: locales at which Node 20 itself ends with a fault (a language of twelve letters, a name of 80,000 characters),
  before the helper's first line: nothing is reached then, and nothing is said.

The reading of a plan alone, in one process and not counted above: ${number(readings.count)} changed plans of recorded machines,
${number(readings.refused)} refused with a reason, ${number(readings.taken)} right ones, of which every command was compared with the same table;
**${number(readings.wrong)}** would have done something else.
`;
  writeFileSync(fileURLToPath(new URL('../../../docs/HOSTILE.md', import.meta.url)), text);
}
