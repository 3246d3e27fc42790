/**
 * The rich rules that Portcullis puts into zones. They have one form, by which they are known again:
 *
 *   rule priority="-32767" port port="3000" protocol="tcp" drop
 *   rule priority="-32768" family="ipv4" source address="192.168.1.0/24" port port="3000" protocol="tcp" accept
 *
 * firewalld sorts by priority, the lowest first, and puts negative ones into the zone's `pre` chain, ahead of its services,
 * ports and default. Its input chain has let pass by then what is established, related, forwarded or from this computer.
 * Source: firewalld.richlanguage(5), nftables.py `_rich_rule_action`; seen with firewalld 1.3.3.
 */
import { parseRange } from '../../address.ts';
import type { Operation, Protocol } from '../../model.ts';
import { parseRich } from './rich.ts';

export type FirewalldOperation = Extract<Operation, { readonly kind: `firewalld-${string}` }>;
export type ZoneOperation = Extract<FirewalldOperation, { readonly zone: string }>;

export interface OwnRule {
  readonly action: 'accept' | 'drop';
  readonly protocol: Protocol;
  readonly port: number;
  /** An address or a CIDR in its plain form, or `any`. What is dropped is dropped from any. */
  readonly source: string;
}

/** The lowest that firewalld takes, so that who is let in is let in ahead of who is not. */
const PRIORITY = { accept: -32768, drop: -32767 } as const;

/** What firewalld sorts to where Portcullis's rules stand. */
export const isFirst = (text: string): boolean => parseRich(text).priority <= PRIORITY.drop;

const FAMILY = { 4: 'ipv4', 6: 'ipv6' } as const;

export function isOwnRule({ action, protocol, port, source }: OwnRule): boolean {
  const range = /^[0-9a-f:.]{2,45}(\/\d{1,3})?$/.test(source) ? parseRange(source) : null;
  return (
    (protocol === 'tcp' || protocol === 'udp') &&
    Number.isInteger(port) &&
    port >= 1 &&
    port <= 65535 &&
    (source === 'any' || (action === 'accept' && range !== null))
  );
}

/** As firewalld prints it, and as it is given to it. */
export function printRule({ action, protocol, port, source }: OwnRule): string {
  const family = source === 'any' ? undefined : parseRange(source)?.family;
  const from = family === undefined ? '' : ` family="${FAMILY[family]}" source address="${source}"`;
  return `rule priority="${PRIORITY[action]}"${from} port port="${port}" protocol="${protocol}" ${action}`;
}

/** Null: it is not one of Portcullis's. */
export function parseRule(text: string): OwnRule | null {
  const { action, element, source } = parseRich(text);
  const { port, protocol } = element?.values ?? {};
  if (action !== 'accept' && action !== 'drop') return null;
  const rule = { action, protocol, port: Number(port), source: source?.value ?? 'any' } as OwnRule;
  return isOwnRule(rule) && printRule(rule) === text ? rule : null;
}

/** A zone's name as it may stand in a command; firewalld takes a few more. */
export const isZone = (name: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9_-]{0,16}$/.test(name);

/**
 * The commands of an operation: for what acts now, and for what is kept. Restoring is done by the helper itself; what it
 * amounts to is that firewalld loads what it had kept.
 */
export function commandsOf(operation: FirewalldOperation): readonly (readonly string[])[] {
  if (operation.kind === 'firewalld-restore') return [['firewall-cmd', '--reload']];
  const { zone } = operation;
  const words = [
    `--zone=${zone}`,
    `--${operation.kind === 'firewalld-add' ? 'add' : 'remove'}-rich-rule=${printRule(operation)}`,
  ];
  return [
    ['firewall-cmd', ...words],
    ['firewall-cmd', '--permanent', ...words],
  ];
}
