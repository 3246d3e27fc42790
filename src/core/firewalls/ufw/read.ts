/** What ufw's own files say: on or off, defaults, and the user's rules in their order. The kernel has the last word on reach. */
import { type GapHow, type GapWhat, gap } from '../../gaps/index.ts';
import type { Family, Gap, Policy, Reading, Snapshot, UfwTuple } from '../../model.ts';
import { find, gapOf } from '../../transcripts.ts';
import { ruleLines } from './rule-lines.ts';
import { parseTuple, TUPLE_MARK } from './tuple.ts';

export interface UfwState {
  /** What ufw.conf says; null = could not be read. The kernel may say otherwise. */
  readonly enabled: boolean | null;
  readonly ipv6: boolean | null;
  readonly logLevel: string | null;
  readonly defaults: { readonly inbound: Policy; readonly outbound: Policy; readonly routed: Policy };
  /** ufw empties every built-in chain when it starts: rules of others would be lost. */
  readonly managesBuiltins: boolean;
  /** IPv4 rules, then IPv6 rules, each in the order of the file. */
  readonly tuples: readonly UfwTuple[];
  /** Lines of the two files that ufw would drop the next time it writes them. */
  readonly foreign: readonly string[];
}

export const FILES = {
  conf: '/etc/ufw/ufw.conf',
  defaults: '/etc/default/ufw',
  4: '/etc/ufw/user.rules',
  6: '/etc/ufw/user6.rules',
} as const;
export const fileId = (path: string): string => `file:${path}`;

const EXACT: GapHow = { kind: 'exact' };

/** Without the quotes at both ends; a pattern would take the square of their number. */
function unquoted(text: string): string {
  const isQuote = (character: string | undefined): boolean => character === '"' || character === "'";
  let [start, end] = [0, text.length];
  while (start < end && isQuote(text[start])) start++;
  while (end > start && isQuote(text[end - 1])) end--;
  return text.slice(start, end);
}

/** `KEY=value` lines as ufw takes them: keys and values in lower case, quotes removed. */
function readSettings(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (!/^\w+="?\w+"?/.test(line)) continue;
    const [key = '', value = ''] = line.trim().split('=');
    settings.set(key.toLowerCase(), unquoted(value.toLowerCase()));
  }
  return settings;
}

const POLICIES: Record<string, Policy> = { accept: 'allow', drop: 'deny', reject: 'reject' };

/** Rules of one file. Lines between the rules that belong to no tuple are `foreign`. */
function readTuples(text: string, family: Family): { tuples: UfwTuple[]; foreign: string[]; malformed: string[] } {
  const tuples: UfwTuple[] = [];
  const foreign: string[] = [];
  const malformed: string[] = [];
  const start = text.indexOf('### RULES ###');
  const end = text.indexOf('### END RULES ###');
  const body = text.slice(start < 0 ? 0 : start, end < 0 ? undefined : end);
  let expected: string[] = [];
  const normal = (line: string) => line.trim().replace(/\s+/g, ' ');
  for (const line of body.split('\n')) {
    if (line.startsWith(TUPLE_MARK.trimEnd())) {
      const tuple = parseTuple(line, family);
      if (tuple === null) malformed.push(line);
      else tuples.push(tuple);
      expected = tuple === null ? [] : ruleLines(tuple).map(normal);
    } else if (end >= 0 && /^-[A-Z] /.test(line)) {
      const at = expected.indexOf(normal(line));
      if (at >= 0) expected.splice(at, 1);
      else foreign.push(line.trim());
    }
  }
  return { tuples, foreign, malformed };
}

/** ufw's state, or null where ufw is not installed. Every part that could not be read is a gap. */
export function readUfw(snapshot: Snapshot): Reading<UfwState | null> {
  const conf = find(snapshot, fileId(FILES.conf));
  const defaults = find(snapshot, fileId(FILES.defaults));
  if (conf === undefined || conf.failure === 'missing') return { value: null, gaps: [] };
  const gaps: Gap[] = [];
  const take = (id: string, what: GapWhat): string | null => {
    const transcript = find(snapshot, id);
    const failed = gapOf(transcript, what, EXACT);
    if (failed !== null) gaps.push(failed);
    return failed === null && transcript !== undefined ? transcript.stdout : null;
  };
  const confText = take(fileId(FILES.conf), { kind: 'ufw-on' });
  const defaultsText = take(fileId(FILES.defaults), { kind: 'ufw-defaults' });
  // ufw reads both files into one table, ufw.conf last.
  const settings = readSettings(`${defaultsText ?? ''}\n${confText ?? ''}`);
  const policy = (key: string): Policy => {
    const value = POLICIES[settings.get(key) ?? ''];
    if (value === undefined && defaults !== undefined && defaultsText !== null) {
      gaps.push(
        gap({
          what: { kind: 'ufw-setting', setting: key },
          why: { kind: 'setting-invalid' },
          how: { kind: 'edit', path: FILES.defaults },
        }),
      );
    }
    return value ?? 'unknown';
  };
  const tuples: UfwTuple[] = [];
  const foreign: string[] = [];
  for (const family of [4, 6] as const) {
    const text = take(fileId(FILES[family]), { kind: 'ufw-rules', family });
    if (text === null) continue;
    const path = FILES[family];
    const how: GapHow = { kind: 'look-at', path };
    if (!/^COMMIT\s*$/m.test(text)) {
      gaps.push(gap({ what: { kind: 'ufw-rules-end', path }, why: { kind: 'file-cut' }, how }));
    }
    const read = readTuples(text, family);
    tuples.push(...read.tuples);
    foreign.push(...read.foreign, ...read.malformed);
    for (const line of read.malformed) {
      gaps.push(gap({ what: { kind: 'ufw-rule', path }, why: { kind: 'ufw-line', line }, how }));
    }
  }
  return {
    value: {
      enabled: confText === null ? null : settings.get('enabled') === 'yes',
      ipv6: defaultsText === null ? null : settings.get('ipv6') === 'yes',
      logLevel: settings.get('loglevel') ?? null,
      defaults: {
        inbound: policy('default_input_policy'),
        outbound: policy('default_output_policy'),
        routed: policy('default_forward_policy'),
      },
      managesBuiltins: settings.get('manage_builtins') === 'yes',
      tuples,
      foreign,
    },
    gaps,
  };
}
