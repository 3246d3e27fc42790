/**
 * Rules as people and ufw write them, in the form in which `iptables-save` prints them: addresses first, matches named,
 * numbers for names, defaults left out or filled in. What is not known here is passed on as it stands.
 */
import type { Family } from '../../model.ts';

/** Words of a rule; quoted ones keep no quotes. */
export function words(line: string): readonly string[] {
  const found: string[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+)/g;
  for (const match of line.matchAll(pattern)) {
    const [, double, single, plain] = match;
    found.push(plain ?? (double ?? single ?? '').replace(/\\(.)/g, '$1'));
  }
  return found;
}

const quoted = (text: string): string => (/^[^\s"'\\]+$/.test(text) ? text : `"${text.replace(/(["'\\])/g, '\\$1')}"`);

const ICMP: Record<string, string> = {
  any: 'any',
  'echo-reply': '0',
  'destination-unreachable': '3',
  'source-quench': '4',
  redirect: '5',
  'echo-request': '8',
  'router-advertisement': '9',
  'router-solicitation': '10',
  'time-exceeded': '11',
  'parameter-problem': '12',
  'timestamp-request': '13',
  'timestamp-reply': '14',
};
const ICMP6: Record<string, string> = {
  'destination-unreachable': '1',
  'packet-too-big': '2',
  'time-exceeded': '3',
  'parameter-problem': '4',
  'echo-request': '128',
  'echo-reply': '129',
  'router-solicitation': '133',
  'router-advertisement': '134',
  'neighbor-solicitation': '135',
  'neighbour-solicitation': '135',
  'neighbor-advertisement': '136',
  'neighbour-advertisement': '136',
  redirect: '137',
};
const PROTOCOLS: Record<string, string> = {
  icmpv6: 'ipv6-icmp',
  icmp6: 'ipv6-icmp',
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'ipv6-icmp',
};
/** The match that brings a protocol's own options. */
const IMPLIED: Record<string, string> = { tcp: 'tcp', udp: 'udp', icmp: 'icmp', 'ipv6-icmp': 'icmp6', sctp: 'sctp' };
const OWN_OPTIONS = /^--(dport|sport|destination-port|source-port|tcp-flags|syn|tcp-option|icmp-type|icmpv6-type)$/;
const LONG: Record<string, string> = {
  '--source': '-s',
  '--src': '-s',
  '--destination': '-d',
  '--dst': '-d',
  '--in-interface': '-i',
  '--out-interface': '-o',
  '--protocol': '-p',
  '--proto': '-p',
  '--jump': '-j',
  '--goto': '-g',
  '--match': '-m',
  '--destination-port': '--dport',
  '--source-port': '--sport',
  '--destination-ports': '--dports',
  '--source-ports': '--sports',
};
const FLAGS = new Set(['--set', '--update', '--rcheck', '--remove', '--rsource', '--rdest', '--syn', '--rttl']);
const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];
const UNITS: Record<string, string> = { second: 'sec', minute: 'min', s: 'sec', m: 'min', h: 'hour', d: 'day' };

function fullLength(address: string, family: Family): string {
  return address.includes('/') ? address : `${address}/${family === 6 ? 128 : 32}`;
}

interface Match {
  readonly name: string;
  readonly options: string[];
}

function option(name: string, value: string): string | null {
  switch (name) {
    case '--ctstate':
    case '--state': {
      const given = value.split(',');
      return `${name} ${STATES.filter((state) => given.includes(state)).join(',')}`;
    }
    case '--icmp-type':
      return `${name} ${ICMP[value] ?? value}`;
    case '--icmpv6-type':
      return `${name} ${ICMP6[value] ?? value}`;
    case '--limit': {
      const [rate = '', unit = ''] = value.split('/');
      return `${name} ${rate}/${UNITS[unit] ?? unit}`;
    }
    case '--limit-burst':
      return value === '5' ? null : `${name} ${value}`;
    default:
      return `${name} ${quoted(value)}`;
  }
}

/** The rule after its chain's name, in the form of `iptables-save`. */
export function saveForm(rule: readonly string[], family: Family): string {
  const first: Record<string, string> = {};
  const matches: Match[] = [];
  const target: string[] = [];
  let negated = '';
  let protocol: string | null = null;
  let into: string[] | null = null;
  const matchFor = (name: string): Match => {
    const known = matches.find((match) => match.name === name);
    if (known !== undefined) return known;
    const made = { name, options: [] };
    matches.push(made);
    return made;
  };
  for (let at = 0; at < rule.length; at++) {
    const given = rule[at] ?? '';
    const word = LONG[given] ?? given;
    const next = rule[at + 1] ?? '';
    if (word === '!') {
      negated = '! ';
      continue;
    }
    const no = negated;
    negated = '';
    if (word === '-s' || word === '-d') {
      if (!/^(0\.0\.0\.0|::)\/0$/.test(next)) first[word] = `${no}${word} ${fullLength(next, family)}`;
      at++;
    } else if (word === '-i' || word === '-o') {
      first[word] = `${no}${word} ${next}`;
      at++;
    } else if (word === '-p') {
      protocol = PROTOCOLS[next.toLowerCase()] ?? next.toLowerCase();
      if (protocol !== 'all') first['-p'] = `${no}-p ${protocol}`;
      at++;
    } else if (word === '-m') {
      // Every `-m` but an implied one starts a match of its own, even of a name that occurred before.
      const name = next === 'icmpv6' ? 'icmp6' : next;
      if (name === IMPLIED[protocol ?? '']) into = matchFor(name).options;
      else {
        const made: Match = { name, options: [] };
        matches.push(made);
        into = made.options;
      }
      at++;
    } else if (word === '-j' || word === '-g') {
      target.push(`${word} ${next}`);
      into = target;
      at++;
    } else {
      if (OWN_OPTIONS.test(word) && protocol !== null && IMPLIED[protocol] !== undefined) {
        into = matchFor(IMPLIED[protocol] ?? protocol).options;
      }
      const holder: string[] = into ?? target;
      if (FLAGS.has(word) || next.startsWith('--') || next === '' || (/^-[a-z]$/.test(next) && word.startsWith('--'))) {
        holder.push(`${no}${word === '--syn' ? '--tcp-flags FIN,SYN,RST,ACK SYN' : word}`);
      } else {
        const printed = option(word, next);
        if (printed !== null) holder.push(`${no}${printed}`);
        at++;
      }
    }
  }
  const mask = family === 6 ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' : '255.255.255.255';
  for (const match of matches) {
    if (match.name === 'recent' && !match.options.some((one) => one.startsWith('--name'))) {
      match.options.push('--name DEFAULT', `--mask ${mask}`, '--rsource');
    }
  }
  if (target[0] === '-j REJECT' && target.length === 1) {
    target.push(`--reject-with ${family === 6 ? 'icmp6' : 'icmp'}-port-unreachable`);
  }
  return [
    ...['-s', '-d', '-i', '-o', '-p'].flatMap((key) => first[key] ?? []),
    ...matches.map(({ name, options }) => [`-m ${name}`, ...options].join(' ')),
    ...target,
  ].join(' ');
}
