/** The kinds of match that a rule is made of, by their names in the manuals: `-s`, `! --dports`, `ip saddr !=`. */

/** Options of iptables that test a packet. Others (`--to-ports`, `--log-prefix`) belong to targets. */
const TESTS =
  /(?<not>! )?(?<option>-[psdi]|-m rpfilter|--(?:[sd]ports?|ports|ctstate|ctorigdstport|ctorigdst|ctproto|ctdir|state|src-range|dst-range|src-type|dst-type|mark|pkt-type|match-set|loose|validmark|accept-local|invert|tcp-flags|limit|hitcount|comment))(?= |$)/g;
const TARGETS = /-j (?<target>REDIRECT|DNAT|MARK|CT|REJECT|RETURN|LOG|NFLOG)|(?<goto>-g) /g;

/** Expressions of nft that test a packet, and what is done with the value. */
const EXPRESSIONS =
  /(?<expression>(?:tcp|udp|th) [sd]port|tcp flags|ip6? [sd]addr|iifname|iif|meta (?:l4proto|nfproto|mark|pkttype)|ct (?:state|status|direction|mark|original (?:ip6? daddr|proto-dst))|fib [sd]addr(?:[,.\w ]*?) (?:type|oif(?:name)?)|limit rate)(?<more>[^;]*?)(?= \{"| (?:tcp|udp|th|ip|ip6|iifname|iif|meta|ct|fib|limit|counter|accept|drop|reject|jump|goto|return|log|comment|redirect|dnat)\b|$)/g;

export function matchKinds(rule: string): string[] {
  if (rule.startsWith('policy ')) return [];
  if (!rule.startsWith('-')) return nftKinds(rule);
  const kinds: string[] = [];
  const bare = rule
    .replace(/--comment ("(\\.|[^"])*"|\S+)/g, '--comment x')
    .replace(/--log-prefix ("(\\.|[^"])*"|\S+)/, '');
  for (const { groups } of bare.replace(/^-A \S+/, '').matchAll(TESTS)) {
    kinds.push(`${groups?.['not'] ?? ''}${groups?.['option']}`);
  }
  for (const { groups } of bare.matchAll(TARGETS)) kinds.push(groups?.['goto'] ?? `-j ${groups?.['target']}`);
  return kinds;
}

function nftKinds(rule: string): string[] {
  const bare = rule.replace(/comment ".*"/, '');
  const kinds: string[] = [];
  for (const { groups } of bare.matchAll(EXPRESSIONS)) {
    kinds.push(`${groups?.['expression']}${groups?.['more']?.includes('!=') ? ' !=' : ''}`);
  }
  const forms: readonly (readonly [RegExp, string])[] = [
    [/ vmap /, 'vmap'],
    [/@/, '@set'],
    [/(?<!vmap )(?<!map )\{ /, '{ … }'],
    [/ \. /, 'a . b'],
    [/\bredirect\b/, 'redirect'],
    [/\bdnat to\b/, 'dnat'],
    [/\bgoto\b/, 'goto'],
    [/\breturn$/, 'return'],
    [/\bnotrack\b/, 'notrack'],
  ];
  return [...kinds, ...forms.filter(([form]) => form.test(bare)).map(([, kind]) => kind)];
}
