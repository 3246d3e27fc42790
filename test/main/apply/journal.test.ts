/** What an earlier version wrote into the journal, and into the user's own copy of it, is still history. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change, Plan } from '../../../src/core/model.ts';
import { noteWords } from '../../../src/core/plan/index.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { type ProblemMeaning, problem } from '../../../src/core/problem.ts';
import type { Note } from '../../../src/core/told.ts';
import { unrestored } from '../../../src/main/apply/confirm.ts';
import { mirror, mirrored } from '../../../src/main/apply/mirror.ts';
import { changesOf, type Event } from '../../../src/main/apply/store.ts';
import { warningsOf } from '../../core/plan/in-english.ts';
import { laptop, planFor } from '../../core/plan/machine.ts';

const ID = '20261120T104300-a1b2c3';
const AT = '2026-11-20T10:43:00.000Z';
const TEXT = 'One connection to port 3000 (TCP) is open now and will stay; only new connections are blocked.';

/** Words for it would have to be found by a name that is not there. */
const NEWER = { kind: 'problem', means: { kind: 'newer' } };

const plan: Plan = planFor(laptop({ tuples: ['allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in'] }), {
  kind: 'close',
  targets: [{ protocol: 'tcp', port: 3000 }],
  audience: 'everyone',
  way: 'firewall',
});
/** As it was when what a plan warned of was text. */
const older: Plan = { ...plan, warnings: [TEXT] };

const begin: Event = { event: 'begin', id: ID, at: AT, plan: older };
const end = (more: Partial<Event & { event: 'end' }>): Event => ({
  event: 'end',
  id: ID,
  at: AT,
  state: 'applied',
  note: null,
  left: {},
  ...more,
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-journal-'));
  vi.stubEnv('XDG_STATE_HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('the journal: a plan whose warnings are text, and notes that are text alone', () => {
  const [applied] = changesOf([begin, end({})]);
  expect(applied).toMatchObject({ state: 'applied', note: null, summary: plan.summary });
  expect(warningsOf(applied?.plan ?? plan)).toEqual([TEXT]);
  expect(applied).not.toHaveProperty('says');
  const note = 'It was interrupted; everything was put back.';
  expect(changesOf([begin, end({ state: 'rolled-back', note })])[0]).toMatchObject({ state: 'rolled-back', note });
  const says = { kind: 'recovered', back: 'whole' } as const;
  expect(changesOf([begin, end({ state: 'rolled-back', note, says })])[0]).toMatchObject({ note, says });
});

test('what another version wrote of it is its text', () => {
  const note = 'Something that this version does not know.';
  const newer = [{ kind: 'newer' }, { kind: 'not-as-planned', cause: NEWER, files: [] }];
  for (const says of newer) {
    const event = end({ state: 'failed', note, says } as unknown as Parameters<typeof end>[0]);
    const [change] = changesOf([begin, event]);
    expect(change).toMatchObject({ state: 'failed', note });
    expect(change).not.toHaveProperty('says');
    expect(inEnglish(unrestored(change!)).message).toContain(note);
  }
});

test('words for what is not known never stop whoever puts things back', () => {
  expect(noteWords({ kind: 'not-as-planned', cause: NEWER, files: [] } as unknown as Note)).toContain(
    'another version',
  );
  const told = inEnglish(problem('failed', { kind: 'helper-failed', cause: NEWER } as unknown as ProblemMeaning));
  expect(told).toMatchObject({ code: 'failed', message: 'Something went wrong: helper-failed.' });
});

test('a change without an end was interrupted; one that waits has no note', () => {
  expect(changesOf([begin])[0]).toMatchObject({
    state: 'failed',
    note: 'It was interrupted. It will be put back before the next change.',
    says: { kind: 'interrupted' },
  });
  const [waiting] = changesOf([begin, { event: 'waiting', id: ID, at: AT, deadline: AT, left: {} }]);
  expect(waiting).toMatchObject({ state: 'waiting', note: null, deadline: AT });
  expect(waiting).not.toHaveProperty('says');
});

test('the user’s own copy', async () => {
  const change: Change = {
    id: ID,
    at: AT,
    summary: plan.summary,
    layers: plan.layers,
    state: 'applied',
    plan: older,
    note: null,
  };
  await mkdir(join(folder, 'portcullis'));
  await writeFile(join(folder, 'portcullis/history.jsonl'), `${JSON.stringify(change)}\n{"id":"cut`);
  expect(await mirrored()).toEqual([change]);
  const newer: Change = { ...change, id: '20261120T104400-a1b2c3', plan, state: 'waiting', deadline: AT };
  await writeFile(join(folder, 'portcullis/history.jsonl'), `${JSON.stringify(change)}\n`);
  await mirror(newer);
  expect((await mirrored())[0]).toMatchObject({ state: 'rolled-back', says: { kind: 'unheard' } });
});
