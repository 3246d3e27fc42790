/**
 * What to run for an operation, as argument lists. Addresses are always written out (`0.0.0.0/0`, `::/0`), because that
 * is how ufw is told to touch one family only. The helper makes its commands here, from typed fields that it checked.
 */
import { isPlainNetwork } from '../../address.ts';
import type { Operation, UfwTuple } from '../../model.ts';
import { ANYWHERE } from './tuple.ts';

export type UfwOperation = Extract<Operation, { readonly kind: `ufw-${string}` }>;

/** Comment on every rule that Portcullis puts first; people see it in `ufw status`. */
export const OUR_COMMENT = 'Portcullis';
/** The same as ufw stores it. */
export const COMMENT_HEX = '506f727463756c6c6973';

/**
 * May a rule be for this source? Only in the form in which ufw keeps it: what it would write otherwise is not found again,
 * and passes for the work of another program. inet_ntop(3), which ufw prints with, ends IPv6 addresses that hold an IPv4
 * one in its form.
 */
export const isSource = (text: string): boolean =>
  text === 'any' || (isPlainNetwork(text) && !/^::(ffff:)?[0-9a-f]+:[0-9a-f]+(\/|$)/.test(text));

/** The rule in ufw's full syntax, without a comment: what follows `ufw delete` or `ufw insert N`. */
function ruleWords(tuple: UfwTuple): readonly string[] {
  const words: string[] = tuple.route ? ['route', tuple.action] : [tuple.action];
  if (tuple.interfaceIn !== null) words.push('in', 'on', tuple.interfaceIn);
  if (tuple.interfaceOut !== null) words.push('out', 'on', tuple.interfaceOut);
  if (tuple.interfaceIn === null && tuple.interfaceOut === null && !tuple.route) words.push(tuple.direction);
  if (tuple.log !== null) words.push(tuple.log);
  const hasApp = tuple.dapp !== null || tuple.sapp !== null;
  if (tuple.protocol !== 'any' && !hasApp) words.push('proto', tuple.protocol);
  for (const [word, address, port, profile] of [
    ['from', tuple.src, tuple.sport, tuple.sapp],
    ['to', tuple.dst, tuple.dport, tuple.dapp],
  ] as const) {
    words.push(word, address);
    if (profile !== null) words.push('app', profile);
    else if (port !== 'any') words.push('port', port);
  }
  return words;
}

/** A comment as people wrote it, or null where ufw's own command would not take it like that. */
export function commentText(hex: string): string | null {
  if (hex.length % 2 === 1) return null;
  try {
    const text = decodeURIComponent(hex.replace(/../g, '%$&'));
    // ufw takes these words for a part of the rule, wherever they stand.
    return /['\0]|^(in|out|log|log-all)$/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function insertWords(tuple: UfwTuple, number: number | null): readonly string[] {
  const comment = tuple.comment === null ? null : commentText(tuple.comment);
  return [
    ...(number === null ? [] : ['insert', String(number)]),
    ...ruleWords(tuple),
    ...(comment === null ? [] : ['comment', comment]),
  ];
}

function deleteWords(tuple: UfwTuple): readonly string[] {
  const words = ruleWords(tuple);
  return tuple.route ? ['route', 'delete', ...words.slice(1)] : ['delete', ...words];
}

/** The commands of one operation. `ufw-restore` is done by the helper itself; its commands are what it amounts to. */
export function commandsOf(operation: UfwOperation): readonly (readonly string[])[] {
  switch (operation.kind) {
    case 'ufw-delete':
      return [['ufw', ...deleteWords(operation.tuple)]];
    case 'ufw-prepend': {
      const { action, protocol, port, from, families } = operation;
      const sources = from === 'any' ? (families.length === 2 ? ['any'] : families.map((f) => ANYWHERE[f])) : [from];
      return sources.map((source) => [
        'ufw',
        'prepend',
        action,
        'in',
        'proto',
        protocol,
        'from',
        source,
        'to',
        'any',
        'port',
        String(port),
        'comment',
        OUR_COMMENT,
      ]);
    }
    case 'ufw-insert':
      return [['ufw', ...insertWords(operation.tuple, operation.number)]];
    case 'ufw-enable':
      return [['ufw', '--force', 'enable']];
    case 'ufw-disable':
      return [['ufw', '--force', 'disable']];
    case 'ufw-restore':
      return [
        ...(operation.disable ? [['ufw', '--force', 'disable']] : []),
        ['cp', '-p', 'SAVED/user.rules', 'SAVED/user6.rules', 'SAVED/ufw.conf', '/etc/ufw/'],
        ...(operation.disable
          ? []
          : [
              ['iptables-restore', '-n', '/etc/ufw/user.rules'],
              ['ip6tables-restore', '-n', '/etc/ufw/user6.rules'],
            ]),
      ];
  }
}

/** The rule in words that people know from `ufw status`: `allow 3000/tcp`, `deny from 10.0.0.0/8 to any port 80,443 proto tcp`. */
export function ruleText(tuple: UfwTuple): string {
  const plain =
    tuple.src === ANYWHERE[tuple.family] &&
    tuple.dst === ANYWHERE[tuple.family] &&
    tuple.sport === 'any' &&
    tuple.sapp === null &&
    tuple.interfaceIn === null &&
    tuple.interfaceOut === null &&
    tuple.dport !== 'any';
  const head = [tuple.route ? 'route' : [], tuple.action, tuple.direction === 'out' && plain ? 'out' : []].flat();
  if (plain) {
    const port = tuple.dapp ?? `${tuple.dport}${tuple.protocol === 'any' ? '' : `/${tuple.protocol}`}`;
    return [...head, ...(tuple.log === null ? [] : [tuple.log]), port].join(' ');
  }
  const any = (address: string) => (address === ANYWHERE[tuple.family] ? 'any' : address);
  const side = (word: string, address: string, port: string, profile: string | null) => {
    const end = profile !== null ? ['app', profile] : port !== 'any' ? ['port', port] : [];
    return any(address) === 'any' && end.length === 0 ? [] : [word, any(address), ...end];
  };
  const words = [
    ...head,
    ...(tuple.interfaceIn === null ? [] : ['in', 'on', tuple.interfaceIn]),
    ...(tuple.interfaceOut === null ? [] : ['out', 'on', tuple.interfaceOut]),
    ...(tuple.direction === 'out' && tuple.interfaceOut === null ? ['out'] : []),
    ...(tuple.log === null ? [] : [tuple.log]),
    ...side('from', tuple.src, tuple.sport, tuple.sapp),
    ...side('to', tuple.dst, tuple.dport, tuple.dapp),
  ];
  if (words.length === head.length) words.push('to', 'any');
  if (tuple.protocol !== 'any' && tuple.dapp === null && tuple.sapp === null) words.push('proto', tuple.protocol);
  return words.join(' ');
}
