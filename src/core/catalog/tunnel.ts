/** Tells a process that publishes something of this computer through a connection of its own. */
import type { Listener } from '../model.ts';
import type { Process } from '../listeners/index.ts';
import type { TunnelLets, TunnelStop } from '../says.ts';
import { runtimeOf } from './command-lines.ts';
import { lastPart, plainName } from './programs.ts';
import { sshTunnels } from './ssh-tunnel.ts';
import { tunnelPrograms } from './tunnels.ts';

export interface Tunnel {
  readonly id: string;
  readonly name: string;
  readonly pid: number | null;
  /** The port of this computer that is published; null: it cannot be seen which. */
  readonly port: number | null;
  readonly lets: TunnelLets;
  readonly stop: TunnelStop;
}

/** What this process publishes, each port once; nothing for a process that is no tunnel. */
export function tunnelsOf({ pid, comm, exe, cmdline }: Process): readonly Tunnel[] {
  // The file says what it is. Without rights to see that, the name that a process has must do.
  const file = exe === null ? plainName(comm ?? '') : plainName(exe);
  const text = cmdline === null ? '' : `${withoutProgram(cmdline)} `;
  if (file === 'ssh') return sshTunnels(text).map((port) => ({ ...SSH, pid, port }));
  const script = runtimeOf(file) === null ? null : scriptIn(text);
  const found = tunnelPrograms.find(
    ({ programs, scripts = [], publishes }) =>
      (programs.includes(file) || (script !== null && scripts.includes(script))) &&
      // Without its arguments it cannot be told what it does, and then it may do this.
      (publishes === undefined || cmdline === null || publishes.test(text)),
  );
  if (found === undefined) return [];
  const { id, name, lets, stop } = found;
  return [{ id, name, pid, lets, stop, port: portIn(text, found.port) }];
}

/** Where Tailscale's own talk between members begins: a port from here on is not one that somebody serves. */
const PEER_API = 32768;

/** What `tailscale serve --bg` left behind: the daemon listens for it, and no process names it. */
export const servedByTailscale = (listeners: readonly Listener[]): readonly Tunnel[] =>
  listeners
    .filter(({ protocol, port, owner }) => protocol === 'tcp' && port < PEER_API && owner.program === 'tailscaled')
    .slice(0, 1)
    .map(({ owner }) => ({
      id: 'tailscale-serve',
      name: 'Tailscale Serve',
      pid: owner.pid,
      port: null,
      lets: 'members',
      stop: { by: 'command', command: 'tailscale serve reset', look: 'tailscale serve status' },
    }));

const SSH = {
  id: 'ssh',
  name: 'SSH (ssh -R)',
  lets: 'server',
  stop: { by: 'option', program: 'ssh', option: '-R' },
} as const;

/** The arguments, with a space before each. */
const withoutProgram = (commandLine: string): string => commandLine.replace(/^\S+/, '').replace(/ +/g, ' ');

/** What an interpreter runs: the first argument that is no option. */
const scriptIn = (text: string): string | null =>
  lastPart(text.split(' ').find((word) => word !== '' && !word.startsWith('-')) ?? '').toLowerCase() || null;

function portIn(text: string, patterns: readonly RegExp[]): number | null {
  for (const pattern of patterns) {
    const port = Number(pattern.exec(text)?.[1]);
    if (port >= 1 && port <= 65535) return port;
  }
  return null;
}
