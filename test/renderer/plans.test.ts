/** What a plan and a change say is told in German as well: by what is meant, with the same ports, names and commands. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Progress } from '../../src/core/api.ts';
import type { Change, Choice, NewChoice, Operation, Plan, Report, Snapshot, Target } from '../../src/core/model.ts';
import {
  checkedWords,
  noteWords,
  propose,
  stepOf,
  summaryOf,
  undoSummary,
  warningWords,
} from '../../src/core/plan/index.ts';
import { de } from '../../src/renderer/text/de/index.ts';
import { en } from '../../src/renderer/text/en/index.ts';
import { dateTime } from '../../src/renderer/text/format.ts';
import type { Checked, Warning } from '../../src/core/told.ts';
import { ProblemError } from '../../src/core/problem.ts';
import { makeReport } from '../../src/core/report.ts';
import { visible } from '../../src/core/visible.ts';
import { fetchWords, speak } from '../../src/renderer/text/words.ts';
import { nastyTuple, OPERATIONS } from './operations.ts';
import { readSnapshots } from '../core/rulesets/snapshots.ts';
import { checked, LATER, notes, warnings } from '../core/plan/told.ts';
import { spoilt } from './spoilt.ts';
import { history, largerPlan, simplePlan, stopPlan } from '../e2e/fixtures/plans.ts';
import { advice, ledOn, NASTY } from '../e2e/fixtures/reports.ts';

await fetchWords('de');

beforeEach(() => speak('de'));
afterEach(() => speak('en'));

/** Words that English sentences are made of and German ones are not. */
const ENGLISH =
  /\b(the|and|is|are|of|to|not|this|that|what|who|your|you|it|its|be|can|with|for|from|as|at|by|on|or|open|closed|close|again|rule|listens|nothing|unless|stop|block|ahead|every)\b/i;

/** What no language writes otherwise. */
const fixed = (text: string): readonly string[] => (text.match(/\d+(?:[.:/]\d+)*|\((?:TCP|UDP)\)/g) ?? []).toSorted();

/** All texts that something carries as data, the longest first. */
function carried(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(carried) : [];
}

/** The sentence without what it carries, and without what stands in quotes. */
function own(text: string, value: unknown): string {
  const foreign = [...new Set(carried(value))].filter((one) => one.length > 3).sort((a, b) => b.length - a.length);
  return foreign.reduce((left, one) => left.replaceAll(one, '…'), text).replaceAll(/„[^“]*“/g, '…');
}

const tcp = (port: number): Target => ({ protocol: 'tcp', port });
const ENABLE: Operation = { kind: 'ufw-enable' };

const planOf = (choice: Choice, summary: string, operations: readonly Operation[] = []): Plan => ({
  ...simplePlan,
  choice,
  summary,
  steps: operations.map(stepOf),
});

const changeOf = (id: string, plan: Plan): Change => ({
  id,
  at: '2026-11-20T10:43:00.000Z',
  summary: plan.summary,
  layers: plan.layers,
  state: 'applied',
  plan,
  note: null,
});

describe('a summary', () => {
  const targets = [tcp(3000), { protocol: 'udp', port: 53 }] as const;
  const choices: readonly NewChoice[] = [
    ...(['everyone', 'all-but-this-network', 'internet'] as const).flatMap((audience) =>
      [targets, targets.slice(0, 1)].map(
        (some): NewChoice => ({ kind: 'close', targets: some, audience, way: 'firewall' }),
      ),
    ),
    { kind: 'close', targets, audience: 'everyone', way: 'stop' },
    { kind: 'reopen', targets, audience: 'everyone', way: 'firewall' },
    { kind: 'enable-firewall', keep: [] },
    { kind: 'remove-opening', targets },
  ];
  const plans = choices.flatMap((choice) => [
    planOf(choice, summaryOf(choice, false)),
    planOf(choice, summaryOf(choice, true), [ENABLE]),
  ]);

  test('says what was chosen', () => {
    for (const plan of plans) {
      const said = de.plan.summary(plan, []);
      expect(said).not.toMatch(ENGLISH);
      expect(fixed(said)).toEqual(fixed(plan.summary));
      expect(en.plan.summary(plan, [])).toBe(plan.summary);
    }
    const [both, one] = plans.filter(({ steps }) => steps.length > 0);
    expect([both, one].map((plan) => de.plan.summary(plan ?? simplePlan, []))).toEqual([
      'Ports 3000 (TCP) und 53 (UDP) für alle schließen und die Firewall einschalten',
      'Port 3000 (TCP) für alle schließen und die Firewall einschalten',
    ]);
  });

  test('of an undo names the change that it is about, as often as that was taken back', () => {
    const closed = changeOf('20261120T104300-a1b2c3', simplePlan);
    const undo = (of: Change): Plan => planOf({ kind: 'undo', change: of.id }, undoSummary(of));
    const back = changeOf('20261120T110000-b1b2c3', undo(closed));
    const again = changeOf('20261120T120000-c1b2c3', undo(back));
    const history = [again, back, closed];
    const said = (plan: Plan, known: readonly Change[] = history) => de.plan.summary(plan, known);
    expect([back.plan, again.plan, undo(again)].map((plan) => [plan.summary, said(plan)])).toEqual([
      ['Take back “Close port 3000 (TCP) for everyone”', '„Port 3000 (TCP) für alle schließen“ zurücknehmen'],
      ['Make “Close port 3000 (TCP) for everyone” again', '„Port 3000 (TCP) für alle schließen“ erneut ausführen'],
      ['Take back “Close port 3000 (TCP) for everyone”', '„Port 3000 (TCP) für alle schließen“ zurücknehmen'],
    ]);
    // Where the history does not have it, its id says when it was made.
    const when = dateTime('2026-11-20T10:43:00Z');
    expect(said(back.plan, [])).toBe(`Die Änderung vom ${when} zurücknehmen`);
    expect(said(again.plan, [back])).toBe(`Die Änderung vom ${when} erneut ausführen`);
    expect(said(undo({ ...closed, id: 'change-001' }), [])).toBe('Die Änderung change-001 zurücknehmen');
  });

  test('of undos that point at each other comes to an end', () => {
    const one = changeOf('one-00000', planOf({ kind: 'undo', change: 'two-00000' }, ''));
    const two = changeOf('two-00000', planOf({ kind: 'undo', change: 'one-00000' }, ''));
    expect(de.plan.summary(one.plan, [one, two])).toMatch(/^Die Änderung (one|two)-00000 /);
  });
});

describe('a step', () => {
  const operations = Object.values(OPERATIONS).flat();

  test('says what its operation does', () => {
    for (const operation of operations) {
      const { says } = stepOf(operation);
      const said = de.plan.step(stepOf(operation));
      expect(own(said, operation)).not.toMatch(ENGLISH);
      expect(fixed(said)).toEqual(fixed(says));
      expect(said).not.toMatch(/undefined|NaN|\[object| {2}|[.,] ?[.,]/);
      expect(en.plan.step(stepOf(operation))).toBe(says);
    }
    const all = operations.map((operation) => de.plan.step(stepOf(operation)));
    expect(new Set(all).size).toBe(all.length);
  });

  test('hides nothing of what somebody chose to do harm with', () => {
    for (const nasty of NASTY) {
      const said = [
        { kind: 'service-stop', unit: nasty, boot: true },
        { kind: 'program-end', pid: 2, program: nasty, inodes: [1] },
        { kind: 'connections-drop', port: 1, from: [nasty] },
        { kind: 'table-close', protocol: 'tcp', port: 1, except: [nasty] },
        { kind: 'firewalld-add', zone: nasty, action: 'drop', protocol: 'tcp', port: 1, source: nasty },
        { kind: 'ufw-delete', tuple: nastyTuple(nasty) },
      ] satisfies readonly Operation[];
      for (const operation of said) {
        const text = de.plan.step({ operation, says: '', commands: [] });
        expect(text).toBe(visible(text));
      }
    }
  });
});

const around = { report: advice, history };

describe('a warning', () => {
  test('says what is meant', () => {
    for (const warning of warnings) {
      const said = de.plan.warning(warning, around);
      const english = warningWords(warning);
      expect(own(said, warning)).not.toMatch(ENGLISH);
      expect(fixed(said)).toEqual(fixed(english));
      expect(said).toMatch(/[.“]$/);
      expect(own(said, warning)).not.toMatch(/undefined|NaN|\[object|["”—]| {2}|[.,:] ?[.,:]/);
      expect(en.plan.warning(warning, around)).toBe(english);
    }
    const all = warnings.map((warning) => de.plan.warning(warning, around));
    expect(new Set(all).size).toBe(all.length);
  });

  test('calls listeners and changes as the window does', () => {
    const end = { listener: 'tcp/3000', name: 'Development web server' };
    expect(de.plan.warning({ kind: 'lets-in', ends: [end] }, around)).toBe(
      'Das lässt andere wieder herein: 3000/tcp (Entwicklungs-Webserver).',
    );
    expect(de.plan.warning({ kind: 'in-use', port: { ...tcp(3000), name: 'Development web server' } }, around)).toBe(
      'Port 3000 (TCP, Entwicklungs-Webserver) ist in Gebrauch.',
    );
    const thing = { is: 'rule', family: 4, rule: 'deny 3000/tcp' } as const;
    const needed = { kind: 'left', thing, why: { kind: 'needed', later: LATER } } as const;
    expect(de.plan.warning(needed, around)).toBe(
      'Die IPv4-Regel „deny 3000/tcp“ bleibt: Die spätere Änderung „Port 3000 (TCP) für alle schließen“ braucht sie.',
    );
    const when = dateTime('2026-11-20T10:43:00Z');
    expect(de.plan.warning(needed, { ...around, history: [] })).toContain(`Die spätere Änderung vom ${when} braucht`);
  });

  test('that an earlier version wrote stays as it is', () => {
    const text = 'Port 3000 (TCP) is in use.';
    expect(warningWords(text)).toBe(text);
    expect(de.plan.warning(text, around)).toBe(text);
    expect(en.plan.warning(text, around)).toBe(text);
  });

  test('hides nothing of what somebody chose to do harm with', () => {
    for (const nasty of NASTY)
      for (const warning of [...warnings, { kind: 'ahead', because: nasty } as const]) {
        const said = de.plan.warning(spoilt(warning, nasty) as Warning, around);
        expect(said).toBe(visible(said));
      }
  });
});

describe('what was checked after a change', () => {
  test('says what was found', () => {
    for (const line of checked) {
      const said = de.plan.checked(line, around);
      const english = checkedWords(line);
      expect(own(said, line)).not.toMatch(ENGLISH);
      expect(fixed(said)).toEqual(fixed(english));
      expect(said).toMatch(/[.“]$/);
      expect(own(said, line)).not.toMatch(/undefined|NaN|\[object|["”—]| {2}|[.,:] ?[.,:]/);
      expect(en.plan.checked(line, around)).toBe(english);
    }
    const all = checked.map((line) => de.plan.checked(line, around));
    expect(new Set(all).size).toBe(all.length);
  });

  test('calls a listener as the window does; one that is gone only by its port', () => {
    const end = { listener: 'tcp/3000', name: 'Development web server' };
    expect(de.plan.checked({ kind: 'nobody-reaches', end }, around)).toBe(
      '3000/tcp (Entwicklungs-Webserver): jetzt für niemanden sonst erreichbar.',
    );
    expect(de.plan.checked({ kind: 'gone', end: { ...end, listener: 'tcp/3999' } }, around)).toBe(
      '3999/tcp: Dort lauscht nichts mehr.',
    );
  });

  test('and a port that leads on by where it leads', () => {
    const [door] = ledOn.forwards;
    if (door === undefined) throw new Error('nothing leads on');
    const nameless = { ...ledOn, forwards: [{ ...door, container: null, to: { ...door.to, kind: 'guest' as const } }] };
    const end = { listener: door.id, name: 'the guest' };
    expect(de.plan.name(end, nameless)).toBe('eine virtuelle Maschine');
    expect(de.plan.checked({ kind: 'nobody-reaches', end }, { ...around, report: nameless })).toContain(
      '(eine virtuelle Maschine): ',
    );
    expect(en.plan.name(end, nameless)).toBe('the guest');
  });

  test('and of which only the text is known stays as it is', () => {
    const text = 'The rules are others than expected.';
    expect([checkedWords(text), de.plan.checked(text, around), en.plan.checked(text, around)]).toEqual([
      text,
      text,
      text,
    ]);
  });

  test('hides nothing of what somebody chose to do harm with', () => {
    for (const nasty of NASTY)
      for (const line of checked) {
        const said = de.plan.checked(spoilt(line, nasty) as Checked, around);
        expect(said).toBe(visible(said));
      }
  });
});

test('what became of a change is told by what is meant, else as it was written', () => {
  const [change] = history;
  if (change === undefined) throw new Error('no change');
  for (const says of notes) {
    const said = de.plan.note({ ...change, note: noteWords(says), says }, around);
    expect(said).toBe(de.plan.checked({ kind: 'noted', note: says }, around));
    expect(en.plan.note({ ...change, note: noteWords(says), says }, around)).toBe(noteWords(says));
  }
  expect(de.plan.note({ ...change, note: 'ufw: ERROR' }, around)).toBe('ufw: ERROR');
  expect(de.plan.note(change, around)).toBeNull();
});

describe('what is under way', () => {
  const progress = (call: Progress['call'], phase: string, done: number | null = 0): Progress => ({
    call,
    phase,
    text: 'What it is',
    done,
    of: 2,
  });
  const said = (...[call, phase, done]: Parameters<typeof progress>): string =>
    de.plan.progress(progress(call, phase, done), largerPlan);

  test('is the operation, while a plan is carried out', () => {
    expect([0, 1].map((done) => said('apply', 'step', done))).toEqual(largerPlan.steps.map(de.plan.step));
    expect(said('undo', 'step')).toBe(
      'Die Regeldateien von ufw genau so wiederherstellen, wie sie waren, und sie laden',
    );
    expect(de.plan.progress(progress('apply', 'step'), stopPlan)).toBe('Bittet node, sich zu beenden');
    expect(de.plan.progress(progress('undo', 'step'), stopPlan)).toBe('Nimmt alles zurück');
  });

  test('is told by its phase else, and what is not known as it is written', () => {
    expect(said('apply', 'check')).not.toBe(said('undo', 'check'));
    expect(said('apply', 'put-back', null)).not.toBe(said('apply', 'recover', null));
    expect(said('apply', 'xyz')).toBe('What it is');
    expect(said('apply', 'step', 9)).toBe('What it is');
    expect(en.plan.progress(progress('apply', 'check'), largerPlan)).toBe('What it is');
  });
});

describe('plans for machines that people run', () => {
  const judge = (snapshot: Snapshot) => makeReport(snapshot, { kept: new Set(['tcp/22', 'tcp/3000']) });
  const choicesFor = ({ listeners }: Report): readonly NewChoice[] => {
    const ports = listeners.slice(0, 2).map(({ protocol, port }): Target => ({ protocol, port }));
    return [
      { kind: 'enable-firewall', keep: [] },
      ...[...ports, tcp(9999)].map(
        (target): NewChoice => ({
          kind: 'close',
          targets: [target],
          audience: 'internet',
          way: 'firewall',
          confirm: 60,
        }),
      ),
    ];
  };
  const planned = Object.values(readSnapshots())
    .filter((_, at) => at % 3 === 0)
    .flatMap((snapshot) => {
      const report = judge(snapshot);
      return choicesFor(report).flatMap((choice): readonly (readonly [Plan, Report])[] => {
        try {
          const given = { snapshot, choice, report, judge, changes: [], sha256: () => '', now: '' };
          return [[propose(given), report]];
        } catch (error) {
          if (error instanceof ProblemError) return [];
          throw error;
        }
      });
    });

  test('are told in German from beginning to end', () => {
    expect(planned.length).toBeGreaterThan(5);
    for (const [plan, report] of planned) {
      const pairs = [
        [de.plan.summary(plan, []), plan.summary, plan.choice],
        ...plan.steps.map((step) => [de.plan.step(step), step.says, step.operation] as const),
        ...plan.undo.map((step) => [de.plan.step(step), step.says, step.operation] as const),
        ...plan.warnings.map(
          (warning) => [de.plan.warning(warning, { report, history: [] }), warningWords(warning), warning] as const,
        ),
      ] as const;
      for (const [german, english, value] of pairs) {
        expect(own(german, value)).not.toMatch(ENGLISH);
        expect(fixed(german)).toEqual(fixed(english));
      }
    }
  });
});
