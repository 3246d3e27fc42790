/**
 * What `pfctl -s rules` and `pfctl -s nat` print -> rules. As strict as pfctl's own printing: a word that is not known makes
 * a condition that is not decided, and a line that is not understood may do anything. Rules of scrub, dummynet and queues
 * neither pass nor block a new connection as a whole and are left out.
 */
import { parseRange } from '../../address.ts';
import type { Family } from '../../model.ts';
import type { PfAddress, PfAnchor, PfConditions, PfEnd, PfLine, PfPort, PfTarget } from './model.ts';

/** `"com.apple/*"`, `(en0:network)`, `return-icmp(port-unr)`, `{`, a word. */
const TOKEN = /"[^"]*"|[^\s"(){},]*\([^()]*\)(?:\/\d+)?|[{},]|[^\s"(){},]+/g;

const LEFT_OUT = /^(no )?(scrub|dummynet)\b|^(scrub|dummynet)-anchor\b|^(altq|queue)\b/;

export interface PfRead {
  readonly lines: readonly PfLine[];
  /** The text ended in the middle of a rule. */
  readonly cut: boolean;
}

export function parsePf(text: string): PfRead {
  const lines = text.split('\n');
  // A last line without an end is half a line.
  const cut = (lines.pop() ?? '') !== '';
  const stack: PfLine[][] = [[]];
  const heads: PfAnchor[] = [];
  for (const raw of lines) {
    const line = raw.trim();
    const into = stack.at(-1) as PfLine[];
    if (line === '' || LEFT_OUT.test(line)) continue;
    if (line === '}') {
      const head = heads.pop();
      if (head === undefined) {
        into.push(unread(line));
        continue;
      }
      stack.pop();
      stack.at(-1)?.push({ ...head, rules: into });
      continue;
    }
    const opens = line.endsWith('{') && /^(nat-|rdr-|binat-)?anchor\b/.test(line);
    const read = readLine(opens ? line.slice(0, -1).trim() : line);
    if (opens && read.kind === 'anchor') {
      heads.push(read);
      stack.push([]);
    } else into.push(opens ? unread(line) : read);
  }
  const open = heads.length > 0;
  const flat = stack.flat();
  return { lines: cut || open ? [...flat, unread(lines.at(-1) ?? '')] : flat, cut: cut || open };
}

const unread = (text: string): PfLine => ({ kind: 'unread', text: text.slice(0, 200) });

const ANY: PfEnd = { not: false, address: { kind: 'any' }, port: null };

/** Words of a line, one after the other. */
class Words {
  readonly #words: readonly string[];
  #at = 0;
  constructor(words: readonly string[]) {
    this.#words = words;
  }
  peek(): string | undefined {
    return this.#words[this.#at];
  }
  next(): string {
    return this.#words[this.#at++] ?? '';
  }
  take(word: string): boolean {
    if (this.peek() !== word) return false;
    this.#at++;
    return true;
  }
  get over(): boolean {
    return this.#at >= this.#words.length;
  }
  /** From here to the end, and past it. */
  rest(): readonly string[] {
    const words = this.#words.slice(this.#at);
    this.#at = this.#words.length;
    return words;
  }
}

function readLine(text: string): PfLine {
  const line = text.replace(/^@\d+ /, '');
  const tokens = line.match(TOKEN) ?? [];
  // Something that no token took: an unbalanced quote or bracket.
  if (line.replace(TOKEN, '').trim() !== '') return unread(line);
  const words = new Words(tokens);
  const read = readRule(line, words);
  return read === null || !words.over ? unread(line) : read;
}

function readRule(text: string, words: Words): PfLine | null {
  const no = words.take('no');
  const first = words.next();
  switch (first) {
    case 'pass':
    case 'block':
      return no ? null : filter(text, first, words);
    case 'anchor':
    case 'nat-anchor':
    case 'rdr-anchor':
    case 'binat-anchor':
      return no ? null : anchor(text, first, words);
    case 'nat':
    case 'rdr':
    case 'binat':
      return translation(text, first, no, words);
    default:
      return null;
  }
}

function filter(text: string, action: 'pass' | 'block', words: Words): PfLine | null {
  const answer = action === 'block' ? words.next() : '';
  const returns = /^return(-rst|-icmp6?)?(\(|$)/.test(answer);
  if (action === 'block' && !returns && answer !== 'drop') return null;
  const read = conditions(words);
  if (read === null) return null;
  const { quick, diverts, limits, ...asked } = read;
  return { kind: 'filter', text, action, returns, quick, diverts, limits, ...asked };
}

const ANCHORS = { anchor: 'filter', 'nat-anchor': 'nat', 'rdr-anchor': 'rdr', 'binat-anchor': 'binat' } as const;

function anchor(text: string, word: keyof typeof ANCHORS, words: Words): PfLine | null {
  const quoted = /^"([^"]+)"$/.exec(words.peek() ?? '');
  if (quoted !== null) words.next();
  const read = conditions(words);
  if (read === null || read.diverts.length > 0) return null;
  const { quick, diverts: _diverts, limits: _limits, ...asked } = read;
  return { kind: 'anchor', text, of: ANCHORS[word], name: quoted?.[1] ?? null, rules: [], quick, ...asked };
}

function translation(text: string, of: 'nat' | 'rdr' | 'binat', no: boolean, words: Words): PfLine | null {
  const pass = words.take('pass');
  const read = conditions(words);
  if (read === null || read.quick || read.diverts.length > 0) return null;
  const to = words.take('->') ? target(words) : null;
  if (no !== (to === null)) return null;
  const { quick: _quick, diverts: _diverts, limits: _limits, ...asked } = read;
  return { kind: 'translation', text, of, no, pass, to, ...asked };
}

interface Read extends PfConditions {
  readonly quick: boolean;
  readonly diverts: readonly string[];
  readonly limits: readonly string[];
}

/** The words in the order in which pfctl prints them; behind the addresses in any. Stops at `->`. */
function conditions(words: Words): Read | null {
  const direction = words.take('in') ? 'in' : words.take('out') ? 'out' : null;
  if (words.take('log') && words.peek()?.startsWith('(') === true) words.next();
  const quick = words.take('quick');
  let on: PfConditions['interface'] = null;
  if (words.take('on')) {
    const not = words.take('!');
    const name = words.next();
    if (!/^[\w.]+$/.test(name)) return null;
    on = { not, name };
  }
  const diverts: string[] = [];
  const route = words.peek() ?? '';
  if (/^(route-to|reply-to|dup-to|fastroute)$/.test(route)) {
    words.next();
    const to = route === 'fastroute' ? '' : pool(words);
    if (to === null) return null;
    // An answer's way, and a copy, change nothing about what arrives.
    if (route === 'route-to' || route === 'fastroute') diverts.push(`${route} ${to}`.trim());
  }
  const family: Family | null = words.take('inet') ? 4 : words.take('inet6') ? 6 : null;
  const protocol = words.take('proto') ? words.next() : null;
  if (protocol !== null && !/^[\w.-]+$/.test(protocol)) return null;
  let [source, destination] = [ANY, ANY];
  const narrows: string[] = [];
  if (!words.take('all')) {
    if (!words.take('from')) return null;
    const from = end(words);
    if (words.peek() === 'os') narrows.push(`${words.next()} ${words.next()}`);
    const to = words.take('to') ? end(words) : null;
    if (from === null || to === null) return null;
    [source, destination] = [from, to];
  }
  const more = options(words);
  if (more === null) return null;
  return {
    direction,
    quick,
    interface: on,
    family,
    protocol,
    source,
    destination,
    flags: more.flags,
    narrows: [...narrows, ...more.narrows],
    diverts: [...diverts, ...more.diverts],
    limits: more.limits,
  };
}

/** `(en0 10.0.0.1)`, `en0`, `{ (en0 10.0.0.1), (en1 10.0.1.1) } round-robin`. */
function pool(words: Words): string | null {
  const parts: string[] = [];
  if (words.peek() !== '{') parts.push(words.next());
  else {
    while (!words.over && words.peek() !== '}') parts.push(words.next());
    if (!words.take('}')) return null;
  }
  if (/^(bitmask|random|round-robin|source-hash|static-port|sticky-address)$/.test(words.peek() ?? '')) {
    parts.push(words.next());
    if (parts.at(-1) === 'source-hash' && words.peek()?.startsWith('0x') === true) words.next();
  }
  return parts.join(' ');
}

interface Options extends Pick<PfConditions, 'flags' | 'narrows'> {
  readonly diverts: readonly string[];
  readonly limits: readonly string[];
}

/** Options of a state that end connections beyond a number or a rate. Source: pf.conf(5), STATEFUL TRACKING OPTIONS. */
const LIMITS = /^(max|max-src-nodes|max-src-states|max-src-conn|max-src-conn-rate)\s/;

function options(words: Words): Options | null {
  let flags: PfConditions['flags'] = null;
  const narrows: string[] = [];
  const diverts: string[] = [];
  const limits: string[] = [];
  while (!words.over && words.peek() !== '->') {
    const word = words.next();
    switch (word) {
      case 'flags': {
        // Printed where a rule for TCP asks for none.
        if (words.take('any')) break;
        const asked = /^([FSRPAUEW]*)\/([FSRPAUEW]*)$/.exec(words.next());
        if (asked === null) return null;
        flags = { set: asked[1] ?? '', of: asked[2] ?? '' };
        break;
      }
      case 'no':
        if (!words.take('state')) return null;
        break;
      case 'keep':
      case 'modulate':
      case 'synproxy': {
        if (!words.take('state')) return null;
        const inner = /^\(([^()]*)\)$/.exec(words.peek() ?? '')?.[1];
        if (inner === undefined) break;
        words.next();
        limits.push(...inner.split(',').flatMap((one) => (LIMITS.test(one.trim()) ? [one.trim()] : [])));
        break;
      }
      case 'label':
      case 'tag':
      case 'queue':
        if (words.next() === '') return null;
        break;
      case 'allow-opts':
        break;
      case '!':
        if (!words.take('tagged')) return null;
        narrows.push(`! tagged ${words.next()}`);
        break;
      case 'divert-to':
      case 'divert-packet':
      case 'divert-reply':
      case 'rtable':
        diverts.push([word, ...words.rest()].join(' '));
        break;
      default:
        // What follows belongs to a word that is not known, so that all of it is one condition.
        if (!/^[a-z][\w-]*$/.test(word)) return null;
        narrows.push([word, ...untilKnown(words)].join(' '));
    }
  }
  return { flags, narrows, diverts, limits };
}

const KNOWN =
  /^(flags|no|keep|modulate|synproxy|label|tag|queue|allow-opts|!|tagged|user|group|probability|divert-to|divert-packet|divert-reply|rtable|->)$/;

function untilKnown(words: Words): readonly string[] {
  const taken: string[] = [];
  for (let word = words.peek(); word !== undefined; word = words.peek()) {
    // `user != 501`: the sign stands alone.
    if (KNOWN.test(word)) break;
    taken.push(words.next());
  }
  return taken;
}

const OPERATORS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='];

function end(words: Words): PfEnd | null {
  const not = words.take('!');
  const address = addressOf(words);
  if (address === null) return null;
  if (!words.take('port')) return { not, address, port: null };
  const port = portOf(words);
  return port === null ? null : { not, address, port };
}

function portOf(words: Words): PfPort | null {
  const word = words.next();
  const name = /^[\w.+-]+$/;
  if (OPERATORS.includes(word)) {
    const first = words.next();
    return name.test(first) ? { operator: word as PfPort['operator'], first, last: null } : null;
  }
  const range = /^([\w.+-]+):([\w.+-]+)$/.exec(word);
  if (range !== null) return { operator: ':', first: range[1] ?? '', last: range[2] ?? '' };
  const operator = words.next();
  const last = words.next();
  if (!name.test(word) || !name.test(last)) return null;
  return operator === '><' || operator === '<>' ? { operator, first: word, last } : null;
}

function addressOf(words: Words): PfAddress | null {
  const word = words.next();
  if (word === 'any') return { kind: 'any' };
  const table = /^<([^<>:]+)(:[\d*]+)?>$/.exec(word);
  if (table !== null) return { kind: 'table', name: table[1] ?? '' };
  const dynamic = /^\(([\w.]+)(:network)?\)$/.exec(word);
  if (dynamic !== null) return { kind: 'interface', name: dynamic[1] ?? '', network: dynamic[2] !== undefined };
  if (word === 'no-route' || word === 'urpf-failed' || word.startsWith('(')) return { kind: 'open', text: word };
  if (word === 'route') return { kind: 'open', text: `route ${words.next()}` };
  const read = parseRange(word.replace(/%[\w.]+/, ''));
  if (read === null) return null;
  if (words.take('-')) {
    const to = parseRange(words.next());
    if (to === null || to.family !== read.family || to.range[0] < read.range[0]) return null;
    return { kind: 'range', family: read.family, range: [read.range[0], to.range[1]] };
  }
  return { kind: 'range', family: read.family, range: read.range };
}

/** What stands behind `->`. */
function target(words: Words): PfTarget | null {
  const addresses: PfAddress[] = [];
  if (words.take('{')) {
    do {
      const one = addressOf(words);
      if (one === null) return null;
      addresses.push(one);
    } while (words.take(','));
    if (!words.take('}')) return null;
  } else {
    const one = addressOf(words);
    if (one === null) return null;
    addresses.push(one);
  }
  const port = words.take('port') ? words.next() : null;
  if (port === '') return null;
  const method = words.peek() ?? '';
  if (/^(bitmask|random|round-robin|source-hash)$/.test(method)) {
    words.next();
    if (method === 'source-hash' && words.peek()?.startsWith('0x') === true) words.next();
  }
  words.take('sticky-address');
  words.take('static-port');
  return { addresses, port };
}
