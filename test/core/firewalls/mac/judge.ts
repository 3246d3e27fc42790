/** One packet of a new connection, asked of a synthetic Mac. */
import { readFacts, worldOf } from '../../../../src/core/facts.ts';
import type { Answer } from '../../../../src/core/model.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { type MacSaid, macSnapshot } from './machine.ts';

export interface Asked {
  readonly protocol?: 'tcp' | 'udp';
  readonly port?: number;
  readonly from?: string;
  readonly to?: string;
  readonly through?: string;
  readonly sourcePort?: number;
  /** The file that runs; null: nobody tells. */
  readonly path?: string | null;
  /** What it calls itself, where its file is not told. */
  readonly claim?: string;
}

const SERVER = '/Applications/Server.app/Contents/MacOS/Server';

/** The verdict on one packet for what listens at the port, on all addresses of both families. */
export function askMac(said: MacSaid, asked: Asked = {}): Answer {
  const { protocol = 'tcp', port = 3000, from = '192.168.1.50', path = SERVER } = asked;
  const six = from.includes(':');
  const snapshot = macSnapshot({
    uid: said.pf === undefined ? 501 : 0,
    ...said,
    processes: [
      ...(path === null && asked.claim === undefined
        ? []
        : [{ pid: 100, path: path ?? asked.claim ?? '', shown: path !== null }]),
      ...(said.processes ?? []),
    ],
    sockets: [
      { at: `${protocol}46 *.${port}`, pid: path === null && asked.claim === undefined ? 0 : 100 },
      ...(said.sockets ?? []),
    ],
  });
  return createJudge(worldOf(readFacts(snapshot))).ask({
    protocol,
    interface: asked.through ?? 'en0',
    source: from,
    destination: asked.to ?? (six ? (from.startsWith('fe80') ? 'fe80::1c20' : '2001:db8:1::20') : '192.168.1.20'),
    port,
    sourcePort: asked.sourcePort,
  });
}
