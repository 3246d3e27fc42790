/** Interfaces and routes by `ip`, kinds of interfaces from /sys, and the kernel settings that change reach. */
import { existsSync } from 'node:fs';
import type { Transcript } from '../../core/model.ts';
import { listOf, readText, textOf } from './files.ts';
import { type RunOptions, runRead } from './run.ts';
import type { Part } from './together.ts';
import { collect } from './transcript.ts';

/** One process answers all of them. `root PREFIX` selects the family, which a batch has no option for. */
const BATCH: readonly (readonly [id: string, command: string])[] = [
  ['ip.address', 'address show'],
  ['ip.route4', 'route show table all root 0.0.0.0/0'],
  ['ip.route6', 'route show table all root ::/0'],
  ['ip.rule4', 'rule show'],
];

export const LINKS: Part = {
  argv: ['ip', '-j', '-d', '-batch', '-'],
  input: BATCH.map(([, command]) => `${command}\n`).join(''),
};

/** Transcripts `ip.address`, `ip.route4`, `ip.route6`, `ip.rule4`. */
export async function readLinks(options: RunOptions): Promise<readonly Transcript[]> {
  const printed = await runRead('ip', LINKS.argv, { ...options, input: LINKS.input });
  const answers = printed.stdout.split(/(?<=\n)/);
  if (printed.failure === null && answers.length === BATCH.length)
    return BATCH.map(([id], index) => ({ ...printed, id, stdout: answers[index] ?? '' }));
  if (printed.failure === 'missing') return BATCH.map(([id]) => ({ ...printed, id }));
  // One of the questions failed (no IPv6, an old ip): each by itself, so that it fails alone.
  return Promise.all([
    runRead('ip.address', ['ip', '-j', '-d', 'address', 'show'], options),
    runRead('ip.route4', ['ip', '-j', '-4', 'route', 'show', 'table', 'all'], options),
    runRead('ip.route6', ['ip', '-j', '-6', 'route', 'show', 'table', 'all'], options),
    runRead('ip.rule4', ['ip', '-j', '-4', 'rule', 'show'], options),
  ]);
}

const NET = '/sys/class/net';

/** Transcript `net.kinds`: `{"name","wireless","linkKind"}` for each interface in /sys. */
export function collectKinds(): Transcript {
  return collect('net.kinds', ['collect', NET], () =>
    listOf(NET).map((name) => {
      const kind = /^DEVTYPE=(.+)$/m.exec(textOf(`${NET}/${name}/uevent`) ?? '')?.[1] ?? null;
      return {
        name,
        wireless: kind === 'wlan' || (kind === null && existsSync(`${NET}/${name}/wireless`)),
        linkKind: kind ?? (existsSync(`${NET}/${name}/tun_flags`) ? 'tun' : null),
      };
    }),
  );
}

const SETTINGS: readonly (readonly [folder: string, names: readonly string[]])[] = [
  [
    'net/ipv4/conf',
    ['route_localnet', 'rp_filter', 'src_valid_mark', 'forwarding', 'accept_local', 'arp_ignore', 'arp_filter'],
  ],
  ['net/ipv6/conf', ['forwarding', 'force_forwarding', 'disable_ipv6']],
];
const SINGLE = ['net/ipv4/ip_forward', 'net/ipv4/ip_local_port_range', 'net/ipv6/bindv6only'];

/** Transcript `sysctl`: `{"key","value"}`, or `{"key","error"}` for one that exists and would not be read. */
export function collectSysctls(): Transcript {
  return collect('sysctl', ['collect', '/proc/sys'], () => {
    const paths = SETTINGS.flatMap(([folder, names]) => {
      // An older kernel lacks some, and to ask for each one of each interface would take longer than all the rest.
      const known = listOf(`/proc/sys/${folder}/all`);
      const there = known.length === 0 ? names : names.filter((name) => known.includes(name));
      return listOf(`/proc/sys/${folder}`).flatMap((entry) => there.map((name) => `${folder}/${entry}/${name}`));
    });
    return [...SINGLE, ...paths].flatMap((path) => setting(path));
  });
}

function setting(path: string): readonly unknown[] {
  const key = path.replaceAll('/', '.');
  try {
    return [{ key, value: readText(`/proc/sys/${path}`).trim() }];
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    // An interface that has just gone, or a setting that this kernel does not have.
    return code === 'ENOENT' ? [] : [{ key, error: code }];
  }
}
