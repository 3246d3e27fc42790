/** The quick program prints and ends byte for byte as Node's does: on every saved computer, on wrong words, on any stream. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeQuick, quickProgram, whyNoQuick } from '../../../scripts/quick.mjs';
import { readSnapshots } from '../../core/rulesets/snapshots.ts';
import { SHARE, some } from '../../share.ts';
import { runHere } from './here.ts';
import { hostileMachine } from './hostile-machine.ts';
import { MACS } from './mac-machines.ts';
import { snapshot, snapshots } from './program.ts';
import { ON_NODE, QUICK, runOn } from './quick.ts';
import { WINDOWS } from './windows-machines.ts';

const folder = mkdtempSync(join(tmpdir(), 'portcullis-quick-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every saved computer of the tests, as a file. */
const machines = new Map(
  readdirSync(snapshots)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name.slice(0, -5), join(snapshots, name)]),
);
for (const [name, machine] of Object.entries({ hostile: hostileMachine(), ...WINDOWS, ...MACS })) {
  machines.set(name, join(folder, `${name}.json`));
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(machine));
}

/** Where only a share is run: names that do harm, a reading that is not whole, and each kind of firewall once. */
const FEW = ['hostile', 'ordinary', 'firewalld', 'windows-german', 'mac-developer'];
const compared = [...machines].filter(([name]) => !SHARE || FEW.includes(name));

/** What the quick program does is what the source does in this process (and so, by program.test.ts, what Node's does). */
async function same(args: readonly string[]): Promise<void> {
  const { stdout, stderr, status } = runOn(QUICK, args);
  expect({ args, stdout, stderr, status }).toEqual({ args, ...(await runHere(args)) });
}

const WORDS: readonly (readonly string[])[] = [
  [],
  ['--version'],
  ['help', 'scan'],
  ['scan', '--help'],
  ['reach', '-h'],
  ['scna'],
  ['3000'],
  ['scan', '--jsn'],
  ['scan', '-j'],
  ['scan', 'extra'],
  ['scan', '--json=yes'],
  ['scan', '--fail-on', 'hgh'],
  ['scan', '--fleet'],
  ['explain'],
  ['explain', '0'],
  ['explain', 'http'],
  ['reach', '80', '--source', '300.1.1.1'],
  ['reach', '--probes', '/dev/null'],
  ['reach', '--probes', '/nonexistent', '--json', '--from', snapshot('on')],
];
/** Those that mean something to its runtime. */
const ITS_RUNTIMES: typeof WORDS = [
  ['scan', '--preload=./x.js'],
  ['scan', '--inspect'],
  ['scan', '--print', '1'],
  ['-e', 'process.exit(9)'],
  ['--smol'],
  ['run', 'x'],
];

describe.skipIf(whyNoQuick() !== null)('the quick program', { timeout: 120_000 }, () => {
  test.each(compared)('on %s', async (_name, path) => {
    const { listeners } = JSON.parse((await runHere(['scan', '--json', '--from', path])).stdout) as {
      readonly listeners: readonly { readonly protocol: string; readonly port: number }[];
    };
    const ports = [...new Set(listeners.map(({ protocol, port }) => `${port}/${protocol}`))];
    const [first = '80/tcp', last = first] = [ports[0], ports.at(-1)];
    for (const args of [
      ['scan', '--json'],
      ['scan', '--fail-on', 'low'],
      ['scan', '--all'],
      ['explain', first],
      ['reach', last],
    ])
      await same([...args, '--from', path]);
  });

  test('on every rule set that people really run', async () => {
    const all = join(folder, 'rulesets');
    mkdirSync(all);
    const sets = Object.entries(readSnapshots());
    expect(sets.length).toBeGreaterThan(40);
    for (const [name, one] of some(sets)) writeFileSync(join(all, `${name}.json`), JSON.stringify(one));
    await same(['scan', '--json', '--from', all]);
  });

  test.each([...some(WORDS), ...ITS_RUNTIMES].map((args) => [args] as const))(
    'says of %j what Node’s says',
    (args: readonly string[]) => same(args),
  );

  test.each(some(['on', 'ordinary', 'firewalld', 'windows-office', 'mac-root']))('in more ways on %s', async (name) => {
    for (const args of [
      ['explain', '3000', '--json'],
      ['explain', '4444'],
      ['reach', '80', '--json'],
      ['reach', '4444'],
      ['reach', '3000', '--source', '192.168.77.20'],
      ['reach', '8080/tcp', '--source', '203.0.113.5', '--json'],
    ])
      await same([...args, '--from', machines.get(name) ?? '']);
  });

  test('answers questions from a file and from standard input', () => {
    const asked = {
      protocol: 'tcp',
      interface: 'wlan0',
      source: '192.168.77.20',
      destination: '192.168.77.10',
      port: 3000,
    };
    const input = `${JSON.stringify(asked)}\n`.repeat(300);
    const args = ['reach', '--probes', '-', '--json', '--from', snapshot('on')];
    const [quick, node] = [QUICK, ON_NODE].map((which) => runOn(which, args, { input }));
    expect(quick?.stdout.split('\n')).toHaveLength(301);
    expect([quick?.stdout, quick?.stderr, quick?.status]).toEqual([node?.stdout, node?.stderr, node?.status]);
  });

  test('is the same at every making, and names nothing of where it was made', () => {
    const before = readFileSync(quickProgram);
    makeQuick();
    const after = readFileSync(quickProgram);
    expect(after.equals(before)).toBe(true);
    expect(after.includes(join(import.meta.dirname, '../../..'))).toBe(false);
  });
});

const WIDTHS: readonly (readonly [columns: number, env: Record<string, string>])[] = [
  [30, {}],
  [50, { NO_COLOR: '' }],
  [80, { NO_COLOR: '1' }],
  [100, {}],
  [200, { TERM: 'dumb' }],
  [80, { FORCE_COLOR: '0', COLUMNS: '60' }],
];

describe.skipIf(whyNoQuick() !== null)('the quick program on a terminal', () => {
  const shown = (which: readonly string[], args: readonly string[], columns: number, env: Record<string, string>) =>
    spawnSync(
      'script',
      ['-qec', `stty cols ${columns}; exec ${[...which, ...args].map((word) => `'${word}'`).join(' ')}`, '/dev/null'],
      {
        encoding: 'utf8',
        input: '',
        env: { PATH: process.env['PATH'], HOME: '/nonexistent', TERM: 'xterm', SHELL: '/bin/sh', ...env },
      },
    );

  test.each(some(WIDTHS))('%d columns wide, with %j', (columns, env) => {
    for (const args of [
      ['scan', '--all', '--from', snapshot('on')],
      ['explain', '3000', '--from', snapshot('ordinary')],
      ['scan', '--json', '--from', snapshot('on')],
      ['scan', '--jsn'],
    ]) {
      const [quick, node] = [QUICK, ON_NODE].map((which) => shown(which, args, columns, env));
      expect(quick?.stdout.length).toBeGreaterThan(50);
      expect([quick?.stdout, quick?.status]).toEqual([node?.stdout, node?.status]);
    }
  });
});

describe.skipIf(whyNoQuick() !== null)('the quick program and its streams', () => {
  const ended = (child: ChildProcess): Promise<number | string | null> =>
    new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  const each = (work: (which: readonly string[]) => unknown): Promise<readonly unknown[]> =>
    Promise.all([QUICK, ON_NODE].map(work));
  const shell = (which: readonly string[], rest: string) => {
    const command = `${which.map((word) => `'${word}'`).join(' ')} ${rest}`;
    const { stdout, stderr, status, signal } = spawnSync('sh', ['-c', `exec ${command}`], { encoding: 'utf8' });
    return { stdout, stderr, status, signal };
  };

  test('standard output, standard error or standard input is closed', async () => {
    for (const closed of ['>&-', '2>&-', '<&-', '>&- 2>&- <&-']) {
      const [quick, node] = await each((which) => shell(which, `scan --from '${snapshot('ordinary')}' ${closed}`));
      expect(quick).toEqual(node);
    }
  });

  test('a result that cannot be written is told', async () => {
    const [quick, node] = await each((which) => {
      const full = openSync('/dev/full', 'w');
      const [file = '', ...before] = which;
      const { stderr, status } = spawnSync(file, [...before, 'scan', '--json', '--from', snapshot('on')], {
        encoding: 'utf8',
        stdio: ['ignore', full, 'pipe'],
      });
      closeSync(full);
      return { stderr, status };
    });
    expect(quick).toMatchObject({ status: 4 });
    expect(quick).toEqual(node);
  });

  test('a reader that goes away ends it quietly', async () => {
    const question = {
      protocol: 'tcp',
      interface: 'wlan0',
      source: '192.168.77.20',
      destination: '192.168.77.10',
      port: 1,
    };
    const path = join(folder, 'many.jsonl');
    writeFileSync(path, `${JSON.stringify(question)}\n`.repeat(20_000));
    const [quick, node] = await each(async ([file = '', ...before]) => {
      const child = spawn(file, [...before, 'reach', '--probes', path, '--json', '--from', snapshot('on')], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let errors = '';
      child.stderr.on('data', (chunk: Buffer) => {
        errors += chunk.toString();
      });
      child.stdout.once('data', () => child.stdout.destroy());
      return [await ended(child), errors];
    });
    expect(quick).toEqual([0, '']);
    expect(quick).toEqual(node);
  });

  /** How it ends when it is sent this while it waits for questions, and what it printed. */
  async function afterSignal([file = '', ...before]: readonly string[], signal: NodeJS.Signals): Promise<unknown> {
    const child = spawn(file, [...before, 'reach', '--probes', '-', '--json', '--from', snapshot('on')], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const over = ended(child);
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 200));
    // Only matters where the signal did not end it.
    child.stdin.on('error', () => undefined);
    child.stdin.end();
    return [signal, await over, printed];
  }

  test('signals end it, or do not', async () => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGPIPE'] as const;
    const [quick, node] = await each((which) => Promise.all(signals.map((signal) => afterSignal(which, signal))));
    expect(quick).toContainEqual(['SIGINT', 'SIGINT', '']);
    expect(quick).toEqual(node);
  });
});
