/** The advisor with a machine of the test's own: what it asks for, when, and what it refuses. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Progress } from '../../../src/core/api.ts';
import type { Change, Choice, Plan, Snapshot, Transcript } from '../../../src/core/model.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { type Problem, ProblemError } from '../../../src/core/problem.ts';
import { createAdvisor } from '../../../src/main/advisor.ts';
import type { Done } from '../../../src/main/apply/index.ts';
import type { Machine } from '../../../src/main/machine.ts';
import { fileSettings } from '../../../src/main/settings.ts';

/** Captured by test/main/cli/snapshots/capture.sh. */
const captured = (name: string): Snapshot =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../cli/snapshots', `${name}.json`), 'utf8')) as Snapshot;
const [on, off, absent, ordinary] = ['on', 'off', 'absent', 'ordinary'].map(captured) as [
  Snapshot,
  Snapshot,
  Snapshot,
  Snapshot,
];

/** What an ordinary user sees of a machine, and what the helper would read for them. */
const refused = (snapshot: Snapshot): readonly string[] =>
  snapshot.transcripts.filter(({ failure }) => failure === 'refused').map(({ id }) => id);
const exactOf = (whole: Snapshot): readonly Transcript[] =>
  whole.transcripts.filter(({ id }) => refused(ordinary).includes(id));

const CLOSE: Choice = {
  kind: 'close',
  targets: [{ protocol: 'tcp', port: 3000 }],
  audience: 'everyone',
  way: 'firewall',
};

const done = (
  plan: Plan,
): { change: Change; checked: string[]; verified: boolean; transcripts: readonly Transcript[] } => ({
  change: {
    id: '20261121T000000-00000000',
    at: plan.createdAt,
    summary: plan.summary,
    layers: ['ufw'],
    state: 'applied',
    plan,
    note: null,
  },
  checked: ['checked'],
  verified: true,
  transcripts: exactOf(on),
});

/** A machine that shows one snapshot and notes what was asked of it. */
function fake(snapshot: Snapshot, more: Partial<Machine> = {}): { machine: Machine; asked: string[] } {
  const asked: string[] = [];
  const note =
    <A extends readonly unknown[], T>(name: string, run: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> => {
      asked.push(name);
      return run(...args);
    };
  const machine: Machine = {
    gather: async (onProgress) => {
      onProgress({ phase: 'sockets', text: 'Reading what listens', done: 1, of: 3 });
      return snapshot;
    },
    services: () => Promise.reject(new Error('not in this test')),
    readGiven: async () => null,
    readExact: async () => exactOf(on),
    apply: async (plan) => done(plan),
    confirm: () => Promise.reject(new Error('not in this test')),
    undo: () => Promise.reject(new Error('not in this test')),
    history: async () => [],
    ...more,
  };
  return {
    machine: {
      gather: note('gather', machine.gather),
      services: note('services', machine.services),
      readGiven: machine.readGiven,
      readExact: note('readExact', machine.readExact),
      apply: note('apply', machine.apply),
      confirm: note('confirm', machine.confirm),
      undo: note('undo', machine.undo),
      history: note('history', machine.history),
    },
    asked,
  };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-advisor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const advisorOn = (snapshot: Snapshot, more: Partial<Machine> = {}) => {
  const { machine, asked } = fake(snapshot, more);
  return { advisor: createAdvisor({ machine, settings: fileSettings(folder) }), asked };
};

const problemOf = async (promise: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await promise.then(
    () => new Error('done, though a problem was expected'),
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return inEnglish(error);
  throw error;
};

const exposure = (report: { listeners: readonly { id: string; exposure: string }[] }, id = 'tcp/3000') =>
  report.listeners.find((one) => one.id === id)?.exposure;

describe('rules', () => {
  test('are those of the last scan, as exactly as it was read, and ask for nothing', async () => {
    const { advisor, asked } = advisorOn(ordinary);
    await advisor.scan({ exact: false });
    const seen = await advisor.rules({});
    expect(seen.rules).toEqual([]);
    expect(seen.unread.length).toBeGreaterThan(0);
    expect(asked).toEqual(['gather']);
    await advisor.scan({ exact: true });
    const exact = await advisor.rules({});
    expect(exact.rules.find(({ text }) => text === 'allow 7000/tcp')).toMatchObject({ use: 'nothing-listens' });
    expect(exact.unread).toEqual([]);
    expect(asked).toEqual(['gather', 'gather', 'readExact']);
  });
});

describe('scan', () => {
  test('judges what was gathered, and says what is being done', async () => {
    const { advisor, asked } = advisorOn(on);
    const heard: Progress[] = [];
    const stop = advisor.onProgress((progress) => heard.push(progress));
    expect(exposure(await advisor.scan({ exact: false }))).toBe('network');
    expect(heard).toEqual([{ call: 'scan', phase: 'sockets', text: 'Reading what listens', done: 1, of: 3 }]);
    stop();
    await advisor.scan({ exact: false });
    expect(heard).toHaveLength(1);
    expect(asked).toEqual(['gather', 'gather']);
  });

  test('asks for more rights only when exact is wanted, and only where something was refused', async () => {
    const { advisor, asked } = advisorOn(ordinary);
    expect(exposure(await advisor.scan({ exact: false }))).toBe('unknown');
    expect(asked).toEqual(['gather']);
    expect(exposure(await advisor.scan({ exact: true }))).toBe('network');
    expect(asked).toEqual(['gather', 'gather', 'readExact']);

    const asRoot = advisorOn(on);
    await asRoot.advisor.scan({ exact: true });
    expect(asRoot.asked).toEqual(['gather']);
  });

  test('what is given without a question is part of every scan, and then nobody is asked', async () => {
    const { machine, asked } = fake(ordinary, { readGiven: async () => exactOf(on) });
    const advisor = createAdvisor({ machine, settings: fileSettings(folder) });
    const plain = await advisor.scan({ exact: false });
    expect(plain.firewalls.find(({ id }) => id === 'ufw')?.rules).toBe(5);
    expect(await advisor.scan({ exact: true })).toMatchObject({ firewalls: plain.firewalls });
    expect(asked).toEqual(['gather', 'gather']);
  });

  test('a refused question is a problem, not a report without rules', async () => {
    const { advisor } = advisorOn(ordinary, { readExact: () => Promise.reject(new Error('no')) });
    await expect(advisor.scan({ exact: true })).rejects.toThrow('no');
  });
});

describe('propose', () => {
  test('reads every rule once, and only because the plan needs them', async () => {
    const { advisor, asked } = advisorOn(ordinary);
    expect((await advisor.propose(CLOSE)).steps.length).toBeGreaterThan(0);
    expect(asked).toEqual(['gather', 'gather', 'readExact']);
    await advisor.propose(CLOSE);
    expect(asked.filter((one) => one === 'readExact')).toHaveLength(1);
  });

  test('nobody is asked for a password to hear that there is no firewall', async () => {
    const ids = refused(ordinary).filter((id) => !id.startsWith('file:/etc/ufw'));
    const seen = {
      ...absent,
      uid: 65534,
      transcripts: absent.transcripts.map((one) =>
        ids.includes(one.id) ? { ...one, failure: 'refused' as const, stdout: '' } : one,
      ),
    };
    const { advisor, asked } = advisorOn(seen);
    expect((await problemOf(advisor.propose(CLOSE))).code).toBe('no-firewall');
    expect(asked).toEqual(['gather']);
  });

  test('changes nothing', async () => {
    const { advisor, asked } = advisorOn(on);
    await advisor.propose(CLOSE);
    expect(asked).not.toContain('apply');
  });
});

describe('apply', () => {
  test('carries out the plan that was shown, looks again, and judges with what the helper read', async () => {
    const plans: Plan[] = [];
    const { advisor, asked } = advisorOn(ordinary, {
      apply: async (plan, onProgress) => {
        onProgress({ phase: 'step', text: 'Block new connections', done: 1, of: 1 });
        plans.push(plan);
        return done(plan);
      },
    });
    const heard: Progress[] = [];
    const plan = await advisor.propose(CLOSE);
    advisor.onProgress((progress) => heard.push(progress));
    const outcome = await advisor.apply({ plan: plan.id });
    expect(plans).toEqual([plan]);
    expect(outcome).toMatchObject({ verified: true, checked: ['checked'], change: { summary: plan.summary } });
    expect(exposure(outcome.report)).toBe('network');
    expect(heard[0]).toEqual({ call: 'apply', phase: 'step', text: 'Block new connections', done: 1, of: 1 });
    // One question for reading, and none more after the change.
    expect(asked).toEqual(['gather', 'gather', 'readExact', 'apply', 'gather']);
  });

  test('only what this process proposed, and only once', async () => {
    const { advisor, asked } = advisorOn(on);
    const plan = await advisor.propose(CLOSE);
    expect((await problemOf(advisor.apply({ plan: '0'.repeat(64) }))).code).toBe('stale-plan');
    expect((await problemOf(advisorOn(on).advisor.apply({ plan: plan.id }))).code).toBe('stale-plan');
    await advisor.apply({ plan: plan.id });
    expect((await problemOf(advisor.apply({ plan: plan.id }))).code).toBe('stale-plan');
    expect(asked.filter((one) => one === 'apply')).toHaveLength(1);
  });

  test('a plan that was refused can be seen and tried anew', async () => {
    const { advisor } = advisorOn(on, { apply: () => Promise.reject(new Error('the helper went away')) });
    await expect(advisor.apply({ plan: (await advisor.propose(CLOSE)).id })).rejects.toThrow('went away');
    await expect(advisor.apply({ plan: (await advisor.propose(CLOSE)).id })).rejects.toThrow('went away');
  });

  test('one change at a time', async () => {
    let finish: (value: unknown) => void = () => {};
    const waiting = new Promise((resolve) => {
      finish = resolve;
    });
    const { advisor, asked } = advisorOn(on, { apply: (plan) => waiting.then(() => done(plan)) });
    const plan = await advisor.propose(CLOSE);
    const first = advisor.apply({ plan: plan.id });
    expect((await problemOf(advisor.apply({ plan: plan.id }))).code).toBe('busy');
    expect((await problemOf(advisor.undo({}))).code).toBe('busy');
    finish(null);
    await first;
    expect(asked).not.toContain('undo');
  });

  test('a scan that began before a change does not stand for the state after it', async () => {
    const states = [on, off];
    const slow: ((snapshot: Snapshot) => void)[] = [];
    let hold = false;
    const { advisor } = advisorOn(on, {
      gather: async () => (hold ? new Promise<Snapshot>((resolve) => slow.push(resolve)) : (states[0] as Snapshot)),
    });
    const plan = await advisor.propose(CLOSE);
    hold = true;
    const early = advisor.scan({ exact: false });
    hold = false;
    states.shift();
    await advisor.apply({ plan: plan.id });
    slow[0]?.(on);
    await early;
    expect((await advisor.snapshot()).takenAt).toBe(off.takenAt);
  });
});

describe('a saved snapshot', () => {
  const advisor = () => createAdvisor({ snapshot: on, machine: fake(off).machine, settings: fileSettings(folder) });

  test('answers without the machine', async () => {
    const { machine, asked } = fake(off);
    const replayed = createAdvisor({ snapshot: on, machine, settings: fileSettings(folder) });
    expect(exposure(await replayed.scan({ exact: true }))).toBe('network');
    expect((await replayed.propose(CLOSE)).steps.length).toBeGreaterThan(0);
    const question = {
      protocol: 'tcp',
      interface: 'wlan0',
      source: '192.168.77.20',
      destination: '192.168.77.10',
      port: 3000,
    } as const;
    expect((await replayed.reach(question)).verdict).toBe('open');
    expect((await replayed.ask([question, { ...question, port: 4 }])).map(({ verdict }) => verdict)).toEqual([
      'open',
      'blocked',
    ]);
    expect(await replayed.connections({})).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('is never changed', async () => {
    const replayed = advisor();
    const plan = await replayed.propose(CLOSE);
    expect((await problemOf(replayed.apply({ plan: plan.id }))).code).toBe('unsupported');
    expect((await problemOf(replayed.undo({}))).code).toBe('unsupported');
  });

  test('that lacks rights is not completed from this machine', async () => {
    const { machine, asked } = fake(on);
    const replayed = createAdvisor({ snapshot: ordinary, machine, settings: fileSettings(folder) });
    expect((await problemOf(replayed.propose(CLOSE))).code).toBe('not-permitted');
    expect(asked).toEqual([]);
  });
});

test('what is kept brings no advice, now and after a new start', async () => {
  const { advisor, asked } = advisorOn(on);
  const advised = (report: { findings: readonly { listener: string | null }[] }) =>
    report.findings.some(({ listener }) => listener === 'tcp/3000');
  expect(advised(await advisor.scan({ exact: false }))).toBe(true);
  expect(advised(await advisor.keep({ target: { protocol: 'tcp', port: 3000 }, keep: true }))).toBe(false);
  expect(asked).toEqual(['gather']);
  expect(advised(await advisorOn(on).advisor.scan({ exact: false }))).toBe(false);
  expect(advised(await advisor.keep({ target: { protocol: 'tcp', port: 3000 }, keep: false }))).toBe(true);
});

describe('files of rules', () => {
  const targets = [{ protocol: 'tcp', port: 3000 }] as const;

  test('go where the person said, and nowhere when they changed their mind', async () => {
    const path = join(folder, 'close.sh');
    const suggested: string[] = [];
    const save = (answer: string | null) =>
      createAdvisor({
        snapshot: on,
        settings: fileSettings(folder),
        chooseFile: async (name) => {
          suggested.push(name);
          return answer;
        },
      }).saveRules({ format: 'ufw', targets, undo: false });
    expect(await save(null)).toEqual({ path: null });
    expect(existsSync(path)).toBe(false);
    expect(await save(path)).toEqual({ path });
    expect(suggested[0]).toMatch(/\.sh$/);
    expect(statSync(path).mode & 0o111).not.toBe(0);
    const file = await createAdvisor({ snapshot: on, settings: fileSettings(folder) }).exportRules({
      format: 'ufw',
      targets,
    });
    expect(readFileSync(path, 'utf8')).toBe(file.content);
  });

  test('are not saved by a face that cannot ask where', async () => {
    const { advisor } = advisorOn(on);
    expect((await problemOf(advisor.saveRules({ format: 'ufw', targets, undo: true }))).code).toBe('unsupported');
  });
});

describe('an intent of another machine', () => {
  const content = (more: object): string =>
    JSON.stringify({
      schema: 1,
      madeAt: '2026-11-19T08:15:00.000Z',
      host: 'desk-7',
      close: [
        { protocol: 'tcp', port: 3000, for: 'everyone', name: null, why: null },
        { protocol: 'tcp', port: 4444, for: 'everyone', name: null, why: null },
      ],
      keep: [],
      rest: 'leave',
      ...more,
    });

  test('is judged by what is so here, leads to choices that can be proposed, and changes nothing', async () => {
    const { advisor, asked } = advisorOn(on);
    await advisor.scan({ exact: false });
    const { intent, first, closing, remarks } = await advisor.readIntent({ name: 'a.json', content: content({}) });
    expect(intent.host).toBe('desk-7');
    expect(first).toBeNull();
    expect(remarks).toEqual([{ kind: 'not-listening', of: 'close', target: { protocol: 'tcp', port: 4444 } }]);
    expect(closing).toEqual([CLOSE]);
    for (const choice of closing) expect((await advisor.propose(choice)).steps.length).toBeGreaterThan(0);
    expect(asked).not.toContain('apply');
  });

  test.each([
    ['not JSON', 'intent-not-json'],
    [content({ schema: 2 }), 'intent-unknown'],
    [content({ keep: [{ protocol: 'tcp', port: 3000, name: null }] }), 'intent-twice'],
  ])('that is wrong is refused with what is wrong: %#', async (text, kind) => {
    const { advisor } = advisorOn(on);
    const problem = await problemOf(advisor.readIntent({ name: 'a\u001b[31m.json', content: text }));
    expect(problem).toMatchObject({ code: 'bad-input', means: { kind, name: 'a\\u{1b}[31m.json' } });
  });
});

describe('reports', () => {
  const wanted = { format: 'html', language: 'en', redact: false } as const;

  test('are shown, or go where the person said, and nowhere when they changed their mind', async () => {
    const path = join(folder, 'report.html');
    const suggested: string[] = [];
    const answering = (answer: string | null) =>
      createAdvisor({
        snapshot: on,
        settings: fileSettings(folder),
        chooseFile: async (name) => {
          suggested.push(name);
          return answer;
        },
      });
    const shown = await answering(path).report({ ...wanted, save: false });
    expect(shown).toEqual({
      filename: `portcullis-laptop-${on.takenAt.slice(0, 10)}.html`,
      content: shown.content,
      path: null,
    });
    expect(shown.content).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
    expect(suggested).toEqual([]);
    expect(await answering(null).report({ ...wanted, save: true })).toMatchObject({ content: null, path: null });
    expect(existsSync(path)).toBe(false);
    expect(await answering(path).report({ ...wanted, save: true })).toMatchObject({ content: null, path });
    expect(readFileSync(path, 'utf8')).toBe(shown.content);
    expect(suggested).toEqual([shown.filename, shown.filename]);
  });

  test('name nobody where that was asked for', async () => {
    const { advisor } = advisorOn(on);
    for (const format of ['html', 'md', 'csv', 'json', 'sarif'] as const) {
      const { content, filename } = await advisor.report({ ...wanted, format, redact: true, save: false });
      expect(filename).toBe(`portcullis-${on.takenAt.slice(0, 10)}.${format}`);
      expect(content).not.toMatch(/laptop|192\.168\.77\./);
      expect(content).toContain('3000');
    }
  });

  test('speak the language that was asked for, one after the other', async () => {
    const { advisor } = advisorOn(on);
    const content = async (language: 'en' | 'de') =>
      (await advisor.report({ ...wanted, format: 'md', language, save: false })).content;
    expect(await content('de')).toContain('# Wer diesen Computer erreicht');
    expect(await content('en')).toContain('# Who can reach this computer');
    expect(await content('en')).not.toMatch(/ und | nicht /);
  });

  test('are not saved by a face that cannot ask where', async () => {
    const { advisor } = advisorOn(on);
    expect((await problemOf(advisor.report({ ...wanted, save: true }))).code).toBe('unsupported');
  });
});

describe('a change that waits', () => {
  /** It waits until `end` is called; the words that were said to it. */
  function waiting() {
    const words: string[] = [];
    let end: (state: Change['state']) => void = () => {};
    const { advisor, asked } = advisorOn(on, {
      apply: async (plan) => {
        const value = done(plan);
        const ended = new Promise<Done>((resolve) => {
          end = (state) => resolve({ ...value, change: { ...value.change, state } });
        });
        const deadline = new Date(Date.now() + 30_000).toISOString();
        return {
          ...value,
          change: { ...value.change, state: 'waiting', deadline },
          pending: { say: (word) => words.push(word), ended },
        };
      },
    });
    const apply = async () => {
      const plan = await advisor.propose({ ...CLOSE, confirm: 30 });
      return advisor.apply({ plan: plan.id });
    };
    return { advisor, asked, words, apply, end: (state: Change['state']) => end(state) };
  }
  const id = '20261121T000000-00000000';

  test('is kept by a word over its own pipe, and no second question is asked', async () => {
    const { advisor, asked, words, apply, end } = waiting();
    const outcome = await apply();
    expect(outcome.change).toMatchObject({ id, state: 'waiting' });
    expect(outcome).not.toHaveProperty('pending');
    const settled = advisor.settled({ change: id });
    const confirmed = advisor.confirm({ change: id });
    expect(words).toEqual(['confirm']);
    end('applied');
    expect((await confirmed).change.state).toBe('applied');
    expect((await settled).change.state).toBe('applied');
    expect((await problemOf(advisor.confirm({ change: id }))).code).toBe('nothing-to-do');
    expect(words).toEqual(['confirm']);
    expect(asked).not.toContain('confirm');
  });

  test('no other change is begun meanwhile, and one is afterwards', async () => {
    const { advisor, apply, end } = waiting();
    await apply();
    const plan = await advisor.propose(CLOSE);
    expect((await problemOf(advisor.apply({ plan: plan.id }))).code).toBe('busy');
    end('applied');
    await advisor.settled({ change: id });
    expect(await apply()).toMatchObject({ change: { state: 'waiting' } });
  });

  test('undo puts it back at once, by its id or as the last change', async () => {
    for (const input of [{}, { change: id }]) {
      const { advisor, asked, words, apply, end } = waiting();
      await apply();
      const undone = advisor.undo(input);
      expect(words).toEqual(['undo']);
      end('undone');
      expect((await undone).change.state).toBe('undone');
      expect(asked).not.toContain('undo');
    }
  });

  test('a late word is refused, without a question', async () => {
    const { advisor, asked, apply, end } = waiting();
    await apply();
    end('rolled-back');
    expect((await advisor.settled({ change: id })).change.state).toBe('rolled-back');
    const problem = await problemOf(advisor.confirm({ change: id }));
    expect(problem).toMatchObject({ code: 'rolled-back' });
    expect(problem.message).toContain('too late');
    expect(asked).not.toContain('confirm');
  });

  test('one that waits elsewhere is confirmed through the helper', async () => {
    const change: Change = {
      id: 'elsewhere-1',
      at: '',
      summary: '',
      layers: ['ufw'],
      state: 'applied',
      plan: {} as Plan,
      note: null,
    };
    const { advisor, asked } = advisorOn(on, {
      confirm: async () => ({ change, checked: [], verified: true, transcripts: exactOf(on) }),
    });
    expect((await advisor.confirm({ change: change.id })).change).toEqual(change);
    expect(asked).toContain('confirm');
    expect((await problemOf(advisor.settled({ change: change.id }))).code).toBe('bad-input');
  });
});
