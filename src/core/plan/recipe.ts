/**
 * Choices turned into typed operations on ufw, by the rules that its `prepend` really follows: a rule that differs only
 * in its action must be gone first, or ufw skips the new one and says nothing.
 */
import type { AddressSet } from '../address.ts';
import { formatAddress, setOf } from '../address.ts';
import { intersect, minus, normalize, union } from '../intervals.ts';
import type { Audience, Family, InterfaceKind, Operation, Report, Target, UfwTuple } from '../model.ts';
import { ufw } from '../firewalls/registry.ts';
import { listenersOn, waysIn } from './reach-sets.ts';

const familiesOf = (state: ufw.UfwState): readonly Family[] => (state.ipv6 === true ? [4, 6] : [4]);

/** Interfaces whose networks are places of their own, not the network that somebody means by "this network". */
const APART: ReadonlySet<InterfaceKind> = new Set(['loopback', 'vpn', 'tailnet', 'container']);

/** Sources that belong to the attached networks, or to any private network where only the internet is shut out. */
export function spared(report: Report, audience: Audience, family: Family): AddressSet {
  if (audience === 'everyone') return [];
  const attached = report.interfaces
    .filter(({ kind }) => (audience === 'internet' ? kind !== 'loopback' : !APART.has(kind)))
    .flatMap(({ addresses }) => addresses);
  const ranges =
    audience === 'internet'
      ? ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10', 'fc00::/7', 'fe80::/10']
      : ['fe80::/10'];
  return setOf([...attached, ...ranges], family) ?? [];
}

/** Networks that cover the set exactly. */
export function networksOf(set: AddressSet, family: Family): readonly string[] {
  const width = family === 4 ? 32 : 128;
  return set.flatMap(([first, last]) => {
    const found: string[] = [];
    let from = first;
    while (from <= last) {
      let size = 0;
      while (
        size < width &&
        (from & ((1n << BigInt(size + 1)) - 1n)) === 0n &&
        from + (1n << BigInt(size + 1)) - 1n <= last
      ) {
        size++;
      }
      const address = formatAddress({ family, value: from });
      found.push(size === 0 ? address : `${address}/${width - size}`);
      from += 1n << BigInt(size);
    }
    return found;
  });
}

type Prepend = Operation & { readonly kind: 'ufw-prepend' };

/** The spared sources that get through now, freely or slowed down, as networks; they stay let in the same way. */
function stillLetIn(report: Report, target: Target, audience: Audience, family: Family) {
  const ways = listenersOn(report, target)
    .flatMap((listener) => [...waysIn(listener).values()])
    .filter(({ reach }) => reach.family === family);
  const all = (kind: 'open' | 'limited') => ways.reduce<AddressSet>((sum, way) => union(sum, way[kind]), []);
  const open = all('open');
  const stay = (set: AddressSet, action: 'allow' | 'limit') =>
    networksOf(normalize(intersect(set, spared(report, audience, family))), family).map((from) => ({ from, action }));
  return [...stay(open, 'allow'), ...stay(minus(all('limited'), open), 'limit')];
}

/** The prepend, after the rules that would make ufw skip it. */
function clearedPrepend(tuples: readonly UfwTuple[], prepend: Prepend): readonly Operation[] {
  const stale = prepend.families.flatMap((family) => {
    const added = ufw.prepended(prepend, family);
    return tuples.filter((tuple) => ufw.sameRule(tuple, added));
  });
  return [...stale.map((tuple): Operation => ({ kind: 'ufw-delete', tuple })), prepend];
}

export interface Closing {
  readonly operations: readonly Operation[];
  /** Networks that stay let in, for the warnings. */
  readonly kept: readonly string[];
}

export function closing(state: ufw.UfwState, report: Report, target: Target, audience: Audience): Closing {
  const families = familiesOf(state);
  const deny: Prepend = { kind: 'ufw-prepend', action: 'deny', ...target, from: 'any', families };
  const kept = families.flatMap((family) =>
    stillLetIn(report, target, audience, family).map((network) => ({ ...network, family })),
  );
  return {
    operations: [
      ...clearedPrepend(state.tuples, deny),
      ...kept.flatMap(({ from, action, family }) =>
        clearedPrepend(state.tuples, { kind: 'ufw-prepend', action, ...target, from, families: [family] }),
      ),
    ],
    kept: kept.map(({ from }) => from),
  };
}

const HALVES: Record<Family, readonly string[]> = { 4: ['0.0.0.0/1', '128.0.0.0/1'], 6: ['::/1', '8000::/1'] };

/**
 * The same end without a moment in which the port is open: while a deny is taken away and put first, two halves of the
 * address space stand in for it.
 */
export function covered(state: ufw.UfwState, target: Target, operations: readonly Operation[]): readonly Operation[] {
  const cover = familiesOf(state).flatMap((family) =>
    HALVES[family].map(
      (from): Prepend => ({ kind: 'ufw-prepend', action: 'deny', ...target, from, families: [family] }),
    ),
  );
  const uncover = cover.flatMap((prepend) =>
    prepend.families.map((family): Operation => ({ kind: 'ufw-delete', tuple: ufw.prepended(prepend, family) })),
  );
  return [...cover, ...operations, ...uncover];
}

/** Rules of exactly this port that hold it closed, or that an earlier closing put beside them. */
export function unclosing(state: ufw.UfwState, target: Target): readonly Operation[] {
  return state.tuples
    .filter(
      (tuple) => tuple.dport === String(target.port) && tuple.protocol === target.protocol && tuple.direction === 'in',
    )
    .filter((tuple) => !tuple.route && tuple.dapp === null && tuple.sapp === null && tuple.interfaceIn === null)
    .filter((tuple) => familiesOf(state).includes(tuple.family))
    .filter((tuple) => {
      const closes = tuple.action === 'deny' || tuple.action === 'reject';
      const forAll =
        tuple.src === ufw.ANYWHERE[tuple.family] && tuple.dst === ufw.ANYWHERE[tuple.family] && tuple.sport === 'any';
      return (closes && forAll) || (tuple.comment === ufw.COMMENT_HEX && tuple.action !== 'allow');
    })
    .map((tuple): Operation => ({ kind: 'ufw-delete', tuple }));
}

/** Let everybody in, ahead of every other rule. */
export function opening(state: ufw.UfwState, target: Target): readonly Operation[] {
  return clearedPrepend(state.tuples, {
    kind: 'ufw-prepend',
    action: 'allow',
    ...target,
    from: 'any',
    families: familiesOf(state),
  });
}

/** The rules that open a port for incoming connections, each deleted once. */
export function openingRules(state: ufw.UfwState, target: Target): readonly UfwTuple[] {
  return state.tuples.filter(
    (tuple) =>
      (tuple.action === 'allow' || tuple.action === 'limit') &&
      tuple.direction === 'in' &&
      !tuple.route &&
      tuple.dapp === null &&
      tuple.sapp === null &&
      tuple.dport === String(target.port) &&
      (tuple.protocol === target.protocol || tuple.protocol === 'any') &&
      familiesOf(state).includes(tuple.family),
  );
}
