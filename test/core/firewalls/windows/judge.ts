/** One packet of a new connection, asked of a synthetic computer. */
import { readFacts, worldOf } from '../../../../src/core/facts.ts';
import type { Answer } from '../../../../src/core/model.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { HOME, type MachineSaid, SERVICES_IN_PART, windowsSnapshot } from './machine.ts';

export interface Asked {
  readonly protocol?: 'tcp' | 'udp';
  readonly port?: number;
  readonly from?: string;
  readonly to?: string;
  readonly through?: string;
  readonly sourcePort?: number;
  /** Path of the program; null: the system does not tell. `System`: the kernel. */
  readonly path?: string | null;
  /** Its file's name, where the path is not told. */
  readonly file?: string;
  readonly contained?: boolean;
  readonly packageFamily?: string | null;
  readonly session?: number;
  /** Services in that process; null: they were not read. */
  readonly services?: readonly string[] | null;
  /** The category of the Wi-Fi's network; null: it could not be asked. */
  readonly category?: string | null;
}

const SERVER = 'C:\\Apps\\server.exe';

/** The verdict on one packet for what listens at the port, on all addresses of both families. */
export function askWindows(said: MachineSaid, asked: Asked = {}): Answer {
  const { protocol = 'tcp', port = 3000, from = '192.168.1.50', path = SERVER, services = [] } = asked;
  const pid = path === 'System' ? 4 : 100;
  const six = from.includes(':');
  const adapters = (said.adapters ?? [HOME]).map((one) =>
    one.alias === 'Wi-Fi' && asked.category !== undefined ? { ...one, category: asked.category } : one,
  );
  const snapshot = windowsSnapshot({
    ...said,
    adapters,
    processes: [
      {
        pid: 100,
        ...(path === null ? { path: null } : { path }),
        ...(asked.file === undefined ? {} : { name: asked.file }),
        ...(asked.contained === undefined ? {} : { contained: asked.contained }),
        ...(asked.session === undefined ? {} : { session: asked.session }),
        ...(asked.packageFamily === undefined ? {} : { packageFamily: asked.packageFamily }),
      },
      ...(said.processes ?? []),
    ],
    services: [...(services ?? []).map((name) => ({ pid: 100, name })), ...(said.services ?? [])],
    parts: { ...(services === null ? { services: SERVICES_IN_PART } : {}), ...said.parts },
    sockets: [
      { at: `${protocol} 0.0.0.0:${port}`, pid },
      { at: `${protocol} [::]:${port}`, pid },
      ...(said.sockets ?? []),
    ],
  });
  return createJudge(worldOf(readFacts(snapshot))).ask({
    protocol,
    interface: asked.through ?? 'Wi-Fi',
    source: from,
    destination: asked.to ?? (six ? (from.startsWith('fe80') ? 'fe80::20' : '2001:db8:1::20') : '192.168.1.20'),
    port,
    sourcePort: asked.sourcePort,
  });
}
