/**
 * One line `### tuple ### …` of ufw's user.rules and user6.rules: the only form of a rule that ufw itself reads back.
 *
 * action proto dport dst sport src [dapp sapp] direction[_interface][!out_interface] [comment=hex]
 * Source: ufw 0.36.2, backend_iptables.py `_read_rules` and `_write_rules`; common.py `UFWRule`.
 */
import type { Family, UfwTuple } from '../../model.ts';

export const TUPLE_MARK = '### tuple ### ';

const ACTION = /^(route:)?(allow|deny|reject|limit)(?:_(log|log-all))?$/;
const INTERFACE = /^[A-Za-z0-9_.+,=%@-]{1,15}$/;
const PROTOCOL = /^(any|tcp|udp|ipv6|esp|ah|igmp|gre|vrrp)$/;
const PORTS = /^(any|\d+(:\d+)?(,\d+(:\d+)?)*)$/;
const ADDRESS = /^[0-9A-Fa-f:.]+(\/[0-9.]+)?$/;

interface Where {
  readonly direction: string;
  readonly interfaceIn: string | null;
  readonly interfaceOut: string | null;
}

function parseWhere(text: string): Where | null {
  if (text === 'in' || text === 'out') return { direction: text, interfaceIn: null, interfaceOut: null };
  const both = /^(in)_([^!]+)!out_(.+)$/.exec(text);
  if (both?.[2] !== undefined && both[3] !== undefined) {
    if (!INTERFACE.test(both[2]) || !INTERFACE.test(both[3])) return null;
    return { direction: 'in', interfaceIn: both[2], interfaceOut: both[3] };
  }
  const one = /^(in|out)_(.+)$/.exec(text);
  if (one?.[1] === undefined || one[2] === undefined || !INTERFACE.test(one[2])) return null;
  return one[1] === 'in'
    ? { direction: 'in', interfaceIn: one[2], interfaceOut: null }
    : { direction: 'out', interfaceIn: null, interfaceOut: one[2] };
}

const app = (text: string): string | null => (text === '-' ? null : text.replaceAll('%20', ' '));

function portsWithin(text: string): boolean {
  if (text === 'any') return true;
  return text.split(/[,:]/).every((port) => Number(port) >= 1 && Number(port) <= 65535);
}

/** The tuple in a line (with or without its mark), or null where ufw itself would not take it. */
export function parseTuple(text: string, family: Family): UfwTuple | null {
  const line = (text.startsWith(TUPLE_MARK) ? text.slice(TUPLE_MARK.length) : text).trim();
  const [body = '', hex, ...more] = line.split(' comment=');
  if (more.length > 0 || (hex !== undefined && !/^[0-9a-f]*$/.test(hex))) return null;
  const fields = body.trim().split(/\s+/);
  // Six or eight fields without a direction are what ufw wrote before it knew directions.
  const last = fields.length % 2 === 1 ? fields.pop() : 'in';
  const [verb = '', protocol = '', dport = '', dst = '', sport = '', src = '', dapp = '-', sapp = '-'] = fields;
  if (fields.length !== 6 && fields.length !== 8) return null;
  const action = ACTION.exec(verb);
  const where = parseWhere(last ?? '');
  if (action?.[2] === undefined || where === null) return null;
  const fits =
    PROTOCOL.test(protocol) &&
    [dport, sport].every((port) => PORTS.test(port) && portsWithin(port)) &&
    [dst, src].every((address) => ADDRESS.test(address) && address.includes(':') === (family === 6));
  if (!fits) return null;
  return {
    family,
    action: action[2],
    log: action[3] ?? null,
    route: action[1] !== undefined,
    protocol,
    dport,
    dst,
    sport,
    src,
    dapp: app(dapp),
    sapp: app(sapp),
    ...where,
    comment: hex === undefined || hex === '' ? null : hex,
    line,
  };
}

/** The tuple's line without its mark, as ufw writes it. */
export function printTuple(tuple: Omit<UfwTuple, 'line'>): string {
  const action = `${tuple.route ? 'route:' : ''}${tuple.action}${tuple.log === null ? '' : `_${tuple.log}`}`;
  const name = (value: string | null) => (value === null ? '-' : value.replaceAll(' ', '%20'));
  const apps = tuple.dapp === null && tuple.sapp === null ? [] : [name(tuple.dapp), name(tuple.sapp)];
  const { direction, interfaceIn, interfaceOut } = tuple;
  const where =
    interfaceIn !== null && interfaceOut !== null
      ? `in_${interfaceIn}!out_${interfaceOut}`
      : [direction, ...[interfaceIn ?? interfaceOut ?? []].flat()].join('_');
  const fields = [action, tuple.protocol, tuple.dport, tuple.dst, tuple.sport, tuple.src, ...apps, where];
  return `${fields.join(' ')}${tuple.comment === null ? '' : ` comment=${tuple.comment}`}`;
}

/** A tuple with its line made from its fields. */
export const withLine = (tuple: Omit<UfwTuple, 'line'>): UfwTuple => ({ ...tuple, line: printTuple(tuple) });

export const ANYWHERE: Record<Family, string> = { 4: '0.0.0.0/0', 6: '::/0' };

/** A plain rule for one port, the kind that plans are made of. */
export function portTuple(
  family: Family,
  action: 'allow' | 'limit' | 'deny',
  protocol: string,
  port: number,
  from: string,
  comment: string | null,
): UfwTuple {
  return withLine({
    family,
    action,
    log: null,
    route: false,
    protocol,
    dport: String(port),
    dst: ANYWHERE[family],
    sport: 'any',
    src: from === 'any' ? ANYWHERE[family] : from,
    dapp: null,
    sapp: null,
    direction: 'in',
    interfaceIn: null,
    interfaceOut: null,
    comment,
  });
}

const IDENTITY = [
  'family',
  'route',
  'protocol',
  'dport',
  'dst',
  'sport',
  'src',
  'dapp',
  'sapp',
  'direction',
  'interfaceIn',
  'interfaceOut',
] as const;

/** Does ufw take both for one rule? Action, log and comment do not count: `prepend` skips such a rule as existing. */
export const sameRule = (a: UfwTuple, b: UfwTuple): boolean => IDENTITY.every((key) => a[key] === b[key]);
