/**
 * Rules that nft added to a table of iptables. `iptables-save` 1.8.9 leaves out what it has no word for, without saying
 * so: `tcp dport { 80, 443 } accept` is printed as `-p tcp -j ACCEPT` (seen). Those rules are read from what nft prints.
 */
import type { Family } from '../../model.ts';
import type { Chain, Rule } from './model.ts';
import { type Json, type NftRuleset, isObject, scalar } from './nft-json.ts';
import { readNftRule } from './nft-rule.ts';

/** The chain with those rules as nft tells them; null: it has such rules, and it cannot be told which ones they are. */
export function withNftRules(chain: Chain, family: Family, nft: NftRuleset): Chain | null {
  const place = family === 4 ? 'ip' : 'ip6';
  const same = nft.chains.find(
    ({ family: of, table, name }) => of === place && table === chain.table && name === chain.name,
  );
  if (same === undefined || same.rules.every(({ expressions }) => expressions.every(isOfIptables))) return chain;
  // Both print the same rules in the same order.
  if (same.rules.length !== chain.rules.length) return null;
  const keyOf = (name: string): string => chain.key.slice(0, chain.key.lastIndexOf('/') + 1) + name;
  const context = {
    families: [family],
    chainKey: (name: string) =>
      nft.chains.some((other) => other.table === chain.table && other.name === name) ? keyOf(name) : undefined,
    setNamed: (name: string) => nft.sets.get(`${place} ${chain.table} ${name}`),
  };
  const rules = chain.rules.map((rule, at): Rule => {
    const { expressions = [], comment = null } = same.rules[at] ?? {};
    return expressions.every(isOfIptables) ? rule : readNftRule(expressions, comment, context);
  });
  return { ...chain, rules };
}

/** What iptables itself never makes of a rule: sets, maps, and keys that it has no option for. */
const NOT_OF_IPTABLES = /"(set|map|vmap|meter|fib|ct|rt|socket|numgen|jhash|symhash|osf|exthdr|tcp option)":|"@/;
const META: ReadonlySet<string> = new Set([
  'l4proto',
  'protocol',
  'nfproto',
  'iifname',
  'oifname',
  'iif',
  'oif',
  'mark',
  'pkttype',
]);
const PAYLOAD =
  /^(ip (saddr|daddr|protocol|frag-off|ttl)|ip6 (saddr|daddr|nexthdr|hoplimit)|(tcp|udp|udplite|sctp|dccp) (sport|dport)|tcp flags|icmp(v6)? (type|code)|ether saddr)$/;

/** Could iptables have made this part of a rule, so that `iptables-save` knows how to print it? */
function isOfIptables(json: Json): boolean {
  if (!isObject(json)) return false;
  const { match } = json;
  if (match === undefined) return !NOT_OF_IPTABLES.test(JSON.stringify(json));
  if (!isObject(match) || NOT_OF_IPTABLES.test(JSON.stringify(match))) return false;
  const { left, op } = match;
  const masked = isObject(left) ? left['&'] : undefined;
  const key = Array.isArray(masked) ? (masked[0] as Json) : left;
  if (!isObject(key)) return false;
  const { meta, payload } = key;
  // `--dport :443` becomes `tcp dport <= 443`, and all four are printed as ranges again (seen).
  const isPort = isObject(payload) && /^[sd]port$/.test(scalar(payload['field']));
  // Of a range of addresses or protocols iptables prints the first alone: `-s 192.168.77.5` (seen).
  if (!isPort && isObject(match['right']) && match['right']['range'] !== undefined) return false;
  if (!['==', '!=', 'in', '!', ...(isPort ? ['<', '<=', '>', '>='] : [])].includes(scalar(op))) return false;
  if (isObject(meta)) return META.has(scalar(meta['key']));
  return isObject(payload) && PAYLOAD.test(`${scalar(payload['protocol'])} ${scalar(payload['field'])}`);
}
