/**
 * `npm run prove:exports -- [--only PATTERN] [--keep]`: every exported file applied by the real tool, judged by packets,
 * applied again, undone. Writes docs/EXPORTS.md from what came of it. `--only`: the tests whose names match, the rest as
 * found before (with `--keep`; without it, what was found before is forgotten). `--table`: only writes the table anew.
 * Exit: that of the tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    keep: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const found = `${root}test-results/exports.json`;
/** Of the guests, written by their own test. */
const foundGuests = `${found}.guests.json`;
mkdirSync(`${root}test-results`, { recursive: true });
let status = 0;
if (!values.table) {
  if (!values.keep) for (const file of [found, foundGuests]) rmSync(file, { force: true });
  const only = values.only === undefined ? [] : ['-t', values.only];
  const tests = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'lab',
    'test/lab/exports.test.ts',
    'test/lab/export-guests.test.ts',
    ...only,
  ];
  ({ status } = spawnSync(process.execPath, tests, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PROVE_EXPORTS: found },
  }));
}

const { results, skipped = [] } = JSON.parse(readFileSync(found, 'utf8'));
/** @type {{ way: string, held: boolean }[]} */
const guests = existsSync(foundGuests) ? JSON.parse(readFileSync(foundGuests, 'utf8')) : [];
const guestsHeld = guests.filter((one) => one.held).length;
const HEADS = {
  validated: 'validated',
  applied: 'applied',
  packets: 'packets right',
  idempotent: 'twice is once',
  undone: 'undone',
};
const STEPS = Object.keys(HEADS);
const ways = [...new Set(results.map(({ way }) => way))];
const intents = [...new Set(results.map(({ intent }) => intent))];
const held = results.reduce((sum, { done }) => sum + STEPS.filter((step) => done[step]).length, 0);
const cell = (way, step) => {
  const of = results.filter((one) => one.way === way);
  const good = of.filter(({ done }) => done[step]).length;
  return good === of.length ? `yes (${good})` : `${good} of ${of.length}`;
};
const missing = skipped.filter(({ way }) => !ways.includes(way));
const lines = [
  '# Exported files, proved',
  '',
  'Written by `npm run prove:exports`, from what the tests in `test/lab/exports.test.ts` found.',
  '',
  'Each file was made from an intent, put on a private machine with rules of somebody else’s, tried and applied by the',
  'real tool, and judged by packets from a neighbour and from elsewhere, in IPv4 and IPv6: what was to be closed, to whom,',
  'what was to stay open, loopback, ICMP, and a session that was open before. Then it was applied again, and undone. A number is of',
  'intents:',
  '',
  ...intents.map((intent) => `- ${intent}`),
  '',
  `| for | ${STEPS.map((step) => HEADS[step]).join(' | ')} |`,
  `|---|${STEPS.map(() => '---|').join('')}`,
  ...ways.map((way) => `| ${way} | ${STEPS.map((step) => cell(way, step)).join(' | ')} |`),
  '',
  `**${held} of ${results.length * STEPS.length}** held. “Validated” is the tool’s own check, which changes nothing: \`nft -c\`,`,
  '`iptables-restore --test`, `firewall-offline-cmd --check-config`, `ansible-playbook --syntax-check` with `ansible-lint`',
  'where it is there; for the scripts of ufw and firewalld, which have none, that the shell can read them. “Undone”: the',
  'kernel’s rules and the firewall’s settings are what they were, to the letter.',
  '',
  ...(guests.length === 0
    ? []
    : [
        'The whole posture beside a guest: a network behind an interface, or in a zone, that is called as libvirt’s is reached',
        'DNS and DHCP of the computer and nothing else of it, twice was once, and the undo left nothing behind, with ufw and',
        `firewalld also where the interface was gone, or its zone out of use, by then (\`test/lab/export-guests.test.ts\`). **${guestsHeld} of ${guests.length}** held: ${guests.map(({ way }) => way).join('; ')}.`,
        '',
      ]),
  ...missing.map(({ way, why }) => `Not run: ${way} (${why}).`),
  'Cannot be run here: Windows Firewall (`windows`, and the part for Windows of the playbook) and macOS. What is written',
  'for them rests on their documents alone. The intent itself (`intent`) is no firewall’s file; it becomes plans, which the',
  'other tests of the lab prove.',
  '',
];
writeFileSync(`${root}docs/EXPORTS.md`, lines.join('\n').replace('\n\n\n', '\n\n'));
console.log(`docs/EXPORTS.md: ${held} of ${results.length * STEPS.length} held`);
process.exit(status ?? 1);
