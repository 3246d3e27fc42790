/** Several firewalls on one machine: each must let a packet pass, so each lets more in than it would alone. */
import { withoutFirewalld } from '../firewalld.ts';
import { firewalldRules } from './firewalld.ts';
import { iptablesRules, legacyRules } from './iptables.ts';
import { nftablesRules } from './nftables.ts';
import type { Random } from './random.ts';
import type { RuleSet } from './rule-set.ts';
import { ufwRules } from './ufw.ts';

const MIXTURES = [
  'ufw and firewalld',
  'firewalld and nftables',
  'ufw and nftables',
  'ufw and legacy iptables',
  'iptables and nftables',
  'all',
] as const;

const merge = (...sets: readonly RuleSet[]): RuleSet => ({
  setup: sets.find((set) => set.setup !== null)?.setup ?? null,
  only: null,
  ufw: sets.find((set) => set.ufw !== null)?.ufw ?? null,
  iptables: sets.find((set) => set.iptables !== null)?.iptables ?? null,
  legacy: sets.find((set) => set.legacy !== null)?.legacy ?? null,
  added: null,
  nftables: sets.find((set) => set.nftables !== null)?.nftables ?? null,
  ...firewalldOf(sets),
  patience: Math.min(...sets.map((set) => set.patience)),
});

const firewalldOf = (sets: readonly RuleSet[]): Pick<RuleSet, 'firewalld'> => {
  const firewalld = sets.find((set) => set.firewalld !== undefined)?.firewalld;
  return firewalld === undefined ? {} : { firewalld };
};

/** A generator for sets of one mixture, on the same ground. */
export function mixtures(ground: Random): (r: Random) => RuleSet {
  const mixture = ground.pick(MIXTURES.filter((name) => withoutFirewalld === null || !name.includes('firewalld')));
  const defaults = { inbound: ground.pick(['allow', 'allow', 'allow', 'deny', 'reject'] as const), ipv6: true };
  return (r) => {
    switch (mixture) {
      case 'ufw and firewalld':
        return merge(ufwRules(r, { ...defaults, inbound: 'allow' }), firewalldRules(r, { backend: 'nftables' }));
      case 'firewalld and nftables':
        return merge(firewalldRules(r, { backend: 'nftables' }), nftablesRules(r, true));
      case 'ufw and nftables':
        return merge(ufwRules(r, defaults), nftablesRules(r, true));
      case 'ufw and legacy iptables':
        return merge(ufwRules(r, defaults), legacyRules(r, true));
      case 'iptables and nftables':
        return merge(iptablesRules(r, true), nftablesRules(r, true));
      case 'all':
        return merge(ufwRules(r, defaults), legacyRules(r, true), nftablesRules(r, true));
    }
  };
}
