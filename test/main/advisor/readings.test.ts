/** What the advisor knows of a machine: when it asks for more, and what it answers from. */
import { describe, expect, test } from 'vitest';
import type { Progress } from '../../../src/core/api.ts';
import { createAdvisor } from '../../../src/main/advisor/index.ts';
import { CLOSE, exactOf, exposure, fake, off, on, ordinary, problemOf, withSettings } from './machine.ts';

const { advisorOn, settings } = withSettings();

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
    const advisor = createAdvisor({ machine, settings: settings() });
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

describe('a saved snapshot', () => {
  const advisor = () => createAdvisor({ snapshot: on, machine: fake(off).machine, settings: settings() });

  test('answers without the machine', async () => {
    const { machine, asked } = fake(off);
    const replayed = createAdvisor({ snapshot: on, machine, settings: settings() });
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
    const replayed = createAdvisor({ snapshot: ordinary, machine, settings: settings() });
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
