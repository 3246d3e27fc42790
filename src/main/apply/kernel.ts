/**
 * ufw's chains in the kernel, put back as they were: one `iptables-restore --noflush` a family, which the kernel takes
 * whole or not at all. Nobody else's chains are touched, and at no moment is anything open that is closed on both sides.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { type Program, run } from './run.ts';
import { StepError, wholeOrExit } from './step-error.ts';

export interface SavedKernel {
  readonly ipv4: string;
  readonly ipv6: string;
  /** Settings that ufw changes when it starts: path below /proc/sys -> value. */
  readonly sysctls: Readonly<Record<string, string>>;
}

interface Filter {
  readonly policies: ReadonlyMap<string, string>;
  readonly chains: ReadonlyMap<string, readonly string[]>;
}

function filterOf(saved: string): Filter {
  const policies = new Map<string, string>();
  const chains = new Map<string, string[]>();
  let inside = false;
  for (const line of saved.split('\n')) {
    if (line.startsWith('*')) inside = line === '*filter';
    if (!inside) continue;
    const declared = /^:(\S+) (\S+)/.exec(line);
    if (declared?.[1] !== undefined && declared[2] !== undefined) {
      chains.set(declared[1], []);
      if (declared[2] !== '-') policies.set(declared[1], declared[2]);
    }
    const rule = /^-A (\S+)/.exec(line);
    if (rule?.[1] !== undefined) chains.get(rule[1])?.push(line);
  }
  return { policies, chains };
}

const isUfw = (chain: string): boolean => /^ufw6?-/.test(chain);
const target = (rule: string): string | undefined => / -[jg] (\S+)/.exec(rule)?.[1];

/** Input for `iptables-restore -n` that leads from `now` back to `before`; null when nothing of ufw's differs. */
export function wayBack(before: string, now: string): string | null {
  const was = filterOf(before);
  const is = filterOf(now);
  const lines: string[] = [];
  for (const chain of ['INPUT', 'FORWARD', 'OUTPUT']) {
    const policy = was.policies.get(chain) ?? 'ACCEPT';
    if ((is.policies.get(chain) ?? 'ACCEPT') !== policy) lines.push(`:${chain} ${policy} [0:0]`);
  }
  const changed = [...was.chains].filter(
    ([chain, rules]) => isUfw(chain) && rules.join('\n') !== (is.chains.get(chain) ?? ['(missing)']).join('\n'),
  );
  const added = [...is.chains.keys()].filter((chain) => isUfw(chain) && !was.chains.has(chain));
  for (const [chain] of changed) lines.push(`:${chain} - [0:0]`);
  // Jumps into ufw's chains from the built-in ones, where there were none before.
  for (const [chain, rules] of is.chains) {
    if (isUfw(chain)) continue;
    const old = was.chains.get(chain) ?? [];
    for (const rule of rules)
      if (isUfw(target(rule) ?? '') && !old.includes(rule)) lines.push(rule.replace(/^-A/, '-D'));
  }
  for (const [chain, rules] of was.chains) {
    if (isUfw(chain)) continue;
    const held = is.chains.get(chain) ?? [];
    for (const rule of rules) if (isUfw(target(rule) ?? '') && !held.includes(rule)) lines.push(rule);
  }
  for (const [, rules] of changed) lines.push(...rules);
  for (const chain of added) lines.push(`-F ${chain}`);
  for (const chain of added) lines.push(`-X ${chain}`);
  return lines.length === 0 ? null : ['*filter', ...lines, 'COMMIT', ''].join('\n');
}

/** Rules without counters, dates, and tables that hold nothing. */
const sorted = (saved: string): string =>
  saved
    .split('\n')
    .filter((line) => /^-A |^:\S+ DROP|^:\S+ - /.test(line))
    .map((line) => line.replace(/ \[\d+:\d+\]$/, ''))
    .sort()
    .join('\n');

async function save(program: Program): Promise<string> {
  const ran = await run(program, []);
  if (ran.exit !== 0) throw new StepError({ kind: 'program', program, output: wholeOrExit(ran) });
  return ran.stdout;
}

/** Where the rules are the older kind, another program may hold their lock for a moment. Seconds. */
const WAIT = ['-w', '10'] as const;

const sysctlPath = (key: string): string => `/proc/sys/${key}`;

export async function saveKernel(): Promise<SavedKernel> {
  const conf = await readFile('/etc/ufw/sysctl.conf', 'utf8').catch(() => '');
  const sysctls: Record<string, string> = {};
  for (const line of conf.split('\n')) {
    const key = /^\s*(net[./][\w./-]+)\s*=/.exec(line)?.[1]?.replaceAll('.', '/');
    if (key === undefined || key.includes('//') || key.split('/').includes('..')) continue;
    const value = await readFile(sysctlPath(key), 'utf8').catch(() => null);
    if (value !== null) sysctls[key] = value.trim();
  }
  return { ipv4: await save('iptables-save'), ipv6: await save('ip6tables-save'), sysctls };
}

/** The IPv6 table that ufw makes with `IPV6=no` is wholly its own; what it replaced is loaded whole again. */
function wholeFilter(saved: string): string {
  const start = saved.indexOf('*filter\n');
  const end = saved.indexOf('COMMIT', start);
  return start < 0
    ? '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n'
    : `${saved.slice(start, end)}COMMIT\n`;
}

export interface PutBack {
  /** Everything of ufw's is as it was saved. */
  readonly ours: boolean;
  /** Everything is; otherwise another program has changed something of its own. */
  readonly whole: boolean;
}

/** Put ufw's part of the kernel back. Throws with what could not be restored. */
export async function putKernelBack(saved: SavedKernel): Promise<PutBack> {
  let ours = true;
  let whole = true;
  for (const [save6, restore6, before] of [
    ['iptables-save', 'iptables-restore', saved.ipv4],
    ['ip6tables-save', 'ip6tables-restore', saved.ipv6],
  ] as const) {
    const now = await save(save6);
    const bare =
      /^:INPUT DROP.*\n:FORWARD DROP.*\n:OUTPUT DROP.*\n-A INPUT -i lo -j ACCEPT\n-A OUTPUT -o lo -j ACCEPT\nCOMMIT/m;
    const replaced = restore6 === 'ip6tables-restore' && bare.test(now) && !bare.test(before);
    const input = replaced ? wholeFilter(before) : wayBack(before, now);
    if (input !== null) {
      const ran = await run(restore6, replaced ? WAIT : ['-n', ...WAIT], { input });
      if (ran.exit !== 0) throw new StepError({ kind: 'program', program: restore6, output: wholeOrExit(ran) });
    }
    const after = await save(save6);
    ours &&= wayBack(before, after) === null;
    whole &&= sorted(after) === sorted(before);
  }
  for (const [key, value] of Object.entries(saved.sysctls)) {
    const now = await readFile(sysctlPath(key), 'utf8').catch(() => value);
    if (now.trim() !== value) await writeFile(sysctlPath(key), value).catch(() => (ours = false));
  }
  return { ours, whole: ours && whole };
}
