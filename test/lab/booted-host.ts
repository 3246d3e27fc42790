/**
 * A computer that really starts: systemd as its first process, Debian's own units, a network that comes up late, and a
 * neighbour. It can be started again on the same disk. See booted-host.sh for the machine, booted_host.py for what can be
 * asked of it.
 */
import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Said, startDriver } from './full-host.ts';

const part = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const PACKAGES = 'systemd dbus ufw nftables iptables iproute2 procps python3 init-system-helpers';
const ADDRESSES = ['192.168.77.10', 'fd77::10'] as const;
/** What listens there, on both families, before there is a network. */
export type Door = 3000 | 3001 | 8080;
export type Answer = 'open' | 'refused' | 'filtered';

/** What a neighbour met who knocked at a door over and over while the computer started. */
interface Knocks {
  readonly knocks: number;
  readonly opened: number;
  readonly refused: number;
}

export interface BootedHost extends AsyncDisposable {
  /** Start it. Gives what `watch` met meanwhile, by IPv4 and IPv6; throws where a unit failed. */
  boot(watch?: readonly Door[]): Promise<readonly Knocks[]>;
  /** Down in systemd's own way, as far as where the computer starts again. */
  down(): Promise<void>;
  /** The power goes, if it runs. What was written is on the disk: whether it was also synced is not tried. */
  cut(): Promise<void>;
  /** A shell's line, as root, with its disk while it is off. */
  disk(line: string): Promise<void>;
  /** As root. */
  run(argv: readonly string[]): Promise<Said>;
  /** The same; anything but exit 0 throws. */
  must(...argv: readonly string[]): Promise<string>;
  /** What the neighbour's first packets meet, by IPv4 and IPv6. */
  knock(door: Door): Promise<readonly Answer[]>;
}

/** Prepare its disk, with `folder` at /lab, and try whether it starts. A string says why it cannot run here. */
export async function prepareBootedHost(folder: string): Promise<BootedHost | string> {
  for (const name of ['booted-host.sh', 'knock.py'].map(part)) await copyFile(name, join(folder, basename(name)));
  const started = await startDriver(folder, part('booted_host.py'), {
    packages: PACKAGES,
    env: { FULL_HOST_CGROUPS: 'yes' },
  });
  if (typeof started === 'string') return started;
  const { ask } = started;
  const both = (doors: readonly Door[]) => doors.flatMap((door) => ADDRESSES.map((address) => [address, door]));
  const run: BootedHost['run'] = async (argv) => (await ask({ run: argv })) as Said;
  const sure = (what: string, { exit, stdout, stderr }: Said): string => {
    if (exit !== 0) throw new Error(`${what}: exit ${exit}\n${stdout}${stderr}`);
    return stdout;
  };
  const must: BootedHost['must'] = async (...argv) => sure(argv.join(' '), await run(argv));
  return {
    run,
    must,
    boot: async (watch = []) => {
      const { state, knocks } = (await ask({ boot: both(watch) })) as { state: string; knocks: readonly Knocks[] };
      if (state !== 'running')
        throw new Error(`it came up ${state}:\n${await must('systemctl', '--failed', '--plain')}`);
      return knocks;
    },
    down: async () => {
      const how = await ask({ reboot: true });
      if (how !== 'SIGHUP') throw new Error(`it did not go down in order: ${String(how)}`);
    },
    cut: async () => void (await ask({ cut: true })),
    disk: async (line) => void sure(line, (await ask({ disk: line })) as Said),
    knock: async (door) => (await ask({ knock: both([door]) })) as Answer[],
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}
