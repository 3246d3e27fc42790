/** Random rule sets as people type them at ufw. */
import type { Family } from '../../../src/core/model.ts';
import type { UfwSet } from '../harness.ts';
import { type RuleSet, nothing } from './rule-set.ts';
import type { Random } from './random.ts';
import { ports, rangeOfPorts, sourcePorts } from './ways.ts';

const SOURCES: Record<Family, readonly string[]> = {
  4: [
    '192.168.77.0/24',
    '192.168.77.0/25',
    '192.168.77.20',
    '192.168.77.21',
    '192.168.77.20/30',
    '192.168.77.130',
    '192.168.0.0/16',
    '10.0.0.0/8',
    '10.66.0.20',
    '203.0.113.0/24',
    '172.16.0.0/12',
  ],
  6: [
    'fd77::/64',
    'fd77::20',
    'fd77::20/127',
    'fd77::130',
    '2001:db8:77::/64',
    '2001:db8::/32',
    '2001:db8:77::22',
    '2001:db8:ff::5',
    'fe80::/10',
    'fd66::/64',
    'fc00::/7',
  ],
};
const DESTINATIONS: Record<Family, readonly string[]> = {
  4: ['192.168.77.10', '10.66.0.10', '192.168.77.0/24', '10.66.0.0/24'],
  6: ['fd77::10', '2001:db8:77::10', 'fe80::/10', 'fd66::10', 'fd00::/8'],
};
const PROFILES = ['WWW Full', 'WWW', 'WWW Secure', 'IPP', 'CIFS', 'DNS', 'LPD', 'SSH'];
const SERVICES = ['ssh', 'http', 'https', 'domain', 'postgresql', 'ipp', 'bootpc'];

const portSpec = (r: Random, protocol: string | null): string => {
  const shape = protocol === null ? 0 : r.below(10);
  if (shape < 5) return String(r.pick(ports));
  if (shape < 8) return rangeOfPorts(r).join(':');
  const list = r.some(ports, 2 + r.below(3)).map(String);
  return r.chance(0.4)
    ? `${list.filter((port) => Number(port) < 7999).join(',')},8000:8009`.replace(/^,/, '')
    : list.join(',');
};

/** `from … to …` in the long form. */
function longForm(r: Random): string[] {
  const words: string[] = [];
  if (r.chance(0.35)) words.push('in', 'on', r.pick(['wlan0', 'wlan0', 'eth0', 'eth0', 'lo']));
  const protocol = r.pick(['tcp', 'udp', null]);
  const family = r.pick([4, 4, 6, 6, null] as const);
  const source = family !== null && r.chance(0.8) ? r.pick(SOURCES[family]) : 'any';
  const destination = family !== null && r.chance(0.35) ? r.pick(DESTINATIONS[family]) : 'any';
  const plain = source === 'any' && destination === 'any' && words.length === 0;
  words.push('from', source);
  const profile = protocol === null && r.chance(0.1) ? r.pick(PROFILES) : null;
  if (protocol !== null && r.chance(0.12)) {
    const spec = r.chance(0.5) ? String(r.pick(sourcePorts)) : '1024:20000';
    words.push('port', spec);
  }
  words.push('to', destination);
  if (profile !== null) return [...words, 'app', profile];
  if (plain || r.chance(0.75)) words.push('port', portSpec(r, protocol));
  if (protocol !== null) words.push('proto', protocol);
  return words;
}

function rule(r: Random): string[] {
  const action = r.weighted([
    ['allow', 7],
    ['deny', 3],
    ['reject', 1],
    ['limit', 1],
  ]);
  const shape = r.below(100);
  if (shape < 28) {
    const protocol = r.pick(['tcp', 'udp', null]);
    return [action, portSpec(r, protocol) + (protocol === null ? '' : `/${protocol}`)];
  }
  if (shape < 34) return [action, r.pick(PROFILES)];
  if (shape < 42) return [action, r.pick(SERVICES)];
  if (shape < 47) return [action, 'in', 'on', r.pick(['wlan0', 'eth0'])];
  return [action, ...longForm(r)];
}

function commandsOf(r: Random): string[][] {
  const made: string[][] = [];
  const commands: string[][] = [];
  for (let left = 1 + r.below(10); left > 0; left--) {
    const words = rule(r);
    const how = r.below(100);
    if (how < 7 && made.length > 0) {
      commands.push(['delete', ...r.pick(made)]);
      continue;
    }
    // The same match with another action, wider or narrower: what people do when they change their minds.
    const again = made.length > 0 && how < 16 ? [r.pick(['allow', 'deny']), ...r.pick(made).slice(1)] : words;
    if (r.chance(0.1)) again.splice(1, 0, 'log');
    made.push(again);
    const place = r.below(100);
    const where = place < 15 ? ['prepend'] : place < 25 ? ['insert', String(1 + r.below(3))] : [];
    commands.push([...where, ...again, ...(r.chance(0.08) ? ['comment', `kept for ${r.below(9)}`] : [])]);
  }
  return commands;
}

/** The defaults that ufw stands on. Changing them takes a second, so many rule sets share them. */
export type UfwDefaults = Pick<UfwSet, 'inbound' | 'ipv6'>;

export const ufwDefaults = (r: Random): UfwDefaults => ({
  inbound: r.weighted([
    ['deny', 50],
    ['allow', 40],
    ['reject', 10],
  ] as const),
  ipv6: r.chance(0.93),
});

export function ufwRules(r: Random, defaults: UfwDefaults): RuleSet {
  const ufw = { commands: commandsOf(r), ...defaults };
  const limited = ufw.commands.some((command) => command.includes('limit'));
  return { ...nothing, ufw, patience: limited ? 4 : Infinity };
}
