/** The reads that a verdict needs, taken on machine A and kept in the form that the product gathers. */
import type { Snapshot, Transcript } from '../../src/core/model.ts';
import { listOutside } from '../../src/main/gather/outside.ts';
import type { Ran } from './harness.ts';

const commands: readonly (readonly [id: string, argv: readonly string[]])[] = [
  ['iptables-save', ['iptables-save']],
  ['ip6tables-save', ['ip6tables-save']],
  ['nft', ['nft', '-j', 'list', 'ruleset']],
  ['ipset', ['ipset', 'save']],
];
const legacyCommands: readonly (readonly [id: string, argv: readonly string[], names: string])[] = [
  ['iptables-legacy-save', ['iptables-legacy-save'], '/proc/net/ip_tables_names'],
  ['ip6tables-legacy-save', ['ip6tables-legacy-save'], '/proc/net/ip6_tables_names'],
];
const steady: readonly (readonly [id: string, argv: readonly string[]])[] = [
  ['ip.address', ['ip', '-j', '-d', 'address']],
  ['ip.route4', ['ip', '-j', '-4', 'route', 'show', 'table', 'all']],
  ['ip.route6', ['ip', '-j', '-6', 'route', 'show', 'table', 'all']],
  ['ip.rule4', ['ip', '-j', '-4', 'rule', 'show']],
  ['ip.rule6', ['ip', '-j', '-6', 'rule', 'show']],
];
const files: readonly string[] = [
  '/etc/ufw/ufw.conf',
  '/etc/default/ufw',
  '/etc/ufw/user.rules',
  '/etc/ufw/user6.rules',
  '/etc/ufw/before.rules',
  '/etc/ufw/before6.rules',
  '/etc/ufw/after.rules',
  '/etc/ufw/after6.rules',
  '/proc/net/ip_tables_names',
  '/proc/net/ip6_tables_names',
  '/proc/modules',
  '/proc/net/igmp',
  '/proc/net/igmp6',
];
const sysctlPattern =
  '^net[.](ipv4|ipv6)[.](conf[.].*[.](route_localnet|rp_filter|src_valid_mark|forwarding|force_forwarding|accept_local|disable_ipv6)|ip_forward) ';

export async function takeSnapshot(
  run: (argv: readonly string[], input?: string) => Promise<Ran>,
  read: (paths: readonly string[]) => Promise<readonly (string | null)[]>,
): Promise<Snapshot> {
  const takenAt = new Date().toISOString();
  const transcript = (
    id: string,
    kind: Transcript['kind'],
    argv: readonly string[],
    printed: Partial<Ran>,
  ): Transcript => ({
    id,
    kind,
    argv,
    exit: printed.exit ?? 0,
    signal: null,
    stdout: printed.stdout ?? '',
    stderr: printed.stderr ?? '',
    startedAt: takenAt,
    ms: printed.ms ?? 0,
    failure: printed.exit === undefined || printed.exit === 0 ? null : printed.exit === null ? 'missing' : 'failed',
  });

  const texts = await read(files);
  const transcripts: Transcript[] = files.map((path, index) => {
    const text = texts[index];
    const printed =
      text === null || text === undefined ? { exit: null, stderr: `cannot read ${path}` } : { stdout: text };
    return transcript(`file:${path}`, 'file', ['read', path], printed);
  });
  transcripts.push(transcript('outside', 'command', listOutside.argv, await run(listOutside.argv, listOutside.input)));
  for (const [id, argv] of [...commands, ...steady]) transcripts.push(transcript(id, 'command', argv, await run(argv)));
  for (const [id, argv, names] of legacyCommands) {
    const loaded = texts[files.indexOf(names)] ?? '';
    if (loaded.trim() !== '') transcripts.push(transcript(id, 'command', argv, await run(argv)));
  }
  const sysctls = await run(['sh', '-c', `sysctl -a 2>/dev/null | grep -E '${sysctlPattern}'`]);
  const rows = sysctls.stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' = '))
    .map(([key, value]) => JSON.stringify({ key, value }));
  transcripts.push(transcript('sysctl', 'collected', ['sysctl'], { stdout: `${rows.join('\n')}\n` }));
  const kinds = ['lo', 'wlan0', 'eth0'].map((name) =>
    JSON.stringify({ name, wireless: name === 'wlan0', linkKind: name === 'lo' ? null : 'veth' }),
  );
  transcripts.push(transcript('net.kinds', 'collected', ['net.kinds'], { stdout: `${kinds.join('\n')}\n` }));
  return { schema: 1, takenAt, platform: 'linux', host: 'lab-a', uid: 0, redacted: false, transcripts };
}
