/**
 * One rule of iptables-save, as words -> statements.
 *
 * Every option that is not listed here makes the rule "may match": its text is kept and the verdict becomes unknown where
 * it matters. Sources: iptables-extensions(8) 1.8, and what iptables-save was seen to print.
 */
import { doubt, ruleDoubt } from '../../gaps/index.ts';
import { countedByIptables } from './counted.ts';
import { type IpSets, setField } from './ipset.ts';
import { isModule, optionOf } from './iptables-option.ts';
import { type TargetReader, readTarget } from './iptables-target.ts';
import { type Field, type ReversePath, type Rule, type Statement, type Test, always, test } from './model.ts';

interface Reader extends TargetReader {
  readonly sets: SetsRead;
}

/** Modules that let part of the traffic through, by rate. Their options are not read one by one. */
const RATE = new Set(['limit', 'hashlimit', 'connlimit', 'statistic', 'quota']);

/** Extension headers of IPv6, which the first packet of an ordinary connection does not carry. */
const HEADERS = new Set(['rt', 'hbh', 'dst', 'frag', 'mh', 'ah', 'esp']);

/** Reads the words after `-A CHAIN`. Never throws; what it cannot read, it marks. */
export function readRule(words: readonly string[], text: string, reader: Reader): Rule {
  const statements: Statement[] = [];
  const unknown: string[] = [];
  const onInterface = words.includes('--limit-iface-in');
  let modules = [''];
  let i = 0;
  while (i < words.length) {
    const word = words[i] as string;
    if (word === '-j' || word === '-g') {
      const [target = '', ...rest] = words.slice(i + 1);
      // A rule that we cannot read whole may match or not; either way its target is what happens then.
      if (unknown.length > 0) statements.push(test({ on: 'unknown', doubt: ruleDoubt(unknown.join(' ')) }));
      return { text, statements: [...statements, ...readTarget(target, rest, word === '-g', reader)] };
    }
    if (word === '-m') {
      const name = words[i + 1] ?? '';
      modules = [name, ...modules];
      i += 2;
      if (RATE.has(name) || name === 'recent') {
        const end = optionsEnd(words, i);
        statements.push(rateTest(name, words.slice(i, end)));
        i = end;
      } else if (name === 'set') {
        const end = optionsEnd(words, i);
        statements.push(inSet(words.slice(i, end), reader));
        i = end;
      } else if (name === 'rpfilter') {
        const end = optionsEnd(words, i);
        statements.push(rpfilter(words.slice(i, end)));
        i = end;
      } else if (name === 'owner' || HEADERS.has(name)) {
        // Only locally made packets have an owner, and headers that are not there never match, negated or not.
        i = optionsEnd(words, i);
        statements.push(test({ on: 'always' }, true));
      } else if (!isModule(name) && !/^icmp6?$/.test(name)) unknown.push(`-m ${name}`);
      continue;
    }
    const negate = word === '!';
    const name = negate ? (words[i + 1] ?? '') : word;
    const option = modules.map((module) => optionOf(module, name)).find((o) => o !== undefined);
    const at = i + (negate ? 2 : 1);
    if (option === undefined || words.length < at + option.takes) {
      const end = nextOption(words, at);
      // Further conditions on other protocols (icmp types) cannot matter: `-p icmp` has already said no.
      if (!/^--(icmp|icmpv6)-type$/.test(name)) unknown.push(words.slice(i, end).join(' '));
      i = end;
      continue;
    }
    // A rule that ends within a condition was cut short.
    const given = words.slice(at, at + option.takes);
    const field = given.length < option.takes ? null : option.read(given, reader);
    if (field === null) unknown.push(words.slice(i, at + option.takes).join(' '));
    else if (modules[0] === 'conntrack' && /^--ct(?!state)/.test(name) && stateIsAsked(words, i))
      statements.push(test(besideState(field, negate)));
    // What is not tracked has no protocol and no answer to look at, and does not match, negated or not.
    else if (/^--ct(proto|repl)/.test(name)) statements.push(test(WITHOUT_STATE.field, true), test(field, negate));
    else if (field.on === 'source-type' || field.on === 'destination-type')
      statements.push(test({ ...field, onInterface }, negate));
    else if (field.on !== 'always') statements.push(test(field, negate));
    i = at + option.takes;
  }
  // Words that are not understood may hide the target, too.
  if (unknown.length > 0) statements.push(always({ do: 'unknown', doubt: ruleDoubt(unknown.join(' ')) }));
  return { text, statements };
}

const WITHOUT_STATE: Test = { field: { on: 'ct-state', states: ['invalid', 'untracked'] }, negate: false };

/**
 * `-m conntrack` with a state and more: where the packet is not tracked, the state alone is looked at and the rest holds.
 * Source: net/netfilter/xt_conntrack.c, conntrack_mt; seen with packets.
 */
const stateIsAsked = (words: readonly string[], at: number): boolean =>
  words.slice(words.lastIndexOf('-m', at), optionsEnd(words, at)).includes('--ctstate');

function besideState(field: Field, negate: boolean): Field {
  return { on: 'any', rows: [[{ field, negate }], [WITHOUT_STATE]] };
}

/** Index of the next `-m`, `-j` or `-g`. */
function optionsEnd(words: readonly string[], from: number): number {
  let i = from;
  while (i < words.length && !/^-[mjg]$/.test(words[i] as string)) i++;
  return i;
}

function nextOption(words: readonly string[], from: number): number {
  let i = from;
  while (i < words.length && !/^(--?[a-z]|!$)/i.test(words[i] as string)) i++;
  return i;
}

function rateTest(module: string, options: readonly string[]): Statement {
  const text = ['-m', module, ...options].join(' ');
  if (module !== 'recent') return test(countedByIptables(module, options, text));
  // `--set` only notes the source and always matches; a list with a count is a rate; a list alone is a secret knock.
  if (options.includes('--set') && options[0] !== '!') return test({ on: 'always' });
  return test(options.includes('--hitcount') ? { on: 'rate', text } : { on: 'unknown', doubt: ruleDoubt(text) });
}

/** Sets of ipset, as far as they were read, and those that rules write to. */
export interface SetsRead {
  readonly sets: IpSets;
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

function inSet(options: readonly string[], { family, sets: { sets, added, removed } }: Reader): Statement {
  const text = ['-m set', ...options].join(' ');
  const at = options.indexOf('--match-set');
  const [, name = '', sides = ''] = options.slice(at);
  const counted = options.some((option) => /^--(packets|bytes|return-nomatch)/.test(option));
  const list = sides.split(',').map((side) => (side === 'src' ? 'source' : side === 'dst' ? 'destination' : null));
  const field =
    at < 0 || counted || list.includes(null)
      ? null
      : setField(name, list as ('source' | 'destination')[], family, sets);
  if (field === null || removed.has(name)) {
    const unread = !sets.has(name) && field === null;
    return test({ on: 'unknown', doubt: unread ? doubt({ kind: 'set-unread', text, set: name }) : ruleDoubt(text) });
  }
  // Rules add to it: who is in it stays in it, and others may have come.
  const grown: Field = {
    on: 'any',
    rows: [[{ field, negate: false }], [{ field: { on: 'unknown', doubt: ruleDoubt(text) }, negate: false }]],
  };
  return test(added.has(name) ? grown : field, options[at - 1] === '!');
}

/** The answer must leave through the interface that the packet came in on, unless `--loose`. */
function rpfilter(options: readonly string[]): Statement {
  const field: ReversePath = {
    on: 'reverse-path',
    by: 'rpfilter',
    same: !options.includes('--loose'),
    names: null,
    usesMark: options.includes('--validmark'),
    acceptsLocal: options.includes('--accept-local'),
  };
  const known = ['--loose', '--validmark', '--accept-local', '--invert'];
  return options.every((option) => known.includes(option))
    ? test(field, options.includes('--invert'))
    : test({ on: 'unknown', doubt: ruleDoubt(['-m rpfilter', ...options].join(' ')) });
}
