/**
 * Noticing changes on Windows by looking every few seconds: a small program prints the sockets, another the firewall's part
 * of the registry, and Node itself knows the addresses. What they print is only compared, so that no language matters.
 * Nothing there wakes an ordinary program up when a port opens without compiled code.
 */
import { createHash } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { win32 } from 'node:path';
import type { Transcript } from '../../core/model.ts';
import { runRead } from '../gather/run.ts';
import { readWindowsNetstat } from '../gather/windows/netstat.ts';
import { type WindowsPrograms, windowsPrograms } from '../gather/windows/programs.ts';

type Word = 'ready' | 'sockets' | 'network' | 'firewall';

/** What is looked at; null where it could not be. */
export interface Looks {
  /** Places where something waits, each with its process: TCP, and UDP. */
  readonly sockets: () => Promise<{ readonly tcp: readonly string[]; readonly udp: readonly string[] } | null>;
  readonly network: () => string;
  readonly firewall: () => Promise<string | null>;
}

/** The registry is looked at every so many looks at the sockets: it prints more. */
const SELDOM = 3;

/** What listens, of the rows of a `netstat` transcript. */
export function waitingIn({
  failure,
  stdout,
}: Pick<Transcript, 'failure' | 'stdout'>): Awaited<ReturnType<Looks['sockets']>> {
  if (failure !== null) return null;
  const tcp: string[] = [];
  const udp: string[] = [];
  for (const line of stdout.split('\n')) {
    if (line === '') continue;
    const {
      protocol = '',
      local,
      remote,
      pid,
    } = JSON.parse(line) as {
      readonly protocol?: string;
      readonly local?: unknown;
      readonly remote?: { readonly port: number | null };
      readonly pid?: number;
    };
    const place = JSON.stringify([protocol, local, pid]);
    if (protocol.startsWith('udp')) udp.push(place);
    else if (remote?.port === 0) tcp.push(place);
  }
  return { tcp, udp };
}

const FIREWALL = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';

const looksOf = ({ netstat, place }: WindowsPrograms): Looks => ({
  sockets: async () => waitingIn(await readWindowsNetstat(netstat, { place })),
  network: () => JSON.stringify(networkInterfaces()),
  firewall: async () => {
    const reg = win32.join(win32.dirname(netstat), 'reg.exe');
    const { failure, stdout } = await runRead('registry', [reg, 'query', FIREWALL, '/s', '/reg:64'], { place });
    return failure === null ? createHash('sha256').update(stdout).digest('hex') : null;
  },
});

/**
 * Looks until it is stopped, and says a word each time that something is different; `ready` after the first look. A UDP
 * socket counts once it was there at two looks: a question to a name server has one of its own for a moment.
 * @param every milliseconds between the end of a look and the next
 */
export function watchWindows(
  every: number,
  say: (word: Word) => void,
  looks: Looks = looksOf(windowsPrograms()),
): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let count = 0;
  let udp: ReadonlySet<string> | null = null;
  const seen = new Map<Word, string>();
  /** A first look is no change; one that failed says nothing. */
  const compare = (word: Word, now: string | null): void => {
    if (now === null) return;
    const before = seen.get(word);
    seen.set(word, now);
    if (before !== undefined && before !== now) say(word);
  };
  const look = async (): Promise<void> => {
    const found = await looks.sockets();
    if (found !== null) {
      const known = udp;
      const stay = known === null ? found.udp : found.udp.filter((place) => known.has(place));
      udp = new Set(found.udp);
      compare('sockets', JSON.stringify([...found.tcp, ...stay].sort()));
    }
    compare('network', looks.network());
    if (count % SELDOM === 0) compare('firewall', await looks.firewall());
    if (count === 0 && !stopped) say('ready');
    count += 1;
    if (!stopped) timer = setTimeout(() => void look(), every);
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
