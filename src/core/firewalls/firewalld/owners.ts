/**
 * Whose kernel chain it is: a zone's, a policy's, or firewalld's own.
 *
 * The names alone do not tell: a zone may be called `home_allow`, and with the iptables backend policies have no mark. So
 * the chains that hand packets to zones and policies are read: `filter_INPUT_ZONES` goes to `filter_IN_home`, which visits
 * `filter_IN_home_pre`, `_log`, `_deny`, `_allow` and `_post`. Layout seen with firewalld 0.9 to 1.3; fw_policy.py,
 * nftables.py and ipXtables.py make it.
 */
import type { Chain, Effect, Netfilter, Rule } from '../netfilter/model.ts';

export interface Owner {
  readonly kind: 'zone' | 'policy';
  readonly name: string;
  /** `target`: the chain itself, which ends with what happens to the rest. */
  readonly part: 'target' | 'pre' | 'log' | 'deny' | 'allow' | 'post';
}

/** Chains that hand over, and what they hand over to. */
const ZONES = /(?:^|_)(?:INPUT|FORWARD(?:_IN|_OUT)?|OUTPUT|PREROUTING|POSTROUTING)_ZONES(?:_SOURCE|_IFACES)?$/;
const POLICIES = /(?:^|_)(?:INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)_POLICIES_(?:pre|post)$/;
const TARGET = /^(?:(?:filter|nat|mangle|raw)_)?(?:IN|FWD[IO]?|OUT|PRE|POST)_(.+)$/;
const PARTS = ['pre', 'log', 'deny', 'allow', 'post'] as const;

export const handsOver = ({ name }: Chain): Owner['kind'] | null =>
  ZONES.test(name) ? 'zone' : POLICIES.test(name) ? 'policy' : null;

/** The owners of chains, by the chains' keys. */
export function ownersOf({ chains }: Netfilter): ReadonlyMap<string, Owner> {
  const byKey = new Map(chains.map((chain) => [chain.key, chain]));
  const owners = new Map<string, Owner>();
  for (const chain of chains) {
    const kind = handsOver(chain);
    if (kind === null) continue;
    for (const key of chain.rules.flatMap(visits)) {
      const target = byKey.get(key);
      const found = TARGET.exec(target?.name ?? '')?.[1];
      if (target === undefined || found === undefined) continue;
      const name = kind === 'policy' && target.backend === 'nftables' ? found.replace(/^policy_/, '') : found;
      owners.set(key, { kind, name, part: 'target' });
      for (const part of PARTS) owners.set(`${key}_${part}`, { kind, name, part });
    }
  }
  return owners;
}

/** The chain that a rule sends packets to, if it does. */
export function visits(rule: Rule): readonly string[] {
  const effect = effectOf(rule);
  return effect?.do === 'jump' || effect?.do === 'goto' ? [effect.chain] : [];
}

/** What a rule does in the end; null: nothing, or more than one thing. */
export function effectOf(rule: Rule): Effect | null {
  const last = rule.statements.at(-1);
  return last?.kind === 'effect' ? last.effect : null;
}
