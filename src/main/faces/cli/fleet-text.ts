/** Many machines in words: a row a machine where there are few, then ports, what to do, and who is not like the rest. */
import { basename } from 'node:path';
import { isReached } from '../../../core/advice/audience.ts';
import {
  type Fleet,
  type FleetAdvice,
  type FleetPort,
  type Machine,
  type Name,
  type Port,
  RANKS,
  type Who,
  inOrder,
  nameOf,
  openOn,
  outliersOf,
} from '../../../core/fleet/index.ts';
import { visible } from '../../../core/visible.ts';
import { adviceInOrder } from './fleet-json.ts';
import type { Terminal } from './terminal.ts';
import { definitions, paragraph, table } from './text.ts';
import { count, moment, portOf, severityMark } from './words.ts';

type Layout = Pick<Terminal, 'style' | 'columns'>;

/** Rows and pieces of advice that are shown without `--all`. */
const SHOWN = 20;

export function fleetText(fleet: Fleet, { all }: { readonly all: boolean }, layout: Layout): string {
  const { style, columns } = layout;
  const named = namesOf(fleet);
  const blocks = [
    style.bold(paragraph(headline(fleet), 0, columns)),
    ...(fleet.machines === fleet.rows.length && fleet.machines > 0 ? [machinesTable(fleet.rows, named, layout)] : []),
    ...portsTable(fleet, named, all, layout),
    ...adviceText(fleet, named, all, layout),
    ...oddText(fleet, named, layout),
    definitions(
      [
        ['Complete', `${fleet.complete} of ${count(fleet.machines, 'machine')}`],
        ...(fleet.machines === 0 ? [] : ([['As of', spanOf(fleet)]] as const)),
      ],
      columns,
      0,
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** One sentence, or two: how things stand. */
function headline({ machines, complete, ports, severest, unreadCount }: Fleet): string {
  const rows = [...ports.by.values()];
  const advised = rows.filter((row) => row.advised.count > 0).length;
  const unknown = rows.some(({ who }) => who.unknown.count > 0);
  const asked = severest.high.count + severest.medium.count + severest.low.count;
  const unread = unreadCount === 0 ? '' : ` ${count(unreadCount, 'file')} could not be read; see below.`;
  const rest = complete === machines ? '' : ` Of ${machines - complete} not everything could be read.`;
  const first =
    machines === 0
      ? 'No machine could be read.'
      : advised > 0
        ? `${count(machines, 'machine')}: ${count(advised, 'port')} that some of them probably don’t need ${advised === 1 ? 'is' : 'are'} open to others.`
        : asked > 0
          ? `${count(machines, 'machine')}: no port is known to be open that should be closed. On ${asked} there is something to look at.`
          : `${count(machines, 'machine')}: no port is ${unknown ? 'known to be ' : ''}open that should be closed.`;
  return `${first}${rest}${unread}`;
}

function machinesTable(rows: readonly Machine[], named: Named, { style, columns }: Layout): string {
  const cells = rows.map(({ name, ports, advice, complete, firewall }) => {
    const open = ports.filter(isReached);
    const severest = advice.toSorted((a, b) => RANKS[a.severity] - RANKS[b.severity])[0]?.severity;
    return [
      named(name),
      open.length === 0 ? (complete ? 'none' : 'cannot tell') : open.map(placeOf).join(' '),
      firewall === 'unknown' ? 'cannot tell' : firewall,
      severest ?? 'none',
      complete ? 'yes' : 'no',
    ];
  });
  return table([['MACHINE', 'OPEN TO OTHERS', 'FIREWALL', 'ADVICE', 'COMPLETE'], ...cells], columns, style.dim);
}

/** `3000/tcp`; `any/udp` for what is at another port at every start. */
const placeOf = ({ protocol, port }: Pick<Port, 'protocol' | 'port'>): string =>
  port === null ? `any/${protocol}` : portOf({ protocol, port });

function portsTable(fleet: Fleet, named: Named, all: boolean, { style, columns }: Layout): readonly string[] {
  const rows = inOrder(fleet.ports)
    .map(([, row]) => row)
    .filter((row) => all || openOn(row).count + row.who.unknown.count > 0)
    .sort((a, b) => openOn(b).count - openOn(a).count || b.who.unknown.count - a.who.unknown.count);
  if (rows.length === 0) return [];
  const shown = all ? rows : rows.slice(0, SHOWN);
  const cells = shown.map((row) => [placeOf(row), visible(nameOf(row)), whoCan(row), few(widest(row), named, 2)]);
  const left = rows.length - shown.length + fleet.ports.rest;
  return [
    table([['PORT', 'WHAT IT IS', 'WHO CAN REACH IT', 'WHICH'], ...cells], columns, style.dim) +
      (left === 0 ? '' : `\n${style.dim(`and ${left} more${all ? '' : ': portcullis scan --all'}`)}`),
  ];
}

/** `internet 2, network 5, unknown 3`: on how many machines. Those where nobody gets in are told where there are no others. */
function whoCan({ who }: FleetPort): string {
  const parts = [
    ['internet', who.internet],
    ['network', who.network],
    ['some', who.some],
    ['unknown', who.unknown],
  ] as const;
  const told = parts.flatMap(([name, { count: many }]) => (many === 0 ? [] : [`${name} ${many}`]));
  return told.length === 0 ? `here only ${who.self.count}` : told.join(', ');
}

/** The machines on which most can reach it. */
const widest = ({ who }: FleetPort): Who =>
  [who.internet, who.network, who.some, who.unknown].find(({ count: many }) => many > 0) ?? who.self;

const INDENT = 8;

function adviceText(fleet: Fleet, named: Named, all: boolean, { style, columns }: Layout): readonly string[] {
  const advice = adviceInOrder(fleet);
  const shown = all ? advice : advice.slice(0, SHOWN);
  const lines = shown.map((one) => {
    const mark = severityMark(one.severity, style) + ' '.repeat(INDENT - one.severity.length);
    const [first = '', ...rest] = paragraph(
      `${wordsOf(one, fleet)}: ${count(one.who.count, 'machine')}`,
      INDENT,
      columns,
    ).split('\n');
    return [
      mark + style.bold(first.slice(INDENT)),
      ...rest.map((line) => style.bold(line)),
      paragraph(few(one.who, named, 6), INDENT, columns),
    ].join('\n');
  });
  const left = advice.length - shown.length + fleet.advice.rest;
  return [...lines, ...(left === 0 ? [] : [style.dim(`and ${left} more${all ? '' : ': portcullis scan --all'}`)])];
}

const DO = { close: 'Close', restrict: 'Let fewer in at', review: 'Look at' } as const;

/** One kind of advice on one port, for all; what is about no port is said as it is of one of them. */
function wordsOf({ rule, protocol, port, advice, title }: FleetAdvice, { ports }: Fleet): string {
  // What is said of rules, rather than of a port that is open, has a sentence of its own.
  if (protocol === null || port === null || !rule.startsWith('exposed-')) return visible(title);
  const row = [...ports.by.values()].find((one) => one.protocol === protocol && one.port === port);
  const name = row === undefined ? '' : ` (${visible(nameOf(row))})`;
  return `${DO[advice]} ${portOf({ protocol, port })}${name}`;
}

function oddText(fleet: Fleet, named: Named, { style, columns }: Layout): readonly string[] {
  const { ports, machines, moreMachines } = outliersOf(fleet);
  const { off, partly, none, unknown } = fleet.firewalls;
  const rows = [
    ...(off.count === 0 ? [] : [['Firewall off', who(off, named)] as const]),
    ...(none.count === 0 ? [] : [['No firewall', who(none, named)] as const]),
    ...(partly.count === 0 ? [] : [['Partly off', who(partly, named)] as const]),
    ...(unknown.count === 0 ? [] : [['Firewall not known', who(unknown, named)] as const]),
    ...ports
      .slice(0, SHOWN)
      .map((one) => [`Rare: ${placeOf(one)}`, `${visible(one.name)} on ${few(one.who, named, 4)}`] as const),
    ...(ports.length <= SHOWN ? [] : [['', `and ${count(ports.length - SHOWN, 'more port')}`] as const]),
    ...machines
      .filter((one) => one.ports.length > 1)
      .slice(0, ODD)
      .map(
        ({ machine, ports: own }) =>
          [named(machine), `has ${own.length} that few have: ${listed(own.map(placeOf))}`] as const,
      ),
    ...(moreMachines === 0 ? [] : [['', `and ${count(moreMachines, 'more machine')}`] as const]),
  ];
  return rows.length === 0 ? [] : [`${style.bold('Unlike the rest')}\n${definitions(rows, columns)}`];
}

/** Machines that are told for having several rare ports. */
const ODD = 5;

const who = (them: Who, named: Named): string => `${them.count}: ${few(them, named, 4)}`;

const listed = (all: readonly string[]): string =>
  all.length <= SHOWN ? all.join(' ') : `${all.slice(0, SHOWN).join(' ')} and ${all.length - SHOWN} more`;

const few = ({ count: many, first }: Who, named: Named, most: number): string => {
  const shown = first.slice(0, many <= most + 1 ? most + 1 : most);
  return `${shown.map(named).join(', ')}${many > shown.length ? ` and ${many - shown.length} more` : ''}`;
};

type Named = (name: Name) => string;

/** A machine's own name; with its file where several of those that are named have the same. */
function namesOf({ rows, firewalls, severest, ports, advice }: Fleet): Named {
  const files = new Map<string, Set<string>>();
  const groups = [
    ...Object.values(firewalls),
    ...Object.values(severest),
    ...[...ports.by.values()].flatMap((row) => Object.values(row.who)),
    ...[...advice.by.values()].map((one) => one.who),
  ];
  for (const { host, from } of [...rows.map(({ name }) => name), ...groups.flatMap(({ first }) => first)]) {
    const known = files.get(host) ?? new Set<string>();
    files.set(host, known.add(from));
  }
  return ({ host, from }) =>
    (files.get(host)?.size ?? 0) > 1
      ? `${visible(host)} (${visible(basename(from).replace(/\.json$/, ''))})`
      : visible(host);
}

const spanOf = ({ oldest, newest }: Fleet): string =>
  oldest.slice(0, 16) === newest.slice(0, 16) ? moment(oldest) : `${moment(oldest)} to ${moment(newest)}`;

/** Files that gave no machine, and why; empty where there are none. */
export function filesNotRead({ unread, unreadCount }: Fleet, { style, columns }: Layout): string {
  if (unreadCount === 0) return '';
  const lines = unread.map(({ from, why }) => `${paragraph(`${visible(from)}: ${visible(why)}.`, 2, columns)}\n`);
  const left = unreadCount - unread.length;
  return `${style.bold('Not read')}\n${lines.join('')}${left === 0 ? '' : `  and ${left} more\n`}`;
}
