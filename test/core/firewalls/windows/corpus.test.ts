/** A thousand rules as text: each is read without loss, and none that is narrowed by anything is called plain open. */
import { describe, expect, test } from 'vitest';
import { EVERYTHING, setOf } from '../../../../src/core/address.ts';
import { readFacts, worldOf } from '../../../../src/core/facts.ts';
import { isUnread } from '../../../../src/core/firewalls/windows/model.ts';
import { readRegistryRule } from '../../../../src/core/firewalls/windows/registry-rule.ts';
import { parseRegistryText, printRegistryText } from '../../../../src/core/firewalls/windows/registry-text.ts';
import { minus } from '../../../../src/core/intervals.ts';
import type { Reach } from '../../../../src/core/model.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { corpusOfRules } from './corpus/make.ts';
import { MORE } from '../../../share.ts';
import { HOME, windowsSnapshot } from './machine.ts';

const LINES = corpusOfRules();

/** One rule in so many is judged; all where more than usual is run. */
const STEP = MORE ? 1 : 7;

test('they are those that stand in the file', async () => {
  await expect(`${LINES.join('\n')}\n`).toMatchFileSnapshot('corpus/rules.txt');
  expect(LINES.length).toBeGreaterThanOrEqual(1000);
});

/** Key and value of each field, split here by hand: apart from the program's own reader. */
const fieldsOf = (line: string): readonly (readonly [string, string])[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((field) => [field.slice(0, field.indexOf('=')).toLowerCase(), field.slice(field.indexOf('=') + 1)]);

test('nothing of a text is lost', () => {
  const keys = new Set<string>();
  const versions = new Set<string>();
  for (const line of LINES) {
    const parsed = parseRegistryText(line);
    expect(parsed, line.slice(0, 200)).not.toBeNull();
    if (parsed === null) continue;
    expect(printRegistryText(parsed)).toBe(line);
    expect(parseRegistryText(printRegistryText(parsed))).toEqual(parsed);
    expect(parsed.fields.map(({ key, value }) => [key.toLowerCase(), value])).toEqual(fieldsOf(line));
    versions.add(parsed.version.toLowerCase());
    for (const { key } of parsed.fields) keys.add(key.toLowerCase());
  }
  expect(versions.size).toBe(34);
  expect(keys.size).toBeGreaterThan(45);
});

test('what is damaged throws nothing, and is kept where it is not read', () => {
  let unread = 0;
  for (const [at, line] of LINES.entries()) {
    const where = (at * 7919) % line.length;
    for (const text of [
      line.slice(0, where),
      line.slice(where),
      line.slice(0, where) + line.slice(where + 3),
      `${line.slice(0, where)}|${line.slice(where)}`,
      `${line.slice(0, where)}\u0000${line.slice(where)}`,
      line + line,
    ]) {
      const rule = readRegistryRule('id', text, 'local');
      if (!isUnread(rule)) continue;
      unread++;
      expect(rule.unread).toBe(text);
    }
  }
  expect(unread).toBeGreaterThan(LINES.length);
});

// ---------------------------------------------------------------- judged alone

/** What does not ask anything of who gets in to a port that the rule names, where the program is the rule's. */
const PLAIN = /^(action|active|dir|protocol|profile|lport|lport2_\d+|app|svc|name|desc|embedctxt|edge|defer|lsm)$/;
/** What asks for where somebody sends from: some may get in for certain, never everybody. */
const SOURCES = /^ra[46]2?$/;
/** What asks for the place where a packet comes in, or for the sender's port, which the sender chooses. */
const PLACES = /^(la[46]|rport(2_10)?|if|iftype)$/;
/** FALSE asks for nothing. */
const FLAG = /^(lom|pcross|authbypassout)$/;

/** The guid of the one adapter that is there. */
const OWN = new RegExp(`^\\${HOME.guid ?? ''}$`, 'i');

type Narrowness = 'plain' | 'some' | 'doubtful';

function narrowness(line: string): Narrowness {
  const fields = fieldsOf(line);
  const strange = fields.some(
    ([key, value]) =>
      (!PLAIN.test(key) && !SOURCES.test(key) && !PLACES.test(key) && !(FLAG.test(key) && value === 'FALSE')) ||
      (key === 'protocol' && !(/^\d+$/.test(value) && Number(value) < 256)) ||
      (key === 'profile' && !/^(domain|private|public)$/i.test(value)) ||
      (key === 'active' && !/^(true|false)$/i.test(value)) ||
      (key === 'dir' && !/^(in|out)$/i.test(value)) ||
      (key === 'action' && !/^allow$/i.test(value)) ||
      (/^(app|svc)$/.test(key) && value === ''),
  );
  // Of several interfaces or ports of one rule any will do.
  const none = (name: RegExp, good: RegExp): boolean => {
    const asked = fields.filter(([key]) => name.test(key));
    return asked.length > 0 && !asked.some(([, value]) => good.test(value));
  };
  const elsewhere = none(/^if$/, OWN) || none(/^iftype$/, /^wireless$/i) || none(/^rport/, /^\d+(-\d+)?$/);
  if (strange || elsewhere) return 'doubtful';
  return fields.some(([key]) => SOURCES.test(key)) ? 'some' : 'plain';
}

/** A computer on which the rule stands alone, and what listens is what it asks for, as far as that can be. */
function aloneWith(line: string): readonly Reach[] {
  const fields = fieldsOf(line);
  const all = (name: string): readonly string[] => fields.flatMap(([key, value]) => (key === name ? [value] : []));
  const [app = 'C:\\Apps\\server.exe'] = all('app');
  const path = app.replace(/%SystemRoot%/i, 'C:\\Windows').replace(/%ProgramFiles%/i, 'C:\\Program Files');
  const kernel = /^system$/i.test(app);
  const services = all('svc').filter((name) => name !== '' && name !== '*');
  const ports = fields.flatMap(([key, value]) => (key.startsWith('lport') ? [/^\d+/.exec(value)?.[0] ?? ''] : []));
  const port = Number(
    ports.find((text) => Number(text) > 0 && Number(text) < 65536) ??
      (all('lport').some((text) => /epmap/i.test(text)) ? 135 : 3000),
  );
  const protocol = all('protocol')[0] === '17' ? 'udp' : 'tcp';
  const category =
    { domain: 'DomainAuthenticated', private: 'Private' }[(all('profile')[0] ?? '').toLowerCase()] ?? 'Public';
  const pid = kernel ? 4 : 100;
  const snapshot = windowsSnapshot({
    rules: [{ name: 'alone', value: line }],
    adapters: [{ ...HOME, category }],
    processes: [{ pid: 100, path }],
    services: (all('svc').includes('*') ? ['x'] : services).map((name) => ({ pid: 100, name })),
    sockets: [
      { at: `${protocol} 0.0.0.0:${port}`, pid },
      { at: `${protocol} [::]:${port}`, pid },
    ],
  });
  const facts = readFacts(snapshot);
  const judge = createJudge(worldOf(facts));
  return facts.listeners.flatMap((listener) => judge.reachOf(listener).reach);
}

/** Is the way open to everybody who could send a packet there? */
const isWhole = ({ family, open }: Reach): boolean => minus(EVERYTHING[family], setOf(open, family) ?? []).length === 0;

describe('judged alone', () => {
  const allows = LINES.filter((line) => /\|action=allow\|/i.test(line)).filter((_, at) => at % STEP === 0);

  test('what is narrowed by anything is never plain open', () => {
    const seen: Record<string, number> = {};
    for (const line of allows) {
      const kind = narrowness(line);
      const ways = aloneWith(line);
      const open = ways.filter(({ open: some }) => some.length > 0);
      const whole = ways.filter(isWhole);
      if (kind === 'doubtful') expect(open, line.slice(0, 300)).toEqual([]);
      if (kind === 'some') expect(whole, line.slice(0, 300)).toEqual([]);
      const what = `${kind} ${whole.length > 0 ? 'whole' : open.length > 0 ? 'part' : ways.some(({ unknown }) => unknown.length > 0) ? 'unknown' : 'closed'}`;
      seen[what] = (seen[what] ?? 0) + 1;
    }
    // Where nothing was open the rest would prove nothing.
    expect(seen['plain whole']).toBeGreaterThan(allows.length / 20);
    expect(seen['some part']).toBeGreaterThan(allows.length / 40);
    expect(seen['doubtful unknown']).toBeGreaterThan(allows.length / 10);
  });
});
