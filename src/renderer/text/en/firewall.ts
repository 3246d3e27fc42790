/** The firewalls, and every rule in a sentence, in English. */
import { FIREWALL } from '../../../core/firewalls/names.ts';
import type { FirewallState, RuleInWords } from '../../../core/model.ts';
import { type RuleFilter } from '../../state/select.ts';
import { foreign, list, number, plural } from '../format.ts';
import { networksOf, windowsPart, windowsPlace, windowsWhy } from '../windows.ts';
import { some } from './shared.ts';

const ONLY: Record<NonNullable<RuleInWords['only']>, string> = {
  replies: 'answers to connections that exist',
  invalid: 'packets that belong to no connection',
  itself: 'what this computer sends to itself',
};

const DOES: Record<RuleInWords['traffic'], Record<Exclude<RuleInWords['action'], 'depends'>, string>> = {
  in: { allow: 'Lets in', limit: 'Lets in', deny: 'Keeps out', reject: 'Turns away', forward: 'Leads elsewhere:' },
  out: {
    allow: 'Lets out',
    limit: 'Lets out',
    deny: 'Does not let out',
    reject: 'Does not let out',
    forward: 'Leads elsewhere:',
  },
  through: {
    allow: 'Passes on',
    limit: 'Passes on',
    deny: 'Does not pass on',
    reject: 'Does not pass on',
    forward: 'Leads elsewhere:',
  },
};

/** A rule in a sentence: what it lets in or keeps out, and from whom. */
function ruleSentence(rule: RuleInWords): string {
  const { action, traffic, about, from, except, on, only, more, families, windows } = rule;
  if (action === 'depends') return 'Decides in more ways than a sentence holds.';
  const what =
    only !== null
      ? `${ONLY[only]}${about === null ? '' : ` (${some(about)})`}`
      : about === null
        ? 'everything'
        : about.length === 0
          ? 'what it names'
          : some(about);
  const but = except.length === 0 ? '' : ` but ${some(except)}`;
  const source =
    only === 'itself' || (traffic !== 'in' && from === null && but === '')
      ? ''
      : ` from ${from === null ? 'anyone' : some(from)}${but}`;
  const through = on.length === 0 ? '' : `, through ${some(on)}`;
  const slowed = action === 'limit' ? ', slowed after repeated tries' : '';
  const family = families.length === 1 && from === null && except.length === 0 ? `, IPv${families[0]} only` : '';
  return `${DOES[traffic][action]} ${what}${source}${through}${slowed}${family}${windows === undefined ? '' : windowsPart(windows)}${more ? ', where all else that it asks for holds' : ''}.`;
}

export const firewallWords = {
  firewall: {
    title: 'Firewall',
    lead: 'What decides who gets in: the firewalls here, and every rule with what it does.',
    first: 'Reading the rules…',
    none: 'No firewall was found.',
    noneWhy: 'Nothing stands between the programs that listen and the network.',
    noneUnread: 'Whether there are rules cannot be told, because they could not be read.',
    states: 'Firewalls on this computer',
    name: ({ id }: FirewallState) => FIREWALL[id],
    on: 'On',
    off: 'Off',
    unknown: 'Cannot tell',
    says: ({ active, defaults, rules }: FirewallState): string => {
      const count =
        rules === null ? 'Its rules could not be counted.' : `${plural(rules, { one: 'rule', other: 'rules' })}.`;
      if (active === false)
        return rules === 0 ? 'It is off, and has no rules.' : `It is off: nothing of it holds. ${count}`;
      const inbound = {
        deny: 'What no rule lets in is dropped without an answer.',
        reject: 'What no rule lets in is turned away.',
        allow: 'What no rule stops gets in.',
        unknown: 'What happens to connections that no rule names cannot be told.',
      }[defaults.inbound];
      const outbound = {
        deny: ' What no rule lets out stays in.',
        reject: ' What no rule lets out stays in.',
        allow: ' This computer may connect to anything.',
        unknown: '',
      }[defaults.outbound];
      return `${active === null ? 'Whether it is on cannot be told. As it is set: ' : ''}${inbound}${outbound} ${count}`;
    },
    unreadTitle: 'Not every rule could be read',
    unread: (what: readonly string[]) => `Not read: ${list(what.map(foreign))}. What is listed may not be all.`,
    partly: 'There are too many rules to check of each whether it is of use. What is marked was checked.',
    rules: 'Rules',
    search: 'Port, address, rule, program',
    filter: 'Show',
    filters: {
      all: 'All',
      idle: 'Of no use',
      you: 'Yours',
      portcullis: 'Portcullis',
      tool: 'Other programs',
    } satisfies Record<RuleFilter, string>,
    count: (shown: number, all: number) =>
      shown === all
        ? plural(all, { one: 'rule', other: 'rules' })
        : `${number(shown)} of ${plural(all, { one: 'rule', other: 'rules' })}`,
    noRules: 'There are no rules.',
    noneFound: 'No rule matches. Try fewer words, or show all.',
    more: (count: number) => `Show ${number(count)} more`,
    sentence: ruleSentence,
    /** Whose a step or a deciding rule is: programs by their own names. */
    of: (firewall: string): string => (firewall === 'windows' ? FIREWALL.windows : foreign(firewall)),
    /** Where a rule stands: its firewall, and the list in it. */
    place: ({ firewall, place, windows }: RuleInWords): string =>
      windows !== undefined ? windowsPlace(windows) : place === null ? firewall : `${firewall}, ${foreign(place)}`,
    networks: networksOf,
    owner: ({ owner, tool, windows }: RuleInWords): string =>
      owner === 'you'
        ? windows === undefined
          ? 'Yours'
          : 'Made here'
        : owner === 'portcullis'
          ? 'Portcullis'
          : tool === null
            ? 'Another program'
            : foreign(tool),
    uses: {
      'in-use': 'In use',
      'in-force': 'In force',
      'nothing-listens': 'Nothing listens',
      'never-matches': 'Never matches',
      'no-effect': 'Changes nothing',
      off: 'Not in force',
      unknown: 'Cannot tell',
    } satisfies Record<RuleInWords['use'], string>,
    why: (given: RuleInWords): string | null => {
      const { use, because, windows } = given;
      const rules = because.map(
        ({ firewall, rule }) => `“${foreign(rule)}” (${firewall === 'windows' ? FIREWALL.windows : foreign(firewall)})`,
      );
      const stands = rules.length === 0 ? windowsWhy(given) : null;
      if (stands !== null) return stands;
      switch (use) {
        case 'nothing-listens':
          return windows != null && (windows.program ?? windows.service) !== null
            ? 'What it is for would be open as soon as it listens.'
            : 'The next program that listens there would be open at once.';
        case 'never-matches':
          return rules.length === 0
            ? 'No packet comes to it.'
            : `Nothing is left for it to match, because of ${list(rules)}.`;
        case 'no-effect':
          return rules.length === 0
            ? 'Without it all would be the same.'
            : `Without it all would be the same, because of ${list(rules)}.`;
        case 'in-use':
        case 'in-force':
        case 'off':
        case 'unknown':
          return null;
      }
    },
    removeLabel: (rule: string) => `Remove opening: ${foreign(rule)}`,
  },
};
