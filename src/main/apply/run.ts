/** The one place that starts a program as root: fixed absolute paths, arguments as a list, a clean environment. */
import { spawn } from 'node:child_process';

const PROGRAMS = {
  ufw: '/usr/sbin/ufw',
  'iptables-save': '/usr/sbin/iptables-save',
  'ip6tables-save': '/usr/sbin/ip6tables-save',
  'iptables-restore': '/usr/sbin/iptables-restore',
  'ip6tables-restore': '/usr/sbin/ip6tables-restore',
  nft: '/usr/sbin/nft',
  'firewall-cmd': '/usr/bin/firewall-cmd',
  flock: '/usr/bin/flock',
  'systemd-run': '/usr/bin/systemd-run',
  systemctl: '/usr/bin/systemctl',
  ss: '/usr/bin/ss',
} as const;
export type Program = keyof typeof PROGRAMS;

export const pathOf = (program: Program): string => PROGRAMS[program];
export const CLEAN_ENV = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', HOME: '/' } as const;

interface Ran {
  /** null: it could not be started, or a signal ended it. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Seconds after which it was killed; null: it was not. */
  readonly late: number | null;
}

interface RunOptions {
  readonly input?: string;
  /** The lock's file, which it holds until it has ended. */
  readonly hold?: number;
  /** After so many seconds it is killed; default 60. */
  readonly seconds?: number;
}

const OUTPUT_LIMIT = 64 * 1024 * 1024;
const TIME_LIMIT = 60;

/** Run to the end. Never throws. */
export function run(program: Program, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { seconds = TIME_LIMIT } = options;
  return new Promise((resolve) => {
    const child = spawn(PROGRAMS[program], [...args], {
      env: CLEAN_ENV,
      cwd: '/',
      // In a session of its own: Ctrl+C in the caller's terminal must not end it halfway.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', options.hold ?? 'ignore'],
    });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      // With all that it has started: ufw loads its rules by a script of its own.
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has just ended.
      }
    }, seconds * 1000);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    const keep = (list: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size <= OUTPUT_LIMIT) list.push(chunk);
    };
    const end = (exit: number | null, why: string | null) => {
      clearTimeout(timer);
      const stderr = why ?? Buffer.concat(err).toString('utf8');
      resolve({ exit, stdout: Buffer.concat(out).toString('utf8'), stderr, late: late ? seconds : null });
    };
    child.stdout?.on('data', keep(out));
    child.stderr?.on('data', keep(err));
    child.stdin?.on('error', () => {}); // it ended before reading all; its exit status says so
    child.on('error', (error) => end(null, error.message));
    child.on('close', (exit) => end(exit, null));
    child.stdin?.end(options.input ?? '');
  });
}
