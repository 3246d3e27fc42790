/** Connections that others have to this machine now, and which of them are somebody working from elsewhere. */
import { parseAddress } from '../address.ts';
import { readListeners, readConnections } from '../listeners/index.ts';
import { readWindowsListeners } from '../listeners/windows.ts';
import { readAdapters } from '../machine/index.ts';
import type { Report, ReportListener, Snapshot, Target } from '../model.ts';
import { listenersOn } from './reach-sets.ts';

export interface Session {
  readonly target: Target;
  readonly count: number;
  /** A remote shell or desktop: cutting it could lock somebody out. */
  readonly remote: boolean;
  /** The addresses of each connection. */
  readonly ends: readonly { readonly local: string; readonly remote: string }[];
}

const SHELLS = new Set(['sshd', 'xrdp', 'vncserver', 'x11vnc', 'Xvnc', 'gnome-remote-de', 'krfb', 'mosh-server']);

const isLoopback = (address: string): boolean =>
  /^127\.|^::1$|^::ffff:127\./.test(address) || parseAddress(address) === null;

/** Does somebody work from elsewhere through what listens there? */
export const isRemoteAccess = ({ owner, identity, port }: ReportListener): boolean =>
  port === 22 ||
  identity.service?.category === 'remote-access' ||
  (owner.program !== null && SHELLS.has(owner.program));

/** Inbound connections by the port they came to, remote sessions first. */
export function sessionsOf(snapshot: Snapshot, report: Report): readonly Session[] {
  const connections =
    snapshot.platform === 'win32'
      ? readWindowsListeners(snapshot, readAdapters(snapshot).value).connections
      : readConnections(snapshot, readListeners(snapshot).value).value;
  const sessions = new Map<string, Session>();
  for (const { protocol, direction, local, remote } of connections) {
    if (direction !== 'inbound' || isLoopback(remote.address) || remote.address === local.address) continue;
    const target: Target = { protocol, port: local.port };
    const key = `${protocol}/${local.port}`;
    const shell = listenersOn(report, target).some(isRemoteAccess);
    const ends = [...(sessions.get(key)?.ends ?? []), { local: local.address, remote: remote.address }];
    sessions.set(key, { target, count: ends.length, remote: shell || local.port === 22, ends });
  }
  return [...sessions.values()].sort((a, b) => Number(b.remote) - Number(a.remote));
}
