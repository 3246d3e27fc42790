/** A report for people: what to close first, then what it rests on. */
import { isReached } from '../../../core/advice/audience.ts';
import { commandsOf } from '../../../core/advice/commands.ts';
import { headlineInEnglish, meantInEnglish } from '../../../core/advice/english/headline.ts';
import { openCount } from '../../../core/advice/headline.ts';
import { meantForInternet } from '../../../core/advice/meant.ts';
import { isListWhole } from '../../../core/listeners/whole.ts';
import type { Finding, Gap, Report } from '../../../core/model.ts';
import { NETWORK } from '../../../core/reach/place-words.ts';
import { visible } from '../../../core/visible.ts';
import { doorOf, whereTo } from './forward-text.ts';
import { prose } from './prose.ts';
import type { Terminal } from './terminal.ts';
import { definitions, paragraph, table } from './text.ts';
import {
  asOf,
  count,
  firewallLine,
  gapLine,
  ownerName,
  portOf,
  serviceName,
  severityMark,
  whatToType,
  askInstead,
  whoCan,
} from './words.ts';

type Layout = Pick<Terminal, 'style' | 'columns'>;

/** How things stand, in a sentence or two. */
function headline(report: Report): string {
  const { findings, complete } = report;
  const open = headlineInEnglish(openCount(report));
  const meant = meantInEnglish(meantForInternet(report, open.length > 0));
  if (open.length > 0)
    return [...open, ...meant, ...(complete ? [] : ['Not everything could be read; see below.'])].join(' ');
  if (!complete)
    return ['Nothing was found that should be closed, but not everything could be read; see below.', ...meant].join(
      ' ',
    );
  const well = findings.some(({ advice }) => advice !== 'keep')
    ? 'No port is open that should be closed. There is something to look at.'
    : 'All is well: no port is open to others that you don’t need.';
  return [well, ...meant].join(' ');
}

export function scanText(
  report: Report,
  { all, replayed }: { readonly all: boolean; readonly replayed: boolean },
  layout: Layout,
): string {
  const { style, columns } = layout;
  const blocks = [
    style.bold(paragraph(headline(report), 0, columns)),
    ...report.findings.filter(({ advice }) => advice !== 'keep').map((finding) => findingText(finding, report, layout)),
    summary(report, replayed, columns),
    ...(all ? [everything(report, layout)] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const INDENT = 8;

function findingText(finding: Finding, report: Report, { style, columns }: Layout): string {
  const type = whatToType(finding, report);
  const ask = askInstead(finding.ways);
  const mark = severityMark(finding.severity, style) + ' '.repeat(INDENT - finding.severity.length);
  const [first = '', ...rest] = paragraph(visible(finding.title), INDENT, columns).split('\n');
  const details = [finding.why, finding.ifClosed].filter((text) => text !== '');
  return [
    mark + style.bold(first.slice(INDENT)),
    ...rest.map((line) => style.bold(line)),
    ...details.map((text) => prose(visible(text), commandsOf(finding.says), INDENT, columns)),
    ...(type === null ? [] : [`${' '.repeat(INDENT)}${style.green('→')} ${style.bold(type)}`]),
    ...(ask === null ? [] : [`${' '.repeat(INDENT)}${style.green('→')} ${ask}`]),
  ].join('\n');
}

function summary(report: Report, replayed: boolean, columns: number): string {
  const { listeners, connections, firewalls } = report;
  const open = listeners.filter(isReached).length;
  const unsure = listeners.filter(
    ({ exposure, exposureComplete }) => exposure === 'unknown' || (exposure === 'self' && !exposureComplete),
  ).length;
  const parts = [
    ...(open === 0 ? [] : [`${open} open to others`]),
    ...(unsure === 0 ? [] : [`${unsure} cannot be told`]),
    ...(listeners.length - open - unsure === 0 ? [] : [`${listeners.length - open - unsure} for this computer only`]),
  ];
  const doors = report.forwards.filter(({ via, listener }) => via === 'rule' && listener === null);
  const networks = report.interfaces
    .filter(({ kind, addresses }) => kind !== 'loopback' && addresses.length > 0)
    .map(({ name, kind, addresses }) => {
      const category = firewalls.flatMap(({ profiles = [] }) => profiles).find((one) => one.interfaces.includes(name));
      const how = category === undefined ? '' : `, ${category.name} network`;
      return `${visible(name)} (${NETWORK[kind]}${how}) ${addresses.map(visible).join(', ')}`;
    });
  return definitions(
    [
      ['Firewall', firewalls.length === 0 ? 'none found' : firewalls.map(firewallLine).join('; ')],
      ...(networks.length === 0
        ? ([['Network', 'not connected']] as const)
        : networks.map((text, index) => [index === 0 ? 'Network' : '', text] as const)),
      [
        'Listening',
        `${count(listeners.length, 'port')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}${isListWhole(report) ? '' : '; there may be more'}`,
      ],
      ...(doors.length === 0
        ? []
        : ([['Led on', `${count(doors.length, 'port')} to containers or other computers`]] as const)),
      ['Connected', `${connections.inbound} inbound, ${connections.outbound} outbound`],
      ['As of', asOf(report.takenAt, replayed)],
    ],
    columns,
    0,
  );
}

function everything(report: Report, { style, columns }: Layout): string {
  if (report.listeners.length === 0 && report.forwards.length === 0)
    return isListWhole(report) ? 'Nothing listens.' : 'What listens could not be read.';
  const rows = report.listeners.map((listener) => [
    portOf(listener),
    listener.owner.program === null && listener.owner.unit === null
      ? style.dim(ownerName(listener))
      : ownerName(listener),
    serviceName(listener),
    whoCan(listener, report.interfaces) + (listener.kept ? ' · kept' : ''),
  ]);
  const led = report.forwards
    .filter(({ via, listener }) => via === 'rule' && listener === null)
    .map((forward) => [
      doorOf(forward),
      style.dim(`rule of ${visible(forward.firewall)}`),
      `leads to ${whereTo(forward)}`,
      whoCan(forward, report.interfaces) + (forward.kept ? ' · kept' : ''),
    ]);
  return table([['PORT', 'PROGRAM', 'WHAT IT IS', 'WHO CAN REACH IT'], ...rows, ...led], columns, style.dim);
}

/** What is missing, and what would settle it; empty where nothing is. What the same step settles is told together. */
export function notRead({ unread }: Pick<Report, 'unread'>, { style, columns }: Layout): string {
  if (unread.length === 0) return '';
  const alike = new Map<string, Gap[]>();
  for (const gap of unread) alike.set(`${gap.why}\n${gap.how}`, [...(alike.get(`${gap.why}\n${gap.how}`) ?? []), gap]);
  const blocks = [...alike.values()].map(([first, ...more]) => {
    if (first === undefined) return '';
    const what = [first, ...more].map((gap) => gap.what).join('; ');
    return `${paragraph(gapLine({ ...first, what }), 2, columns)}\n  ${style.green('→')} ${visible(first.how)}\n`;
  });
  return `${style.bold('Not read')}\n${blocks.join('')}`;
}
