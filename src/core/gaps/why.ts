/** Why it is not known, and why something is unknown, in English. */
import { addressesText, asksOf, askText } from './asks.ts';
import type { Fault, GapWhy, Reason } from './meaning.ts';
import { whatText } from './what.ts';

/** `1 line`, `2 lines`. */
const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

const OSQUERY: Record<Extract<GapWhy, { kind: 'osquery' }>['of'], string> = {
  rules: 'osquery shows only a part of them',
  query: 'what the query of osquery left out is not in its log',
  start: 'the log of osquery does not go back to the first result',
  table: 'they are not in what osquery logged',
  places: 'osquery lists those of containers with them, and does not say which are',
};

const WSL_FILTER = {
  off: 'the Hyper-V firewall is off for it',
  allows: 'the Hyper-V firewall lets in to it whatever no rule blocks',
  blocks: 'the Hyper-V firewall, not Windows Firewall, decides who reaches it',
  unknown: 'what the Hyper-V firewall does there is not known',
} as const;

export function whyText(why: GapWhy): string {
  switch (why.kind) {
    case 'missing':
      return 'the program or file is not there';
    case 'refused':
      return 'needs administrator rights';
    case 'timeout':
      return 'it took too long and was ended';
    case 'killed':
      return 'it was ended by a signal';
    case 'too-large':
      return 'it printed more than can be taken in';
    case 'failed':
      return `it reported an error${why.said === '' ? '' : `: ${why.said}`}`;
    case 'not-gathered':
      return 'it was not gathered';
    case 'nonsense':
      return 'they make no sense';
    case 'netstat-blind':
      return 'netstat does not tell, and ss is not installed';
    case 'ended-early':
      return 'it ended before it was through';
    case 'nft-missing':
      return 'the kernel holds nftables rules and the program nft is not installed';
    case 'dormancy':
      return 'this version of nft does not tell whether the table is dormant';
    case 'iptables-only':
      return 'nft holds rules that only iptables can show in full';
    case 'not-nftables':
      return 'they are not nftables’ (FirewallBackend in /etc/firewalld/firewalld.conf)';
    case 'written-by-others':
      return 'it holds what Portcullis did not write';
    case 'would-be-lost':
      return 'it is not what Portcullis’s file says, so it would be lost with a change';
    case 'not-shown':
      return 'they are judged, but this version does not list them';
    case 'setting-invalid':
      return 'the setting is missing or not valid';
    case 'file-cut':
      return 'the file is cut off';
    case 'file-damaged':
      return 'its file is damaged';
    case 'file-unreadable':
      return 'its file cannot be read';
    case 'depends-on-vrf':
      return 'which sockets get its packets depends on more than rules';
    case 'chooses-socket':
      return 'it chooses which socket gets a packet';
    case 'decides-beside':
      return 'it decides beside the rules, and may drop packets';
    case 'sees-program':
      return 'it sees what comes in for this program, and may drop it';
    case 'drops-some':
      return 'they see packets before the rules do, and drop some';
    case 'drops-source':
      return 'it drops what comes from there';
    case 'leads-to-name':
      return 'they lead to a name, which may be this computer';
    case 'address-of-none':
      return 'ports are in use at an address that none of the adapters has';
    case 'only-ipsec':
      return 'only what comes through IPsec gets past it';
    case 'sees-answers':
      return `${why.many ? 'they see' : 'it sees'} the answers of this computer, and may drop them`;
    case 'sees-packets':
      return `${why.many ? 'they see' : 'it sees'} packets before the rules do, and may drop or change them`;
    case 'acts-before':
      return `they act before the ordinary rules, ${why.at === 'bridge' ? 'in the bridge' : 'on the network device'} itself`;
    case 'garbled':
      return `what ${why.by} ${why.by === 'firewalld' ? 'answered' : 'printed'} could not be understood`;
    case 'lines-garbled':
      return `${count(why.count, 'line')}${why.of === null ? '' : ` of ${why.of}`} could not be understood`;
    case 'settings-refused':
      return `${count(why.count, 'setting')} could not be read`;
    case 'complained':
      return `${why.program} said: ${why.said}`;
    case 'osquery':
      return OSQUERY[why.of];
    case 'no-force':
      return why.other === null
        ? 'its service (mpssvc) does not run, so nobody knows what is filtered'
        : `another firewall has taken its place: ${why.other}`;
    case 'within-wsl':
      return `what listens within Linux (WSL) ${why.sure ? 'is' : 'may be'} at this computer’s own addresses (mirrored networking), and Windows does not list it; ${WSL_FILTER[why.filter ?? 'unknown']}`;
    case 'gave-up':
    case 'message':
      return why.said;
    case 'not-whole':
      return `what ${why.program} printed is not whole: ${faultText(why.fault)}`;
    case 'nft-in-chain':
      return `chain ${why.chain} holds rules of nft that iptables cannot show`;
    case 'legacy-loaded':
      return `legacy tables are loaded, but: ${whyText(why.why)}`;
    case 'ufw-line':
      return `the line is not one that ufw understands: ${why.line}`;
    case 'undecided':
      return reasonText(why.reason);
  }
}

function faultText(fault: Fault): string {
  switch (fault.kind) {
    case 'unfinished-table':
      return `table ${fault.table} is not finished`;
    case 'missing-table':
      return `table ${fault.table} is missing`;
    case 'garbled':
      return `not understood: ${fault.line}`;
    case 'stray-commit':
      return 'COMMIT without a table';
    case 'cut-line':
      return 'the last line is not whole';
  }
}

export function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case 'unread':
      return `${whatText(reason.what)}: ${whyText(reason.why)}`;
    case 'rule':
      return reason.text;
    case 'set-grows':
      return `the set ${reason.set}, which rules add to`;
    case 'set-full':
      return `${reason.text}, and the ${reason.of} is full`;
    case 'set-unread':
      return `${reason.text} (the set ${reason.set} was not read: sudo ipset save)`;
    case 'source-type':
      return `source type ${reason.types.join(',')}`;
    case 'ct-status':
      return `ct status ${reason.statuses.join(',')}`;
    case 'nested':
      return `chain ${reason.chain} is nested too deep`;
    case 'chain-unread':
      return `chain ${reason.chain} was not read`;
    case 'no-interface':
      return `there is no interface ${reason.interface}`;
    case 'network-kind':
      return `what kind of network ${reason.interface} is on (public, private or domain)`;
    case 'application':
      return applicationText(reason);
    case 'holder':
      return holderText(reason);
    case 'asks':
      return asksText(reason);
    case 'hidden-family':
      return 'ct protocol (nft does not print for which family)';
    case 'tracking':
      return 'whether the kernel follows connections, without which nat chains are passed by';
    case 'chain-order':
      return 'which of several chains with the same priority comes first';
    case 'sent-somewhere':
      return 'it is not known where this rule sends packets';
    case 'several-places':
      return 'which of several places the kernel sends a packet to';
    case 'route-localnet':
      return 'whether loopback may be spoken to from outside (route_localnet) was not read';
    case 'forwarding':
      return 'whether this computer passes packets on (forwarding) was not read';
    case 'tangled':
      return 'the rules are too tangled to follow';
    case 'rewritten-source':
      return 'the source, which a rule on the way in has rewritten';
    case 'mark':
      return 'the mark is set by a rule that cannot be followed';
    case 'source-bits':
      return 'some bits of the source alone';
    case 'answers':
      return 'how answers to the source would leave';
    case 'answers-unread':
      return 'how answers to the source would leave: the rules of policy routing (ip rule) were not read';
    case 'policy-routing':
      return 'the rules of policy routing (ip rule) were not read';
    case 'source-port':
      return 'it depends on the source port';
    case 'takes-ipv4':
      return 'it is not known whether this socket takes IPv4 too';
    case 'no-address':
      return 'the question holds something that is not an address';
    case 'two-families':
      return 'source and destination are not of the same family';
  }
}

/** How many rules are named of many. */
const NAMED = 2;

/** `“A”`, `3 rules, “A”, “B” and 1 more`; `what`: which kind of rules. */
function rulesText(rules: readonly string[], what: string, [before, after] = [' (', ')']): string {
  const named = rules.slice(0, rules.length === NAMED + 1 ? NAMED + 1 : NAMED).map((rule) => `“${rule}”`);
  const more = rules.length - named.length;
  if (rules.length < 2) return named.join('');
  const last = more > 0 ? `${more} more` : (named.pop() ?? '');
  return `${rules.length} ${what}${before}${named.join(', ')} and ${last}${after}`;
}

function holderText({ rules, apps }: Extract<Reason, { kind: 'holder' }>): string {
  const which = apps ? 'rules for apps (packages)' : 'rules for some programs';
  if (rules.length > 1)
    return `${rulesText(rules, which, [', ', ''])}: whether the program that listens is one of them is not known`;
  return apps
    ? `${rulesText(rules, which)}: it is for an app (a package), and whether the program that listens is that one is not known`
    : `${rulesText(rules, which)}: it is for some programs, and whether the one that listens is among them is not known`;
}

function asksText({ rules, asks }: Extract<Reason, { kind: 'asks' }>): string {
  const all = asksOf(asks);
  const said = all.map(askText).join(' and ');
  if (rules.length === 0)
    return all
      .map((ask) => (ask.about === 'addresses' ? `which addresses are meant by ${addressesText(ask)}` : askText(ask)))
      .join('; ');
  // What is not understood is told as it stands there.
  if (all.every(({ about }) => about === 'other'))
    return `${rulesText(rules, 'rules')}: ${all.map(askText).join(', ')}`;
  return `${rulesText(rules, 'rules')} ${rules.length === 1 ? 'asks' : 'ask'} for ${said}, and whether that holds is not known`;
}

function applicationText({ about, program }: Extract<Reason, { kind: 'application' }>): string {
  const which = program ?? 'a program that is not known';
  switch (about) {
    case 'signed':
      return `the application firewall lets in signed programs by itself, and whether ${which} is one is not known`;
    case 'asks':
      return `the application firewall has no entry for ${which}: it asks, and what was answered is not known`;
    case 'program':
      return `whether an entry of the application firewall is for ${which} is not known`;
    case 'essential':
      return `the application firewall blocks all but basic services of the system, and ${which} may be one`;
  }
}
