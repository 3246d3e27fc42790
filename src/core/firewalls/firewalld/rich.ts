/**
 * A rich rule as firewalld prints it -> its parts. Grammar: firewalld.richlanguage(5); the printed form always quotes values
 * (but for a mark): `rule priority="-5" family="ipv4" source NOT address="10.0.0.0/8" port port="80" protocol="tcp" drop`.
 */

export interface RichRule {
  readonly text: string;
  readonly priority: number;
  readonly family: 4 | 6 | null;
  readonly source: RichAddress | null;
  readonly destination: RichAddress | null;
  /** What it is about; null: everything. Kinds: `service`, `port`, `protocol`, `source-port`, `forward-port`, … */
  readonly element: RichElement | null;
  /** null: it only logs or counts, or masquerades and the like. */
  readonly action: 'accept' | 'reject' | 'drop' | 'mark' | null;
}

export interface RichAddress {
  readonly negate: boolean;
  readonly by: 'address' | 'ipset' | 'mac';
  readonly value: string;
}

interface RichElement {
  readonly kind: string;
  readonly values: Readonly<Record<string, string>>;
}

const ACTIONS = new Set(['accept', 'reject', 'drop', 'mark']);
const ELEMENTS = new Set([
  'service',
  'port',
  'protocol',
  'source-port',
  'forward-port',
  'icmp-block',
  'icmp-type',
  'masquerade',
  'tcp-mss-clamp',
]);

interface Word {
  readonly name: string;
  /** null: a word on its own. */
  readonly value: string | null;
}

const wordsOf = (text: string): readonly Word[] =>
  [...text.matchAll(/([A-Za-z-]+)(?:=(?:"([^"]*)"|(\S+)))?/g)].map(([, name = '', quoted, bare]) => ({
    name,
    value: quoted ?? bare ?? null,
  }));

/** Never throws; what is not understood leaves fields null, and such a rule names nothing. */
export function parseRich(text: string): RichRule {
  let priority = 0;
  let family: RichRule['family'] = null;
  let source: RichAddress | null = null;
  let destination: RichAddress | null = null;
  let element: { kind: string; values: Record<string, string> } | null = null;
  let action: RichRule['action'] = null;
  let at = 'rule';
  let negate = false;
  for (const { name, value } of wordsOf(text)) {
    if (value === null) {
      if (name === 'NOT' || name === 'not') negate = true;
      else if (name !== 'limit') {
        at = name;
        negate = false;
        if (ACTIONS.has(name)) action = name as RichRule['action'];
        else if (ELEMENTS.has(name)) element = { kind: name, values: {} };
      }
    } else if (at === 'rule' && name === 'priority') priority = Number(value);
    else if (at === 'rule' && name === 'family') family = value === 'ipv4' ? 4 : value === 'ipv6' ? 6 : null;
    else if ((at === 'source' || at === 'destination') && (name === 'address' || name === 'ipset' || name === 'mac')) {
      const invert = negate;
      if (at === 'source') source = { negate: invert, by: name, value };
      else destination = { negate: invert, by: name, value };
    } else if (element !== null && at === element.kind) element.values[name] = value;
  }
  return { text, priority, family, source, destination, element, action };
}
