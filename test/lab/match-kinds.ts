/** The kinds of match that a rule is made of, by their names in the manuals: `-s`, `! --dports`, `ip saddr !=`. */

/** Options of iptables that test a packet. Others (`--to-ports`, `--log-prefix`) belong to targets. */
const TESTS =
  /(?<not>! )?(?<option>-[psdiof]|-m (?:rpfilter|hashlimit|connlimit|statistic|quota|owner|helper|rt|frag|icmp6?)|--(?:mark|[sd]ports?|ports|ctstate|ctstatus|ctorig(?:src|dst)(?:port)?|ctrepl(?:src|dst)(?:port)?|ctproto|ctdir|state|src-range|dst-range|src-type|dst-type|limit-iface-in|pkt-type|match-set|set|loose|validmark|accept-local|invert|tcp-flags|limit|hitcount|comment))(?= |$)/g;
const TARGETS =
  /-j (?<target>CT --notrack|CT --zone|CT --helper|ACCEPT|DROP|NOTRACK|REDIRECT|DNAT|SNAT|MASQUERADE|MARK|CONNMARK|REJECT|RETURN|LOG|NFLOG)|(?<goto>-g) /g;
const SPREAD = /-j (REDIRECT --to-ports \d+-|DNAT --to-destination (\S+-|\S+:\d+-))/;
const HOLED = /-[sd] [\d.:a-f]+\/(?!255\.)[\da-f]*[.:]|-[sd] \S+\/255\.0\.(0\.255|255)/;

/** Expressions of nft that test a packet, and what is done with the value. */
const EXPRESSIONS =
  /(?<expression>(?:tcp|udp|th|sctp|dccp) [sd]port|tcp flags|ct (?:state|status|direction|mark|l3proto|protocol|helper|(?:original|reply) (?:ip6? [sd]addr|proto-(?:src|dst)))|ip6? (?:[sd]addr|protocol|nexthdr|version)|[io]ifname|[io]if|meta (?:l4proto|nfproto|protocol|mark|pkttype|random)|fib [sd]addr(?:[,.\w ]*?) (?:type|oif(?:name)?)|(?:ah|esp) spi|icmp(?:v6)? (?:type|code))(?<more>[^;]*?)(?= \{"| (?:tcp|udp|th|ip|ip6|[io]ifname|[io]if|meta|ct|fib|limit|counter|accept|drop|reject|jump|goto|return|log|comment|redirect|dnat)\b|$)/g;

/** Statements and forms, as the reader prints them: by their JSON where it has no words. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/ vmap /, 'vmap'],
  [/ @\w/, '@set'],
  [/(?<!vmap )(?<!map )\{ /, '{ … }'],
  [/ \. /, 'a . b'],
  [/\bredirect to :\d+$/, 'redirect'],
  [/\bredirect to :\d+-/, 'redirect to a range'],
  [/\bredirect to :\{"map"/, 'redirect to a map'],
  [/\bdnat to (?!.*")[^-]*$/, 'dnat'],
  [/\bdnat to [^{]*-/, 'dnat to a range'],
  [/\bdnat to \{"map"/, 'dnat to a map'],
  [/\bsnat to\b/, 'snat'],
  [/\bmasquerade\b/, 'masquerade'],
  [/\bjump\b/, 'jump'],
  [/\bgoto\b/, 'goto'],
  [/\breturn$/, 'return'],
  [/\baccept$/, 'accept'],
  [/\bdrop$/, 'drop'],
  [/\bnotrack\b/, 'notrack'],
  [/\{"reject":(null|\{"type":"icmp)/, 'reject with icmp'],
  [/\{"reject":\{"type":"tcp reset"/, 'reject with tcp reset'],
  [/\{"set":\{"op":"(add|update)"(?!.*"stmt")/, 'add @set'],
  [/\{"set":\{"op":"(add|update)".*"stmt"/, 'add @set { limit }'],
  [/\{"meter":/, 'meter'],
  [/\{"ct count":/, 'ct count'],
  [/\{"quota":/, 'quota'],
  [/\{"numgen":/, 'numgen'],
  [/(?<!"stmt":\[?)\{"limit":\{"rate":\d+,"burst":\d+,"per":"\w+","rate_unit"/, 'limit rate by bytes'],
  [/(?<!"stmt":\[?)\{"limit":\{"rate":(?!.*"rate_unit")/, 'limit rate'],
  [/\{"mangle":\{"key":\{"ct":\{"key":"mark"/, 'ct mark set'],
  [/\{"mangle":\{"key":\{"meta":\{"key":"mark"/, 'meta mark set'],
  [/\{"mangle":\{"key":\{"(meta|ct)":\{"key":"mark"\}\},"value":\{"map"/, 'mark set from a map'],
  [/\{"mangle":\{"key":\{"ct":\{"key":"zone"/, 'ct zone set'],
  [/\{"mangle":\{"key":\{"payload":.*"field":"dscp"/, 'ip dscp set'],
  [/\{"mangle":\{"key":\{"tcp option"/, 'tcp option set'],
  [/\{"flow":/, 'flow add'],
];

export function matchKinds(rule: string): string[] {
  if (rule.startsWith('policy ')) return [];
  if (!rule.startsWith('-')) return nftKinds(rule);
  const kinds: string[] = [];
  const bare = rule
    .replace(/--comment ("(\\.|[^"])*"|\S+)/g, '--comment x')
    .replace(/--log-prefix ("(\\.|[^"])*"|\S+)/, '')
    // As the others print it, with the word before the module's name.
    .replace(/-m (connmark|helper) ! --\w+/, '! -m $1')
    .replace('-m connmark --mark', '-m connmark');
  for (const { groups } of bare.replace(/^-A \S+/, '').matchAll(TESTS)) {
    kinds.push(`${groups?.['not'] ?? ''}${groups?.['option']}`);
  }
  for (const [, not = ''] of bare.matchAll(/(! )?-m connmark/g)) kinds.push(`${not}-m connmark --mark`);
  if (HOLED.test(bare)) kinds.push('-s a/mask with holes');
  for (const { groups } of bare.matchAll(TARGETS)) kinds.push(groups?.['goto'] ?? `-j ${groups?.['target']}`);
  if (SPREAD.test(bare)) kinds.push('-j REDIRECT, DNAT to a range');
  return kinds;
}

/** `{"&":[{"ct":{"key":"mark"}},1]}` -> `ct mark & 1`. */
const inWords = (rule: string): string =>
  rule
    .replace(/comment ".*"/, '')
    .replace(/\{"&":\[\{"(meta|ct)":\{"key":"(\w+)"\}\},("[^"]*"|\[[^\]]*\]|\d+)\]\}/g, '$1 $2 & $3')
    .replace(
      /\{"&":\[\{"payload":\{"protocol":"(\w+)","field":"(\w+)"\}\},("[^"]*"|\[[^\]]*\]|\d+)\]\}/g,
      '$1 $2 & $3',
    );

function nftKinds(rule: string): string[] {
  const bare = inWords(rule);
  const kinds: string[] = [];
  for (const { groups } of bare.matchAll(EXPRESSIONS)) {
    const more = groups?.['more'] ?? '';
    const form = / & /.test(more) ? ' &' : /^ [<>]/.test(more) ? ' <' : '';
    kinds.push(`${groups?.['expression']}${form}${more.includes('!=') ? ' !=' : ''}`);
  }
  return [...new Set([...kinds, ...FORMS.filter(([form]) => form.test(bare)).map(([, kind]) => kind)])];
}
