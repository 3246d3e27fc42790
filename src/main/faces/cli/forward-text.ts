/** A port that rules lead on to somewhere else, told for people. */
import { commandsOf } from '../../../core/advice/commands.ts';
import { findingIdOf } from '../../../core/advice/remedy.ts';
import type { Report, ReportForward } from '../../../core/model.ts';
import { visible } from '../../../core/visible.ts';
import { prose } from './prose.ts';
import { reachText } from './reach-text.ts';
import type { Terminal } from './terminal.ts';
import { definitions, paragraph } from './text.ts';
import { because, sentence, severityMark, portOf } from './words.ts';

export { findingIdOf };

const KIND = { container: 'a container', guest: 'a virtual machine', computer: 'another computer' } as const;

/** Those that a port's number leads to or that it is the number of, and that no listener tells already. */
export const forwardsOn = (report: Report, port: number, protocol: 'tcp' | 'udp' | null): readonly ReportForward[] =>
  [...report.forwards]
    .sort(byWay)
    .filter(
      (forward) =>
        forward.listener === null &&
        (protocol === null || forward.protocol === protocol) &&
        (forward.via === 'rule' ? forward.port <= port && port <= forward.lastPort : isNear(forward, port, report)),
    );

/** What a rule leads on first, then own addresses. */
const byWay = (a: ReportForward, b: ReportForward): number => Number(a.via === 'route') - Number(b.via === 'route');

/** A container's own address is told with its own number, and with the number that is published for it. */
const isNear = (direct: ReportForward, port: number, { forwards }: Report): boolean =>
  direct.port === port ||
  forwards.some(
    (door) =>
      door.via === 'rule' &&
      door.protocol === direct.protocol &&
      door.to.address === direct.to.address &&
      door.to.port === direct.to.port &&
      door.port <= port &&
      port <= door.lastPort,
  );

/** `172.17.0.2:80 (a container, docker0)`. */
export function whereTo({ to, container }: Pick<ReportForward, 'to' | 'container'>): string {
  const address = visible(to.address.includes(':') ? `[${to.address}]:${to.port}` : `${to.address}:${to.port}`);
  const what = container === null ? KIND[to.kind] : `container ${visible(container)}`;
  return `${address} (${what}${to.interface === null ? '' : ` on ${visible(to.interface)}`})`;
}

/** `8080/tcp`, `8000-8010/tcp`. */
export const doorOf = ({ protocol, port, lastPort }: Pick<ReportForward, 'protocol' | 'port' | 'lastPort'>): string =>
  port === lastPort ? portOf({ protocol, port }) : `${port}-${lastPort}/${protocol}`;

/** The head line of one: what leads where. */
export const forwardHead = (forward: ReportForward): string =>
  forward.via === 'rule'
    ? `${doorOf(forward)} leads to ${whereTo(forward)}`
    : `${whereTo(forward)}, spoken to at its own address`;

/** Who gets through, and by which rule. */
export function forwardReach(forward: ReportForward, report: Report, terminal: Terminal): string {
  const { columns } = terminal;
  const ways = reachText(forward, report.interfaces, terminal);
  const why = because(forward, null);
  return [
    paragraph(sentence(forward, report.interfaces), 2, columns),
    ...(why === null ? [] : [paragraph(why, 2, columns)]),
    ...(ways === '' ? [] : [ways]),
  ].join('\n');
}

export function explainForward(forward: ReportForward, report: Report, terminal: Terminal): string {
  const { style, columns } = terminal;
  const findings = report.findings.filter(({ id, advice }) => id === findingIdOf(forward) && advice !== 'keep');
  return [
    style.bold(forwardHead(forward)),
    forward.via === 'rule'
      ? 'Nothing on this computer listens there; a rule turns what comes to this port to somewhere else.'
      : 'Somebody who sends packets for that address through this computer speaks to it directly.',
    '',
    definitions([['Rule of', visible(forward.firewall)]], columns, 0),
    '',
    style.bold('Who can reach it'),
    forwardReach(forward, report, terminal),
    ...findings.flatMap((finding) => [
      '',
      `${style.bold('Advice')} (${severityMark(finding.severity, style)})`,
      paragraph(visible(finding.title), 2, columns),
      prose(visible(finding.why), commandsOf(finding.says), 2, columns),
    ]),
  ].join('\n');
}
