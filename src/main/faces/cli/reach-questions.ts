/** The questions that one source stands for: each interface and address that it could speak to. */
import { parseAddress, parseRange } from '../../../core/address.ts';
import type { Question, Report } from '../../../core/model.ts';
import { visible } from '../../../core/visible.ts';
import { terminalProblem } from '../terminal-problem.ts';
import { usage } from './command.ts';
import { type Asked, knownInterface } from './reach-asked.ts';

/** Throws a `TerminalProblem` where it can speak to none, or a link-local address has no interface. */
export function questionsOf(
  asked: Asked & { readonly source: string },
  protocol: 'tcp' | 'udp',
  report: Report,
): readonly Question[] {
  const source = parseAddress(asked.source);
  const zone = asked.source.includes('%') ? (asked.source.split('%', 2)[1] ?? null) : null;
  const local = isLinkLocal(asked.source);
  if (local && zone === null && asked.interface === null) {
    throw usage(
      asked.of,
      'A link-local address needs its interface.',
      `--source ${asked.source}%${report.interfaces.find(({ kind }) => kind !== 'loopback')?.name ?? 'wlan0'}`,
    );
  }
  const named = asked.interface ?? zone;
  knownInterface(named, report);
  const candidates = report.interfaces
    .filter(({ name, kind }) => (named === null ? kind !== 'loopback' : name === named))
    .map(({ name, addresses }) => ({
      name,
      addresses: addresses.filter((text) => parseAddress(text.split('/', 1)[0] ?? '')?.family === source?.family),
    }));
  const neighbours = candidates.filter(({ addresses }) =>
    addresses.some((text) => {
      const range = parseRange(text)?.range;
      return source !== null && range !== undefined && range[0] <= source.value && source.value <= range[1];
    }),
  );
  const ways = named === null && neighbours.length > 0 ? neighbours : candidates;
  const questions = ways.flatMap(({ name, addresses }) =>
    addresses
      .map((text) => text.split('/', 1)[0] ?? '')
      .filter((destination) => isLinkLocal(destination) === local)
      .map((destination) => ({
        protocol,
        interface: name,
        source: local && zone === null ? `${asked.source}%${name}` : asked.source,
        destination: local ? `${destination.split('%', 1)[0]}%${name}` : destination,
        port: asked.port.port,
      })),
  );
  if (questions.length === 0) {
    throw terminalProblem(
      'bad-input',
      `No address of this computer${named === null ? '' : ` on ${visible(named)}`} can be spoken to from ${visible(asked.source)}.`,
      'Name a source of the same family as one of the addresses in: portcullis scan',
    );
  }
  return questions;
}

/** fe80::/10 */
const isLinkLocal = (text: string): boolean => {
  const address = parseAddress(text);
  return address?.family === 6 && address.value >> 118n === 0x3fan;
};
