/** Where the cgroups are, and which processes are in one. */
import { textOf } from './files.ts';

/**
 * Where the unified hierarchy (cgroup v2) is mounted: `/sys/fs/cgroup`, or `/sys/fs/cgroup/unified` beside v1, or null.
 * Format: proc_pid_mountinfo(5). The first one counts, as it does for ss, which prints paths below it.
 */
export function cgroupMount(mountinfo: string): string | null {
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ', 2);
    if (after.startsWith('cgroup2 ')) return unescapeOctal(before.split(' ')[4] ?? '') || null;
  }
  return null;
}

export function readCgroupMount(): string | null {
  return cgroupMount(textOf('/proc/self/mountinfo') ?? '');
}

/** Pids in the cgroup itself, oldest first; empty where it is gone. */
export function pidsIn(mount: string, cgroup: string): readonly number[] {
  // The path comes from another process's cgroup: it must stay below the mount.
  if (!cgroup.startsWith('/') || cgroup.split('/').includes('..')) return [];
  const pids = (textOf(`${mount}${cgroup}/cgroup.procs`) ?? '').split('\n').map(Number);
  // 0 stands for a process of another pid namespace.
  return pids.filter((pid) => Number.isInteger(pid) && pid > 0).sort((a, b) => a - b);
}

/** The cgroup of a process, v2 or systemd's own of v1 (cgroups(7), `/proc/pid/cgroup`), or null. */
export function cgroupOf(pid: number): string | null {
  const text = textOf(`/proc/${pid}/cgroup`) ?? '';
  const unified = /^0::(\/.+)$/m.exec(text) ?? /^\d+:name=systemd:(\/.+)$/m.exec(text);
  return unified?.[1] ?? null;
}

/**
 * Where a socket of this cgroup may be held, the likeliest first. systemd makes the socket of `x.socket` in that cgroup,
 * where no process is; `x.service` gets it once it runs, and the manager keeps it.
 */
export function likelyCgroups(cgroup: string): readonly string[] {
  const socket = /^(.*)\/([^/]+)\.socket$/.exec(cgroup);
  if (socket === null) return [cgroup];
  const [, parent = '', name = ''] = socket;
  const manager = /^(.*\/user@\d+\.service)\//.exec(cgroup)?.[1] ?? '';
  return [`${parent}/${name}.service`, `${manager}/init.scope`, cgroup];
}

const unescapeOctal = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
