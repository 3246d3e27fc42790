/** Many machines at once, by the built program: the table, the JSON, the lines, the file for all, and what is not whole. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LINUX, MAC, WINDOWS, snapshotLog } from '../../core/osquery/logs.ts';
import { makeFleet } from './fleet-machines.ts';
import { run as runIn, snapshot } from './program.ts';
import { scanSchema } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'portcullis-fleet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, 'fleet'));
makeFleet(join(folder, 'fleet'));

const run = (...args: readonly string[]) => runIn(args, { cwd: folder });
const golden = (name: string): string => join(import.meta.dirname, 'goldens', name);

const CASES: readonly (readonly [file: string, status: number, args: readonly string[]])[] = [
  ['fleet.txt', 3, ['scan', '--from', 'fleet']],
  ['fleet-all.txt', 3, ['scan', '--all', '--from', 'fleet']],
  ['fleet.json', 3, ['scan', '--json', '--fleet', '--from', 'fleet']],
  ['fleet-lines.txt', 3, ['scan', '--json-lines', '--from', 'fleet']],
  ['fleet-export.txt', 3, ['export', '--for', 'ufw', '--from', 'fleet']],
  [
    'fleet-export-named.txt',
    0,
    ['export', '--for', 'ufw', '--ports', '22,9', '--from', 'fleet/anna.json', '--from', 'fleet/ben.json'],
  ],
  ['scan-osquery.txt', 0, ['scan', '--all', '--from', 'fleet/paris/desk-7/listening_ports.json']],
  ['help-scan.txt', 0, ['help', 'scan']],
];

test.each(CASES)('%s', async (file, status, args) => {
  const { stdout, stderr, status: ended } = run(...args);
  const text = file.endsWith('.json')
    ? stdout
    : `$ portcullis ${args.join(' ')}\n${stdout}--- standard error\n${stderr}--- status ${ended}\n`;
  await expect(text).toMatchFileSnapshot(golden(file));
  expect(ended).toBe(status);
  expect(stdout + stderr).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
  if (args[0] === 'scan' && file.endsWith('.txt') && !args.includes('--json-lines'))
    expect(stdout.split('\n').filter((line) => Array.from(line).length > 80)).toEqual([]);
});

const who = z.strictObject({
  count: z.number().int().min(0),
  first: z.array(z.strictObject({ host: z.string(), from: z.string() })).max(20),
});
const place = { protocol: z.enum(['tcp', 'udp']), port: z.number().int().nullable(), name: z.string() };

/** What was promised: every field must be there. */
const fleetSchema = z.object({
  schema: z.literal(1),
  machines: z.object({
    read: z.number(),
    unread: z.number(),
    complete: z.number(),
    platforms: z.object({ linux: z.number(), win32: z.number(), darwin: z.number() }),
  }),
  unread: z.array(z.object({ from: z.string(), why: z.string().min(1) })).max(20),
  moreUnread: z.number(),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  firewalls: z.object({ on: who, partly: who, off: who, none: who, unknown: who }),
  severity: z.object({ high: who, medium: who, low: who, none: who }),
  ports: z.array(
    z.object({
      ...place,
      names: z.array(z.object({ name: z.string(), machines: z.number() })).min(1),
      machines: z.number().min(1),
      who: z.object({ internet: who, network: who, some: who, self: who, unknown: who }),
      unsure: who,
      kept: who,
      advised: who,
      restrict: who,
      wanted: who,
    }),
  ),
  morePorts: z.number(),
  advice: z.array(
    z.object({
      rule: z.string(),
      protocol: z.enum(['tcp', 'udp']).nullable(),
      port: z.number().nullable(),
      advice: z.enum(['close', 'restrict', 'review']),
      severity: z.enum(['high', 'medium', 'low']),
      title: z.string().min(1),
      machines: who,
    }),
  ),
  outliers: z.object({
    few: z.number(),
    ports: z.array(z.object({ ...place, machines: who })),
    machines: z.array(z.object({ host: z.string(), from: z.string(), ports: z.array(z.object(place)) })),
    moreMachines: z.number(),
  }),
});

describe('as JSON', () => {
  test('one value, schema 1: what adds up', () => {
    const { stdout } = run('scan', '--json', '--fleet', '--from', 'fleet');
    const fleet = fleetSchema.parse(JSON.parse(stdout));
    expect(fleet.machines).toMatchObject({ read: 12, unread: 3 });
    const sum = (of: Readonly<Record<string, { readonly count: number }>>): number =>
      Object.values(of).reduce((total, { count }) => total + count, 0);
    expect([sum(fleet.firewalls), sum(fleet.severity)]).toEqual([12, 12]);
    for (const port of fleet.ports) expect(sum(port.who)).toBe(port.machines);
    const desktop = fleet.ports.find(({ port }) => port === 3389);
    expect(desktop).toMatchObject({ advised: { count: 0 }, restrict: { count: 1, first: [{ host: 'OFFICE-7' }] } });
  });

  test('a line a machine says the same as the report of it alone', () => {
    const lines = run(
      'scan',
      '--json-lines',
      '--from',
      'fleet/anna.json',
      '--from',
      'fleet/windows-office.json',
    ).stdout;
    const machines = lines
      .trimEnd()
      .split('\n')
      .map(
        (line) => JSON.parse(line) as { from: string; ports: { port: number; protocol: string; exposure: string }[] },
      );
    expect(machines.map(({ from }) => from)).toEqual(['fleet/anna.json', 'fleet/windows-office.json']);
    for (const { from, ports } of machines) {
      const report = scanSchema.parse(JSON.parse(run('scan', '--json', '--from', from).stdout));
      for (const { port, protocol, exposure, exposureComplete } of report.listeners) {
        const told = exposure === 'self' && !exposureComplete ? 'unknown' : exposure;
        if (port < 32_768) expect(ports).toContainEqual(expect.objectContaining({ port, protocol, exposure: told }));
      }
    }
  });

  test('a list of reports leaves out what cannot be read, and says so', () => {
    const { stdout, stderr, status } = run('scan', '--json', '--from', 'fleet/half.json', '--from', 'fleet/anna.json');
    expect(z.array(scanSchema).parse(JSON.parse(stdout))).toHaveLength(1);
    expect(stderr).toMatch(/half\.json: it is not JSON, or only a part of it/);
    expect(status).toBe(3);
  });
});

describe('exit statuses', () => {
  test.each([
    [0, ['--from', 'fleet/anna.json', '--from', 'fleet/ben.json']],
    [1, ['--from', 'fleet', '--fail-on', 'high']],
    [1, ['--from', 'fleet/anna.json', '--from', 'fleet/ben.json', '--fail-on', 'low', '--json-lines']],
    [3, ['--from', 'fleet/anna.json', '--from', 'fleet/half.json']],
    [3, ['--from', 'fleet/anna.json', '--from', 'fleet/berlin/emil.json', '--exact']],
    [2, ['--from', 'fleet/half.json', '--from', 'fleet/notes.json']],
    [2, ['--from', 'fleet/half.json', '--from', 'fleet/none.json']],
    [2, ['--json', '--fleet']],
    [2, ['--fleet', '--from', 'fleet']],
    [2, ['--json', '--json-lines', '--from', 'fleet']],
  ] as const)('%i: %j', (status, args) => {
    expect(run('scan', ...args).status).toBe(status);
  });
});

describe('osquery', () => {
  test('a log of one computer is a snapshot for every command; of several, for those that take several', () => {
    writeFileSync(join(folder, 'one.log'), snapshotLog('web-1', LINUX));
    expect(run('explain', '5432', '--from', 'one.log').stdout).toMatch(/Only this computer can connect/);
    expect(run('reach', '3000', '--from', 'one.log').status).toBe(3);
    writeFileSync(
      join(folder, 'two.log'),
      snapshotLog('web-1', LINUX) + snapshotLog('OFFICE-9', WINDOWS) + snapshotLog('air', MAC),
    );
    const several = run('explain', '5432', '--from', 'two.log');
    expect([several.status, several.stdout]).toEqual([2, '']);
    expect(several.stderr).toMatch(/more than one computer/);
    const { stdout, status } = run('scan', '--json', '--from', 'two.log');
    expect(status).toBe(0);
    const reports = z.array(scanSchema.extend({ host: z.string(), from: z.string() })).parse(JSON.parse(stdout));
    expect(reports.map(({ host, from, platform }) => [host, from, platform])).toEqual([
      ['web-1', 'two.log#web-1', 'linux'],
      ['OFFICE-9', 'two.log#OFFICE-9', 'win32'],
      ['air', 'two.log#air', 'darwin'],
    ]);
  });

  test('without what listens, or of no known system, it is told', () => {
    const { listening_ports: _, ...rest } = LINUX;
    writeFileSync(join(folder, 'less.log'), snapshotLog('a', rest) + snapshotLog('b', { processes: LINUX.processes }));
    const { stderr, status } = run('scan', '--json-lines', '--from', 'less.log');
    expect(status).toBe(2);
    expect(stderr).toMatch(/less\.log#a: what listens is not in it/);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(/less\.log#b: osquery does not say of which system it is/);
  });
});

describe('a file for all', () => {
  test('is the same as for one where there is one', () => {
    const one = run('export', '--for', 'ufw', '--from', snapshot('on')).stdout;
    expect(
      run('export', '--for', 'ufw', '--from', snapshot('on'), '--from', snapshot('on')).stdout.match(
        /^\w.*3000.*$/m,
      )?.[0],
    ).toBe(one.match(/^\w.*3000.*$/m)?.[0]);
  });
});
