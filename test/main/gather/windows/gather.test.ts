/** Reading a Windows computer with stand-ins for its two programs: what each failure becomes. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { windowsPart } from '../../../../src/core/machine/windows.ts';
import type { Snapshot, Transcript } from '../../../../src/core/model.ts';
import { makeReport } from '../../../../src/core/report.ts';
import { readWindowsComputer } from '../../../../src/main/gather/windows/index.ts';
import { assembleParts } from '../../../../src/main/gather/windows/parts.ts';
import { HOME, profilesPrinted, windowsSnapshot } from '../../../core/firewalls/windows/machine.ts';
import { decoded } from '../../powershell.ts';

const folder = mkdtempSync(join(tmpdir(), 'portcullis-windows-'));
afterAll(() => rmSync(folder, { recursive: true }));

// synthetic: shell scripts that print what netstat and PowerShell would.
let count = 0;
function program(body: string): string {
  const path = join(folder, `program-${count++}`);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}
function printing(text: string, then = ''): string {
  const path = join(folder, `text-${count++}`);
  writeFileSync(path, text);
  return program(`cat '${path}'\n${then}`);
}

const ROWS =
  '\r\n  Proto  Local Address          Foreign Address        State           PID\r\n' +
  '  TCP    0.0.0.0:3000           0.0.0.0:0              LISTENING       5512\r\n' +
  '  TCP    192.168.1.20:49700     203.0.113.7:443        ESTABLISHED     6120\r\n';

const SAID = windowsSnapshot({
  rules: ['Allow|Profile=Private|LPort=3000|Protocol=6|'],
  adapters: [HOME],
  effective: profilesPrinted(),
  processes: [{ pid: 5512, path: 'C:\\dev\\node.exe', name: 'node.exe', session: 1 }],
  parts: { hyperV: { error: { kind: 'missing' } }, wsl: { ok: [] }, urlReservations: { ok: ['http://+:80/'] } },
});
const whole = JSON.parse(SAID.transcripts[0]?.stdout ?? '') as Record<string, Record<string, unknown>>;
const PARTS = Object.keys(whole).filter((part) => part !== 'schema');
const lineOf = (part: string): string => `${JSON.stringify({ part, ...whole[part] })}\n`;
const PRINTED = `${PARTS.map(lineOf).join('')}{"done":true}\n`;

async function gathered(
  powershell: string,
  {
    netstat = printing(ROWS),
    timeLimit = 10_000,
    signal,
  }: { netstat?: string; timeLimit?: number; signal?: AbortSignal } = {},
): Promise<Snapshot> {
  const programs = { netstat, powershell, place: { cwd: folder, env: { PATH: '/usr/bin:/bin' } } };
  const transcripts = await readWindowsComputer({ signal }, { programs, timeLimit });
  return { ...SAID, transcripts };
}
const of = ({ transcripts }: Snapshot, id: string): Transcript => {
  const found = transcripts.find((one) => one.id === id);
  if (found === undefined) throw new Error(`${id} was not gathered`);
  return found;
};
const report = (snapshot: Snapshot) => makeReport(snapshot, { kept: new Set() });
const exposure = (snapshot: Snapshot) => report(snapshot).listeners.find(({ id }) => id === 'tcp/3000')?.exposure;

describe('everything is read', () => {
  test('and judged as the computer is', async () => {
    const snapshot = await gathered(printing(PRINTED));
    expect(of(snapshot, 'windows.firewall')).toMatchObject({ kind: 'collected', exit: 0, failure: null });
    expect(JSON.parse(of(snapshot, 'windows.firewall').stdout)).toEqual(whole);
    expect(of(snapshot, 'netstat')).toMatchObject({ kind: 'collected', exit: 0, failure: null });
    expect(exposure(snapshot)).toBe('network');
    expect(windowsPart(snapshot, 'urlReservations')).toEqual({ value: ['http://+:80/'] });
    expect(windowsPart(snapshot, 'hyperV')).toEqual({ why: { kind: 'missing' } });
  });

  test('by one call each, with fixed arguments; the script is the last of them', async () => {
    const said = join(folder, 'argv');
    const powershell = program(`printf '%s\\n' "$@" > '${said}'; cat '${join(folder, 'printed')}'`);
    writeFileSync(join(folder, 'printed'), PRINTED);
    const snapshot = await gathered(powershell);
    const { readFileSync } = await import('node:fs');
    const argv = readFileSync(said, 'utf8').trim().split('\n');
    expect(argv.slice(0, -1)).toEqual([
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-OutputFormat',
      'Text',
      '-EncodedCommand',
    ]);
    expect(decoded(argv.at(-1) ?? '')).toContain('OpenBaseKey');
    expect(of(snapshot, 'windows.firewall').argv).toEqual([powershell, ...argv.slice(0, -1), '…']);
    expect(of(snapshot, 'netstat').argv.slice(1)).toEqual(['-ano']);
  });

  test('steps are told as they are done', async () => {
    const steps: unknown[] = [];
    const programs = {
      netstat: printing(ROWS),
      powershell: printing(PRINTED, 'sleep 0.3'),
      place: { cwd: folder, env: {} },
    };
    await readWindowsComputer({ onProgress: (step) => steps.push(step) }, { programs, timeLimit: 10_000 });
    expect(steps).toEqual([
      { phase: 'sockets', text: 'Reading what listens', done: 1, of: 2 },
      { phase: 'rules', text: 'Reading networks and firewall rules', done: 2, of: 2 },
    ]);
  });

  test('the ways in which 5.1 and 7 print lists, and carriage returns, make no difference', async () => {
    const one = { part: 'products', ok: { value: [], Count: 0 } };
    const bare = { part: 'services', ok: { pid: 1400, name: 'mpssvc', command: null } };
    const text = `\ufeff${PRINTED.replaceAll('\n', '\r\n')}${JSON.stringify(one)}\r\n${JSON.stringify(bare)}\r\n`;
    expect(exposure(await gathered(printing(text)))).toBe('network');
  });
});

describe('what does not come', () => {
  test('at the time limit: what was printed counts, the rest says why', async () => {
    const early = PARTS.filter((part) => !['effectiveProfiles', 'products', 'hyperV'].includes(part));
    const powershell = printing(`${early.map(lineOf).join('')}{"part":"prod`, 'sleep 30');
    const snapshot = await gathered(powershell, { timeLimit: 1500 });
    expect(of(snapshot, 'windows.firewall').failure).toBeNull();
    expect(windowsPart(snapshot, 'localRules')).toHaveProperty('value');
    for (const part of ['effectiveProfiles', 'products', 'hyperV'] as const)
      expect(windowsPart(snapshot, part)).toEqual({ why: { kind: 'timeout' } });
    // Whether another product has taken its place was not read: nothing is certain then.
    expect(exposure(snapshot)).toBe('unknown');
  });

  test('with nothing printed at all: the failure itself', async () => {
    const timeout = await gathered(program('sleep 30'), { timeLimit: 300 });
    expect(of(timeout, 'windows.firewall')).toMatchObject({ failure: 'timeout', stdout: '' });
    const missing = await gathered(join(folder, 'no-such-program'));
    expect(of(missing, 'windows.firewall').failure).toBe('missing');
    const refused = join(folder, 'refused');
    writeFileSync(refused, '', { mode: 0o644 });
    expect(of(await gathered(refused), 'windows.firewall').failure).toBe('refused');
    for (const body of ['exit 1', 'exit 0', 'echo "Windows PowerShell"; exit 0', 'echo "{}"', 'echo "[]"; echo null'])
      expect(of(await gathered(program(body)), 'windows.firewall').failure).toBe('failed');
    for (const snapshot of [timeout, missing]) {
      expect(exposure(snapshot)).toBe('unknown');
      expect(report(snapshot).complete).toBe(false);
    }
  });

  test('where PowerShell breaks off in the middle: what it said of it', async () => {
    const snapshot = await gathered(printing(lineOf('localRules'), 'echo "It broke." >&2; exit 1'));
    expect(windowsPart(snapshot, 'localRules')).toHaveProperty('value');
    expect(windowsPart(snapshot, 'policyRules')).toEqual({ why: { kind: 'failed', said: 'It broke.' } });
    expect(exposure(snapshot)).toBe('unknown');
    // Its end alone does not make the parts come that did not.
    const ended = await gathered(printing(`${lineOf('localRules')}{"done":true}\n`));
    expect(windowsPart(ended, 'policyRules')).toEqual({ why: { kind: 'failed', said: '' } });
    expect(windowsPart(ended, 'rules')).toEqual({ why: { kind: 'not-gathered' } });
  });

  test('in constrained language mode it says that it is so', async () => {
    const snapshot = await gathered(printing('{"constrained":true}\n', 'exit 7'));
    expect(of(snapshot, 'windows.firewall')).toMatchObject({ failure: 'failed', stdout: '' });
    expect(windowsPart(snapshot, 'localRules')).toMatchObject({
      why: { kind: 'failed', said: expect.stringMatching(/constrained language mode/) as string },
    });
    expect(exposure(snapshot)).toBe('unknown');
  });

  test('when the one who asked does not want it any more: nothing of it', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const snapshot = await gathered(printing(PRINTED, 'sleep 30'), {
      signal: stop.signal,
      netstat: program('sleep 30'),
    });
    expect(of(snapshot, 'windows.firewall')).toMatchObject({ failure: 'killed', stdout: '' });
    expect(of(snapshot, 'netstat').failure).toBe('killed');
  });

  test('of netstat: the rows that were printed, and the failure', async () => {
    const failed = await gathered(printing(PRINTED), { netstat: printing(ROWS, 'exit 1') });
    expect(of(failed, 'netstat').failure).toBe('failed');
    expect(report(failed).complete).toBe(false);
    const none = await gathered(printing(PRINTED), { netstat: printing('\r\nActive Connections\r\n') });
    expect(report(none).unread.length).toBeGreaterThan(0);
    expect(report(none).complete).toBe(false);
  });
});

describe('parts put together', () => {
  const base: Transcript = {
    id: 'windows.firewall',
    kind: 'command',
    argv: [],
    exit: 0,
    signal: null,
    stdout: '',
    stderr: '',
    startedAt: '2026-11-28T09:00:00.000Z',
    ms: 1,
    failure: null,
  };
  const together = (stdout: string): Record<string, unknown> =>
    JSON.parse(assembleParts({ ...base, stdout }).stdout) as Record<string, unknown>;

  test('the later word on a part counts, unless it only says that it failed', () => {
    const two = '{"part":"adapters","ok":[1]}\n{"part":"adapters","ok":[2]}\n';
    expect(together(two)['adapters']).toEqual({ ok: [2] });
    expect(together(`${two}{"part":"adapters","error":{"kind":"refused"}}\n`)['adapters']).toEqual({ ok: [2] });
    expect(
      together('{"part":"adapters","error":{"kind":"refused"}}\n{"part":"adapters","ok":[]}\n')['adapters'],
    ).toEqual({
      ok: [],
    });
  });

  test('every cut of what is printed leaves a part whole, or as one that did not come', () => {
    for (let cut = 1; cut < PRINTED.length; cut += 97) {
      const { stdout, failure } = assembleParts({
        ...base,
        stdout: PRINTED.slice(0, -cut),
        failure: 'timeout',
        exit: null,
      });
      if (failure !== null) continue;
      const parts = JSON.parse(stdout) as Record<string, unknown>;
      for (const part of PARTS) expect([whole[part], { error: { kind: 'timeout' } }]).toContainEqual(parts[part]);
    }
  });
});
