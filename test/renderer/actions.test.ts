import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Bridge, CallName, Progress } from '../../src/core/api.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { News } from '../../src/core/live/news.ts';
import { createActions } from '../../src/renderer/state/actions.ts';
import { createClient } from '../../src/renderer/state/client.ts';
import { createStore } from '../../src/renderer/state/store.ts';
import { fetchWords, speak } from '../../src/renderer/text/words.ts';
import * as files from '../e2e/fixtures/imported.ts';
import * as plans from '../e2e/fixtures/plans.ts';
import * as reports from '../e2e/fixtures/reports.ts';
import { noRules, ufwRules } from '../e2e/fixtures/rules.ts';

// There is no screen here: what is to be drawn is drawn at once.
beforeAll(() => void vi.stubGlobal('requestAnimationFrame', (draw: () => void) => draw()));
afterAll(() => void vi.unstubAllGlobals());

/** An answer that is a problem. */
class Refusal {
  constructor(readonly problem: Problem) {}
}

/** A window on written answers; a function answers when it is let go. */
function start(
  answers: Partial<Record<CallName, unknown>>,
  clock: () => number = () => 0,
  shown: () => Promise<void> = () => Promise.resolve(),
) {
  const asked: (readonly [CallName, unknown])[] = [];
  let tell: (progress: Progress) => void = () => {};
  let push: (news: unknown) => void = () => {};
  const bridge: Bridge = {
    call: (async (name: CallName, input: unknown) => {
      asked.push([name, input]);
      const answer = answers[name];
      if (typeof answer === 'function') return { ok: true, value: await (answer as () => Promise<unknown>)() };
      if (answer instanceof Error) throw answer;
      if (answer instanceof Refusal) return { ok: false, error: answer.problem };
      return { ok: true, value: answer ?? [] };
    }) as Bridge['call'],
    onProgress: (listener) => {
      tell = listener;
      return () => {};
    },
    onNews: (listener) => {
      push = listener;
      return () => {};
    },
  };
  const store = createStore('system', 'en');
  const actions = createActions(store, createClient(bridge), clock, shown);
  return { store, actions, asked, progress: (progress: Progress) => tell(progress), push: (news: News) => push(news) };
}

const fileOf = (name: string, text: () => Promise<string>, size = 10) => ({ name, size, text });

test('what was changed before is asked for once the report is on the screen', async () => {
  let draw = (): void => {};
  const drawn = new Promise<void>((resolve) => {
    draw = resolve;
  });
  const { store, actions, asked } = start({ scan: reports.advice }, undefined, () => drawn);
  const scanned = actions.scan();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(store.get().report).toBe(reports.advice);
  expect(asked.map(([name]) => name)).toEqual(['scan']);
  draw();
  await scanned;
  expect(asked.map(([name]) => name)).toEqual(['scan', 'history']);
});

describe('a file of intents', () => {
  test('is read and judged, shown in the Export view, and judged again with each report', async () => {
    const { store, actions, asked } = start({ scan: reports.advice, readIntent: files.imported });
    await actions.scan();
    await actions.openIntent(fileOf('a.json', async () => '{}'));
    expect(store.get()).toMatchObject({
      route: { view: 'export' },
      intent: { name: 'a.json', fresh: true, reply: { ok: true, value: files.imported } },
    });
    actions.intentShown();
    await actions.weighIntent();
    expect(store.get().intent).toMatchObject({ fresh: false, reply: { ok: true } });
    expect(asked.filter(([name]) => name === 'readIntent')).toEqual([
      ['readIntent', { name: 'a.json', content: '{}' }],
      ['readIntent', { name: 'a.json', content: '{}' }],
    ]);
    actions.closeIntent();
    expect(store.get().intent).toBeNull();
  });

  test.each([
    ['intent-unreadable', fileOf('a.json', () => Promise.reject(new Error('gone')))],
    ['intent-too-large', fileOf('a.json', async () => '"'.repeat(600_000))],
    ['intent-too-large', fileOf('a.json', () => Promise.reject(new Error('not asked')), 1e9)],
  ])('that cannot be sent says why: %s', async (kind, file) => {
    const { store, actions, asked } = start({});
    await actions.openIntent(file);
    expect(store.get().intent?.reply).toMatchObject({ ok: false, error: { code: 'bad-input', means: { kind } } });
    store.set(() => ({ report: reports.advice }));
    await actions.weighIntent();
    expect(store.get().intent?.reply).toMatchObject({ ok: false, error: { means: { kind } } });
    expect(asked.map(([name]) => name)).not.toContain('readIntent');
  });

  test('that could not be weighed against one report is weighed against the next, and only then', async () => {
    const blind = new Error('the report is gone');
    let reply: unknown = blind;
    const { store, actions, asked } = start({
      scan: reports.advice,
      readIntent: () => (reply === blind ? Promise.reject(blind) : reply),
    });
    await actions.scan();
    await actions.openIntent(fileOf('a.json', async () => '{}'));
    expect(store.get().intent?.reply).toMatchObject({ ok: false });
    reply = files.imported;
    await actions.weighIntent();
    expect(store.get().intent?.reply).toMatchObject({ ok: false });
    store.set(({ report }) => ({ report: report === null ? null : { ...report } }));
    await actions.weighIntent();
    expect(store.get().intent?.reply).toMatchObject({ ok: true, value: files.imported });
    expect(asked.filter(([name]) => name === 'readIntent')).toHaveLength(2);
  });

  test('that was put away, or gave way to another, is not shown by a late answer', async () => {
    let answer: (value: unknown) => void = () => {};
    const { store, actions } = start({ readIntent: () => new Promise((resolve) => (answer = resolve)) });
    const opened = actions.openIntent(fileOf('a.json', async () => '{}'));
    await new Promise((resolve) => setTimeout(resolve, 0));
    actions.closeIntent();
    answer(files.imported);
    await opened;
    expect(store.get().intent).toBeNull();
  });

  test('leads each part into Review, however small it is', async () => {
    const { store, actions, asked } = start({ propose: plans.simplePlan });
    const [choice] = files.imported.closing;
    if (choice === undefined) throw new Error('nothing to close');
    await actions.carryOut(choice);
    expect(store.get().route.view).toBe('review');
    expect(asked.map(([name]) => name)).not.toContain('apply');
  });
});

const web = [{ protocol: 'tcp', port: 3000 }] as const;

describe('a deed', () => {
  test('goes from plan to done and leaves the new report', async () => {
    const { store, actions, asked } = start({ scan: reports.advice, propose: plans.simplePlan, apply: plans.outcome });
    await actions.scan();
    await actions.close(web, ['x']);
    expect(asked.map(([name]) => name)).toEqual(['scan', 'history', 'propose', 'apply', 'history']);
    expect(store.get().report).toBe(reports.adviceAfter);
    expect(store.get().deeds).toMatchObject([{ phase: 'done', outcome: plans.outcome }]);
    expect(store.get().route.view).toBe('keep-closed');
  });

  test('names a port once, however many listeners it has', async () => {
    const { actions, asked } = start({ propose: plans.largerPlan });
    await actions.close([...web, ...web], []);
    expect(asked[0]?.[1]).toMatchObject({ targets: web });
  });

  test('a second one waits its turn', async () => {
    let go: (plan: unknown) => void = () => {};
    const { actions, asked } = start({ propose: () => new Promise((resolve) => (go = resolve)) });
    const first = actions.close(web, ['a']);
    await actions.close(web, ['b']);
    expect(asked).toHaveLength(1);
    go(plans.largerPlan);
    await first;
  });

  test('progress of the change is shown on the deed, not on the scan', async () => {
    let go: (outcome: unknown) => void = () => {};
    const { store, actions, progress } = start({
      propose: plans.simplePlan,
      apply: () => new Promise((resolve) => (go = resolve)),
    });
    const closing = actions.close(web, ['a']);
    await new Promise((resolve) => setImmediate(resolve));
    const step: Progress = { call: 'apply', phase: 'verify', text: 'Checking', done: 2, of: 3 };
    progress(step);
    expect(store.get().deeds[0]?.progress).toBe(step);
    expect(store.get().scan.progress).toBeNull();
    go(plans.outcome);
    await closing;
    expect(store.get().deeds[0]?.progress).toBeNull();
  });

  test('a carrier that breaks is a problem with a way out, not an exception', async () => {
    const { store, actions } = start({ propose: new Error('pipe closed') });
    await actions.close(web, ['a']);
    expect(store.get().deeds[0]).toMatchObject({ phase: 'failed', problem: { code: 'failed' } });
    expect(store.get().deeds[0]?.problem?.hint).not.toBe('');
  });

  test('a problem is announced in the language of the window', async () => {
    const [message, hint] = ['firewalld is the firewall here.', 'Use firewall-cmd.'];
    const propose = new Refusal({ code: 'unsupported', message, hint, means: { kind: 'firewalld-governs' } });
    const { store, actions } = start({ propose });
    await actions.close(web, ['a']);
    expect(store.get().announcement).toBe(message);
    await fetchWords('de');
    speak('de');
    await actions.close(web, ['b']);
    speak('en');
    expect(store.get().announcement).toMatch(/^Hier ist firewalld die Firewall/);
  });

  test('a plan that was not carried out gives way to the next', async () => {
    const { store, actions } = start({ propose: plans.largerPlan });
    await actions.close(web, ['a']);
    await actions.close(web, ['b']);
    expect(store.get().deeds).toHaveLength(1);
    expect(store.get().deeds[0]?.findings).toEqual(['b']);
  });
});

describe('undo of a change of the history', () => {
  const answers = { scan: reports.advice, history: plans.history, propose: plans.undoPlan, undo: plans.undone };

  test('the last one is put back at once, an earlier one is reviewed first', async () => {
    const { store, actions, asked } = start(answers);
    await actions.scan();
    const [last, earlier] = plans.history;
    await actions.undoChange(earlier?.id ?? '');
    expect(asked.at(-1)).toEqual(['propose', { kind: 'undo', change: earlier?.id }]);
    expect(store.get().route).toMatchObject({ view: 'review' });
    await actions.undoChange(last?.id ?? '');
    expect(asked.findLast(([name]) => name === 'undo')?.[1]).toEqual({ change: last?.id });
  });

  test('when it is done, the card of what it took back goes', async () => {
    const outcome = { ...plans.outcome, change: { ...plans.applied, id: 'another', plan: plans.undoPlan } };
    let applies = 0;
    const { store, actions } = start({
      ...answers,
      propose: plans.simplePlan,
      apply: () => (applies++ === 0 ? plans.outcome : outcome),
    });
    await actions.close(web, ['x']);
    expect(store.get().deeds).toHaveLength(1);
    await actions.takeBack(plans.applied.id);
    expect(store.get().deeds.map(({ outcome: of }) => of?.change.id)).toEqual(['another']);
  });
});

describe('a change that waits to be kept', () => {
  function waiting() {
    let end: (outcome: unknown) => void = () => {};
    const window = start({
      propose: plans.confirmPlan,
      apply: plans.waiting,
      settled: () => new Promise((resolve) => (end = resolve)),
      confirm: plans.kept,
      undo: plans.undone,
    });
    return { ...window, end: (outcome: unknown) => end(outcome) };
  }
  const tick = () => new Promise((resolve) => setImmediate(resolve));

  test.each([
    ['kept', 'confirm', plans.kept, 'done'],
    ['put back', 'undo', plans.undone, 'undone'],
  ] as const)('is %s by one word', async (_, word, outcome, phase) => {
    const { store, actions, asked, end } = waiting();
    await actions.close(web, ['a']);
    const applying = actions.apply(1);
    await tick();
    expect(store.get().deeds[0]).toMatchObject({ phase: 'waiting', word: null });
    expect(store.get().announcement).toContain('unless you keep it');
    const say = word === 'confirm' ? actions.confirm : actions.putBack;
    await Promise.all([say(1), say(1), actions.close(web, ['b'])]);
    expect(store.get().deeds).toHaveLength(1);
    expect(asked.filter(([name]) => name === word)).toHaveLength(1);
    end(outcome);
    await applying;
    expect(store.get().deeds[0]).toMatchObject({ phase, outcome });
  });

  test('what nobody kept is shown as put back', async () => {
    const { store, actions, end } = waiting();
    await actions.close(web, ['a']);
    const applying = actions.apply(1);
    await tick();
    end(plans.notKept);
    await applying;
    expect(store.get().deeds[0]).toMatchObject({ phase: 'undone' });
    expect(store.get().announcement).toContain('Put back, because it was not kept');
    expect(store.get().report).toBe(reports.advice);
  });
});

describe('the age of what is shown', () => {
  test('a minute after the last reading it is doubted, and a new reading settles it', async () => {
    let now = 1000;
    const { store, actions } = start({ scan: reports.advice }, () => now);
    actions.checkAge();
    expect(store.get().stale).toBe(false);
    await actions.scan();
    now += 59_999;
    actions.checkAge();
    expect(store.get().stale).toBe(false);
    now += 1;
    actions.checkAge();
    expect(store.get().stale).toBe(true);
    expect(store.get().announcement).toContain('may have changed');
    await actions.scan();
    expect(store.get().stale).toBe(false);
  });

  test('a hint of a change is doubt at once; what was just changed and checked is fresh', async () => {
    const { store, actions } = start({ scan: reports.advice, propose: plans.simplePlan, apply: plans.outcome });
    actions.doubt();
    expect(store.get().stale).toBe(false);
    await actions.scan();
    actions.doubt();
    expect(store.get().stale).toBe(true);
    await actions.close(web, ['x']);
    expect(store.get().stale).toBe(false);
  });

  test('a clock that was put back is no proof of freshness', async () => {
    let now = 10_000_000;
    const { store, actions } = start({ scan: reports.advice }, () => now);
    await actions.scan();
    now -= 3_600_000;
    actions.checkAge();
    expect(store.get().stale).toBe(true);
  });
});

describe('the rules in words', () => {
  test('those of a report that another one has followed are dropped', async () => {
    const answers: ((book: unknown) => void)[] = [];
    const { store, actions } = start({
      scan: () => Promise.resolve({ ...reports.advice }),
      rules: () => new Promise((resolve) => answers.push(resolve)),
    });
    await actions.scan();
    const first = actions.loadRules();
    expect(store.get().rules).toEqual({ state: 'loading' });
    await actions.scan();
    const second = actions.loadRules();
    answers[0]?.(noRules);
    await first;
    expect(store.get().rules).toEqual({ state: 'loading' });
    answers[1]?.(ufwRules);
    await second;
    expect(store.get().rules).toEqual({ state: 'here', value: ufwRules });
  });
});

describe('news', () => {
  const later = (report: typeof reports.advice, minutes = 1) => ({
    ...report,
    takenAt: new Date(Date.parse(report.takenAt) + minutes * 60_000).toISOString(),
  });
  const doubt = { kind: 'doubt', of: reports.advice.takenAt, sockets: true } as const;

  test('a newer report is shown, marked for a moment, and said where somebody newly gets in', async () => {
    const { store, actions, push } = start({ scan: reports.adviceAfter });
    await actions.scan();
    const said = store.get().announcement;
    push({ kind: 'report', report: later(reports.adviceAfter) });
    expect(store.get().announcement).toBe(said);
    expect(store.get().changed.size).toBe(0);
    push({ kind: 'report', report: later(reports.advice, 3) });
    expect(store.get().report?.takenAt).toBe(later(reports.advice, 3).takenAt);
    expect(store.get().changed.has('tcp/3000')).toBe(true);
    expect(store.get().announcement).toBe('Others can newly reach 3000/tcp.');
  });

  test('live connections are read with it while they are looked at, and only then', async () => {
    const { store, actions, push, asked } = start({ scan: reports.adviceAfter, connections: plans.connections });
    await actions.scan();
    push({ kind: 'report', report: later(reports.adviceAfter) });
    expect(asked.map(([name]) => name)).not.toContain('connections');
    actions.go({ view: 'ports', tab: 'outbound', listener: null });
    push({ kind: 'report', report: later(reports.adviceAfter, 2) });
    expect(asked.at(-1)?.[0]).toBe('connections');
    await new Promise((resolve) => setImmediate(resolve));
    expect(store.get().connections).toEqual({ state: 'here', value: plans.connections });
  });

  test('an older report is dropped, and so is doubt about another report', async () => {
    const { store, actions, push } = start({ scan: reports.advice });
    await actions.scan();
    push({ kind: 'report', report: later(reports.adviceAfter, -1) });
    push({ ...doubt, of: later(reports.advice).takenAt });
    expect(store.get()).toMatchObject({ report: reports.advice, stale: false, socketsDiffer: false });
  });

  test('doubt shows the time at once; a newer report ends it', async () => {
    const { store, actions, push } = start({ scan: reports.advice });
    await actions.scan();
    push({ ...doubt, sockets: false });
    expect(store.get()).toMatchObject({ stale: true, socketsDiffer: false });
    push(doubt);
    expect(store.get()).toMatchObject({ stale: true, socketsDiffer: true });
    push({ kind: 'report', report: later(reports.advice) });
    expect(store.get()).toMatchObject({ stale: false, socketsDiffer: false });
  });

  test('a review in progress is not disturbed: news wait until it is over', async () => {
    const { store, actions, push } = start({ scan: reports.advice, propose: plans.largerPlan });
    await actions.scan();
    await actions.close(web, ['x']);
    push({ kind: 'report', report: later(reports.adviceAfter) });
    push({ ...doubt, of: later(reports.adviceAfter).takenAt });
    expect(store.get()).toMatchObject({ report: reports.advice, stale: false });
    actions.dismiss(store.get().deeds[0]?.id ?? 0);
    expect(store.get()).toMatchObject({ stale: true, report: { takenAt: later(reports.adviceAfter).takenAt } });
  });

  test('a reading that was asked for comes first', async () => {
    let go: (report: unknown) => void = () => {};
    const { store, actions, push } = start({ scan: () => new Promise((resolve) => (go = resolve)) });
    const first = actions.scan();
    go(reports.advice);
    await first;
    const second = actions.scan();
    push({ kind: 'report', report: later(reports.adviceAfter) });
    expect(store.get().report).toBe(reports.advice);
    go(reports.adviceAfter);
    await second;
    expect(store.get().report).toBe(reports.adviceAfter);
  });
});

describe('a visit from outside of the window', () => {
  const advice = { kind: 'visit', visit: { to: 'advice', finding: 'exposed-dev-server:tcp/3000' } } as const;
  const review = { kind: 'visit', visit: { to: 'review', target: web[0] } } as const;
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  test('to a piece of advice: the home view, with that one to be looked at; nothing is asked for', async () => {
    const { store, actions, asked, push } = start({ scan: reports.advice });
    await actions.scan();
    actions.go({ view: 'learn' });
    const before = asked.length;
    push(advice);
    expect(store.get()).toMatchObject({ route: { view: 'keep-closed' }, visited: advice.visit.finding });
    expect(asked).toHaveLength(before);
    actions.visited();
    expect(store.get().visited).toBeNull();
  });

  test('to a review: a plan that one click would carry out is shown, and not carried out', async () => {
    const { store, actions, asked, push } = start({ scan: reports.advice, propose: plans.simplePlan });
    await actions.scan();
    push(review);
    await settled();
    expect(asked.at(-1)).toEqual(['propose', { kind: 'close', targets: web, audience: 'everyone', way: 'firewall' }]);
    expect(store.get()).toMatchObject({ route: { view: 'review', deed: 1 }, deeds: [{ phase: 'ready' }] });
  });

  test('before there is a report it waits for one', async () => {
    let go: (report: unknown) => void = () => {};
    const { store, actions, asked, push } = start({
      scan: () => new Promise((resolve) => (go = resolve)),
      propose: plans.simplePlan,
    });
    const first = actions.scan();
    push(review);
    expect(asked.map(([name]) => name)).toEqual(['scan']);
    go(reports.advice);
    await first;
    await settled();
    expect(asked.filter(([name]) => name === 'propose')).toHaveLength(1);
    expect(store.get().route.view).toBe('review');
  });

  test('whoever is in the middle of a review stays there', async () => {
    const { store, actions, asked, push } = start({ scan: reports.advice, propose: plans.largerPlan });
    await actions.scan();
    await actions.close(web, ['x']);
    const { route } = store.get();
    push(advice);
    push(review);
    await settled();
    expect(store.get()).toMatchObject({ route, visited: null });
    actions.dismiss(store.get().deeds[0]?.id ?? 0);
    await settled();
    expect(asked.filter(([name]) => name === 'propose')).toHaveLength(1);
  });
});
