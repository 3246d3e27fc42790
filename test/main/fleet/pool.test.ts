/** Threads that hang, fall over, eat memory: what is left of a fleet when single files do their worst. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Unit } from '../../../src/main/fleet/files.ts';
import { type Done, readAll } from '../../../src/main/fleet/pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'portcullis-pool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A thread that does what a file's name says, and gives the name back as a file that was not read. */
const program = join(folder, 'thread.cjs');
writeFileSync(
  program,
  `const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', ({ from }) => {
  if (from.includes('hang')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (from.includes('throw')) throw new Error('of ' + from);
  if (from.includes('exit')) process.exit(0);
  if (from.includes('eat')) { const all = []; for (;;) all.push(new Array(1000000).fill(all.length + 0.5)); }
  const answer = () => parentPort.postMessage({ machines: [], unread: [{ from, why: 'fine ' + workerData.kept.join() }] });
  if (from.includes('slow')) setTimeout(answer, 50); else answer();
});`,
);

const units = (names: readonly string[]): readonly Unit[] =>
  names.map((from) => ({ from, files: [from], named: false }));

async function read(names: readonly string[], limits: Parameters<typeof readAll>[0]['limits'] = {}) {
  const all: (readonly [at: number, done: Done])[] = [];
  await readAll({
    units: units(names),
    kept: ['tcp/22'],
    onDone: (done, at) => all.push([at, done]),
    limits: { time: 5000, memory: 64, threads: 2, ...limits },
    program,
  });
  return all.map(([at, { unread }]) => [at, unread[0]?.from, unread[0]?.why]);
}

const fine = 'fine tcp/22';

describe('files', () => {
  test('come out in their order, whichever thread is the faster', async () => {
    const names = Array.from({ length: 700 }, (_, index) => (index % 97 === 0 ? `slow-${index}` : `f-${index}`));
    expect(await read(names)).toEqual(names.map((name, at) => [at, name, fine]));
  });

  test('that hang, throw, end the thread or eat memory are told of, and the others are read', async () => {
    const names = ['a', 'hang', 'b', 'throw', 'c', 'exit', 'd', 'eat', 'e', 'f'];
    const told = await read(names, { time: 4000 });
    expect(told.map(([, name]) => name)).toEqual(names);
    const why = new Map(told.map(([, name, because]) => [name, because]));
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) expect(why.get(name)).toBe(fine);
    expect(why.get('hang')).toBe('it took longer than 4 seconds');
    expect(why.get('throw')).toBe('the program failed on it: of throw');
    expect(why.get('exit')).toBe('the program failed on it: its thread ended');
    expect(why.get('eat')).toBe('it takes more memory than a file may');
  });

  test('none at all', async () => {
    expect(await read([])).toEqual([]);
  });
});

test('where what is done with them fails, it ends', async () => {
  const work = readAll({
    units: units(Array.from({ length: 50 }, (_, index) => `f-${index}`)),
    kept: [],
    onDone: () => {
      throw new Error('full');
    },
    limits: { threads: 2, time: 5000 },
    program,
  });
  await expect(work).rejects.toThrow('full');
});

test('a program that is not there is told with each file, and hangs nobody', async () => {
  const told: (string | undefined)[] = [];
  await readAll({
    units: units(['a', 'b']),
    kept: [],
    onDone: ({ unread }) => told.push(unread[0]?.why),
    limits: { time: 5000 },
    program: join(folder, 'nowhere.cjs'),
  });
  expect(told).toHaveLength(2);
  for (const why of told) expect(why).toMatch(/the program failed on it/);
});
