/** What firewalld's zones and policies let in and keep out, entry by entry, as they act now. */
import type { RuleInWords } from '../../model.ts';
import { gistFor, gistOf, type WrittenRule } from '../gist.ts';
import { type Entry, entriesOf } from './entries.ts';
import { parseRule } from './own.ts';
import type { FirewalldState } from './read.ts';
import type { Settings } from './settings.ts';

const ACTIONS: Readonly<Record<Entry['does'], RuleInWords['action']>> = {
  accept: 'allow',
  drop: 'deny',
  reject: 'reject',
  redirect: 'forward',
  'set-mark': 'depends',
};

const FAMILIES = [4, 6] as const;

/** Targets that decide about all that no entry names; the others are the zone's default. */
const TARGETS: Readonly<Record<string, RuleInWords['action']>> = {
  ACCEPT: 'allow',
  DROP: 'deny',
  REJECT: 'reject',
  '%%REJECT%%': 'reject',
};

export function writtenEntries(state: FirewalldState): readonly WrittenRule[] {
  return [
    ...[...state.zones].flatMap(([name, zone]) => linesOf(zoneTitle(name, zone), zone, state, 'in')),
    ...[...state.policies].flatMap(([name, policy]) =>
      linesOf(`policy ${name}`, policy, state, policy.egress.includes('HOST') ? 'in' : throughOrOut(policy)),
    ),
  ];
}

const throughOrOut = ({ ingress }: Settings): RuleInWords['traffic'] => (ingress.includes('HOST') ? 'out' : 'through');

const zoneTitle = (name: string, { interfaces, sources }: Settings): string => {
  const bound = [...interfaces, ...sources];
  return `zone ${name}${bound.length === 0 ? '' : ` (${bound.join(', ')})`}`;
};

function linesOf(
  place: string,
  settings: Settings,
  { services }: FirewalldState,
  traffic: RuleInWords['traffic'],
): readonly WrittenRule[] {
  const line = (text: string, action: RuleInWords['action'], gists: WrittenRule['gists']): WrittenRule => ({
    firewall: 'firewalld',
    place,
    text,
    action,
    traffic,
    gists,
    families: FAMILIES,
    owner: 'you',
    tool: null,
    kernel: null,
  });
  const target = TARGETS[settings.target];
  return [
    ...entriesOf(settings, services).map((entry): WrittenRule => {
      const rich = entry.text.replace(/^rich /, '');
      const own = parseRule(rich) !== null;
      const gists = entry.asks.map(({ tests, named }) => ({
        ...gistOf(tests, FAMILIES),
        ...(named === null ? {} : { from: [named] }),
      }));
      return { ...line(rich, ACTIONS[entry.does], gists), owner: own ? 'portcullis' : 'you' };
    }),
    ...(target === undefined
      ? []
      : [line(`target ${settings.target.replaceAll('%', '')}`, target, [gistFor(FAMILIES)])]),
  ];
}
