/** Kernel rules that firewalld made, in firewalld's words: `zone public: service ssh`, `default of zone public: reject`. */
import type { Deciding } from '../../model.ts';
import type { Chain, Netfilter, Rule } from '../netfilter/model.ts';
import { type Entry, entriesOf } from './entries.ts';
import { type Owner, effectOf, handsOver, ownersOf, visits } from './owners.ts';
import type { FirewalldState } from './read.ts';
import type { Settings } from './settings.ts';
import { sign, signatureOf } from './signature.ts';

/** The same rules; those of firewalld's chains carry their names. Who decides is not changed by it. */
export function nameRules(netfilter: Netfilter, state: FirewalldState | null): Netfilter {
  const owners = ownersOf(netfilter);
  const ours = netfilter.chains.some((chain) => handsOver(chain) !== null || isPanic(chain));
  if (!ours) return netfilter;
  const entries = new Map<string, Lookup>();
  const chains = netfilter.chains.map((chain): Chain => {
    const names = namesFor(chain, owners, state, (owner) => lookup(owner, chain, state, entries));
    if (names.size === 0) return chain;
    const named = new Map(
      [...names].map(([rule, says]): [string, Deciding] => [rule, { firewall: 'firewalld', rule: says }]),
    );
    return { ...chain, named };
  });
  return { ...netfilter, chains };
}

/** The table that drops everything; raw: in panic mode, filter: for the moment of a reload. Source: nftables.py. */
const isPanic = ({ table }: Chain): boolean => table === 'inet firewalld_policy_drop';

/** Not a decision about a port: some rule has sent the packet elsewhere before, its own or Docker's. */
export const FORWARDED = 'connections that a rule forwards';

const titleOf = ({ kind, name }: Owner): string => `${kind} ${name}`;

function namesFor(
  chain: Chain,
  owners: ReadonlyMap<string, Owner>,
  state: FirewalldState | null,
  entriesFor: (owner: Owner) => Lookup,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (isPanic(chain)) {
    return names.set('policy drop', chain.name.startsWith('raw_') ? 'panic mode' : 'closed while firewalld reloads');
  }
  const owner = owners.get(chain.key);
  for (const rule of chain.rules) {
    const name =
      owner !== undefined
        ? nameOf(rule, chain, owner, entriesFor)
        : handsOver(chain) !== null
          ? bindingOf(rule, owners)
          : ownName(rule, chain, owners);
    if (name !== null) names.set(rule.text, name);
  }
  if (chain.base !== null && chain.base.policy === 'drop' && state?.panic === true && chain.backend !== 'nftables')
    names.set('policy drop', 'panic mode');
  return names;
}

function nameOf(rule: Rule, chain: Chain, owner: Owner, entriesFor: (owner: Owner) => Lookup): string | null {
  const effect = effectOf(rule);
  if (effect === null || effect.do === 'jump' || effect.do === 'goto' || effect.do === 'return') return null;
  const title = titleOf(owner);
  if (owner.part === 'target' && rule.statements.length === 1) return `default of ${title}: ${effect.do}`;
  const signature = signatureOf(rule, chain);
  const found = signature === null ? undefined : entriesFor(owner).get(keyOf(owner.part, effect.do, signature));
  return `${title}: ${found ?? plainName(rule, effect.do) ?? rule.text}`;
}

/** What a rule for one port is called where the zone's entries are not known. */
function plainName({ text }: Rule, does: string): string | null {
  const port =
    /^(tcp|udp|sctp|dccp) ([sd])port (\d+(?:-\d+)?) accept$/.exec(text) ??
    /^-A \S+ -p (tcp|udp|sctp|dccp) -m \S+ --([sd])port (\d+(?::\d+)?)(?: -m conntrack --ctstate NEW(?:,UNTRACKED)?)? -j ACCEPT$/.exec(
      text,
    );
  if (port === null || does !== 'accept') return null;
  return `${port[2] === 's' ? 'source-port' : 'port'} ${port[3]?.replace(':', '-')}/${port[1]}`;
}

/** Why a packet belongs to a zone: `zone home: interface eth0`. */
function bindingOf(rule: Rule, owners: ReadonlyMap<string, Owner>): string | null {
  const owner = visits(rule).map((key) => owners.get(key))[0];
  if (owner === undefined || owner.kind === 'policy') return null;
  const by =
    /(?:[io]ifname "?([^" ]+)|(?:^| )-[io] (\S+)|ip6? [sd]addr (\S+)|(?:^| )-[sd] (\S+)|--match-set (\S+))/.exec(
      rule.text,
    );
  const name = by?.[1] ?? by?.[2];
  const address = by?.[3] ?? by?.[4] ?? (by?.[5] === undefined ? undefined : `@${by[5]}`);
  const set = address?.startsWith('@') === true ? `ipset:${address.slice(1)}` : address?.replace(/\/(32|128)$/, '');
  const because =
    name !== undefined ? `interface ${name.replace(/\+$/, '*')}` : set !== undefined ? `source ${set}` : 'default zone';
  return `${titleOf(owner)}: ${because}`;
}

/** Rules that stand in firewalld's own chains, before and after the zones. */
function ownName(rule: Rule, chain: Chain, owners: ReadonlyMap<string, Owner>): string | null {
  if (!isOwn(chain, owners)) return null;
  if (chain.name.endsWith('_direct')) return `direct rule: ${rule.text}`;
  const effect = effectOf(rule)?.do;
  if (effect === 'drop' && /\bfib saddr\b|-m rpfilter/.test(rule.text))
    return 'IPv6_rpfilter: sent from an address that is not reached this way';
  if (effect === 'accept' && /ct status dnat|,DNAT\b/.test(rule.text)) return FORWARDED;
  if (effect === 'drop' && /ct state invalid|--ctstate INVALID/.test(rule.text)) return 'invalid packets are dropped';
  if (effect === 'reject' && /2002:/.test(rule.text)) return 'RFC3964_IPv4: addresses of tunnels are rejected';
  if (effect === 'reject' && rule.statements.length === 1) return 'default: reject';
  return null;
}

/** Built-in and helping chains: of firewalld's table, or of a table of iptables that it has filled. */
function isOwn(chain: Chain, owners: ReadonlyMap<string, Owner>): boolean {
  if (chain.backend === 'nftables') return chain.table.endsWith(' firewalld');
  if (chain.name.endsWith('_direct') || chain.name === 'RFC3964_IPv4') return true;
  return (
    chain.base !== null &&
    chain.rules.some((rule) => visits(rule).some((key) => key.endsWith('_ZONES') && owners.size > 0))
  );
}

// ---------------------------------------------------------------- entries by what they ask

type Lookup = ReadonlyMap<string, string>;

const keyOf = (part: string, does: string, signature: string): string => `${part} ${does} ${signature}`;

function lookup(owner: Owner, chain: Chain, state: FirewalldState | null, known: Map<string, Lookup>): Lookup {
  const families = chain.families.length > 1 ? 'both' : String(chain.families[0]);
  const key = `${titleOf(owner)} ${families}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const settings: Settings | undefined = (owner.kind === 'zone' ? state?.zones : state?.policies)?.get(owner.name);
  const made = new Map<string, string>();
  for (const entry of settings === undefined || state === null ? [] : entriesOf(settings, state.services)) {
    for (const signature of signaturesOf(entry, chain)) {
      const at = keyOf(entry.part, entry.does, signature);
      // firewalld makes equal rules once: the first entry gives them their name.
      if (!made.has(at)) made.set(at, entry.text);
      if (entry.does === 'redirect') made.set(keyOf(entry.part, 'dnat', signature), entry.text);
    }
  }
  known.set(key, made);
  return made;
}

const signaturesOf = ({ asks }: Entry, { families }: Chain): readonly string[] =>
  asks.flatMap(({ tests, named }) => sign(tests, families, named) ?? []);
