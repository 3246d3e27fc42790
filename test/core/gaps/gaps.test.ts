/** What could not be read says in English what it means, wherever it comes from. */
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../../src/core/facts.ts';
import {
  type Reason,
  type GapHow,
  type GapWhat,
  type GapWhy,
  gap,
  reasonText,
  unreadDoubt,
  unreadKey,
  whatText,
  whyText,
  withoutFamily,
  withoutPart,
} from '../../../src/core/gaps/index.ts';
import { settledBy, settledTogether } from '../../../src/core/gaps/settle.ts';
import type { Failure, Gap, ListenerReach, Snapshot, Transcript } from '../../../src/core/model.ts';
import { reportFrom } from '../../../src/core/report.ts';
import { makeRuleBook } from '../../../src/core/rulebook/index.ts';
import { readSnapshots } from '../rulesets/snapshots.ts';
import { HOWS, REASONS, WHATS, WHYS } from './examples.ts';

const flat = <Meaning>(all: Readonly<Record<string, readonly (readonly [Meaning, string])[]>>) =>
  Object.values(all).flat();

describe('the English of a meaning', () => {
  const WHAT: GapWhat = { kind: 'listening' };
  const WHY: GapWhy = { kind: 'missing' };
  const HOW: GapHow = { kind: 'scan-again' };

  test.each(flat<GapWhat>(WHATS))('%j', (what, text) => {
    expect(whatText(what)).toBe(text);
    expect(gap({ what, why: WHY, how: HOW })).toEqual({
      what: text,
      why: 'the program or file is not there',
      how: 'scan again',
      means: { what, why: WHY, how: HOW },
    });
  });
  test.each(flat<GapWhy>(WHYS))('%j', (why, text) => {
    expect(whyText(why)).toBe(text);
    expect(unreadDoubt(gap({ what: WHAT, why, how: HOW })).text).toBe(`listening ports: ${text}`);
  });
  test.each(flat<GapHow>(HOWS))('%j', (how, text) => expect(gap({ what: WHAT, why: WHY, how }).how).toBe(text));
  test.each(Object.values(REASONS).flat())('%j', (reason, text) => expect(reasonText(reason)).toBe(text));
});

describe('what is one thing to tell', () => {
  const rules = (by: 'iptables' | 'nftables', family: 4 | 6 | null, legacy = false) =>
    ({ kind: 'kernel-rules', by, family, legacy }) as const;

  test('the same of both families', () => {
    expect(whatText(withoutFamily(rules('iptables', 4, true)))).toBe('kernel rules (iptables), legacy');
    expect(whatText(withoutFamily({ kind: 'routes', family: 6 }))).toBe('routes');
    expect(whatText(withoutFamily({ kind: 'ufw-rules', family: 6 }))).toBe("ufw's IPv6 rules");
    const why = { kind: 'timeout' } as const;
    expect(unreadKey({ what: rules('iptables', 4), why })).toBe(unreadKey({ what: rules('iptables', 6), why }));
    expect(unreadKey({ what: rules('iptables', 4), why })).not.toBe(unreadKey({ what: rules('nftables', null), why }));
  });

  test('parts of the kernel’s rules, and programs at one place', () => {
    const parts = [rules('iptables', 4), rules('iptables', 6, true), rules('nftables', null)];
    expect(new Set(parts.map((what) => whatText(withoutPart(what))))).toEqual(new Set(['kernel rules']));
    expect(whatText(withoutPart({ kind: 'xdp', device: 'eth0', programs: ['a'] }))).toBe('an XDP program on eth0');
    expect(whatText(withoutPart({ kind: 'listening' }))).toBe('listening ports');
  });
});

// ---------------------------------------------------------------- whatever was read

const [first, second] = ['docker', 'ufw'].map(
  (name) => Object.entries(readSnapshots()).find(([id]) => id.includes(name))?.[1],
);

type Harm = (transcript: Transcript) => Partial<Transcript> | null;
const failing =
  (failure: Failure): Harm =>
  () => ({ failure, stdout: '', stderr: 'xyz: broken' });

const HARMS: readonly (readonly [string, Harm])[] = [
  ['not gathered', () => null],
  ...(['missing', 'refused', 'failed'] as const).map((failure) => [failure, failing(failure)] as const),
  ['cut', ({ stdout }) => ({ stdout: stdout.slice(0, Math.floor(stdout.length / 2)) })],
  ['garbled', () => ({ stdout: '{]\n' })],
];

describe.each(HARMS)('one reading %s', (_, harm) => {
  test('the texts are made of the meanings, one reason for each', () => {
    let told = 0;
    for (const snapshot of [first, second]) {
      if (snapshot === undefined) throw new Error('no snapshot');
      for (const harmed of snapshot.transcripts.filter(({ failure }) => failure !== 'missing')) {
        const transcripts = snapshot.transcripts.flatMap((one) => {
          const changes = one === harmed ? harm(one) : {};
          return changes === null ? [] : [{ ...one, ...changes }];
        });
        told += check({ ...snapshot, transcripts });
      }
    }
    expect(told).toBeGreaterThan(50);
  });
});

/** How many gaps and reasons there were. */
function check(snapshot: Snapshot): number {
  const facts = readFacts(snapshot);
  const report = reportFrom(facts, snapshot, { kept: new Set() });
  const book = makeRuleBook(snapshot, facts, report);
  const gaps: readonly Gap[] = [...report.unread, ...book.unread];
  for (const one of gaps) expect(one).toEqual(gap(one.means));
  const ways = [...report.listeners, ...report.forwards].flatMap(({ reach }: ListenerReach) => reach);
  for (const { reasons, doubts } of ways) expect(doubts.map(reasonText)).toEqual(reasons);
  return gaps.length + ways.flatMap(({ reasons }) => reasons).length;
}

test('what names no rule is not settled by looking at one', () => {
  const about = (kind: 'program' | 'signed'): Reason => ({ kind: 'application', about: kind, program: '/a/b' });
  const rule: Reason = { kind: 'rule', text: 'RA4=LocalSubnet' };
  expect(settledBy(about('program'), false)).toEqual({ kind: 'as-root' });
  expect(settledBy(about('program'), true)).toEqual({ kind: 'application-settings' });
  expect(settledBy({ kind: 'network-kind', interface: 'Wi-Fi' }, false).kind).toBe('run');
  expect(settledTogether([about('signed')])).toEqual({ kind: 'application-settings' });
  expect(settledTogether([about('signed'), rule])).toEqual({ kind: 'named-rule' });
});
