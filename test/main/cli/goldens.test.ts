/** Fixed snapshots of real machines (snapshots/capture.sh) in, exact output out: for people and for scripts. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runHere } from './here.ts';
import { hostileMachine } from './hostile-machine.ts';
import { snapshot as captured } from './program.ts';
import { MACS } from './mac-machines.ts';
import { WINDOWS } from './windows-machines.ts';

const MADE = { ...WINDOWS, ...MACS };

const folder = mkdtempSync(join(tmpdir(), 'portcullis-goldens-'));
beforeAll(() => vi.stubEnv('XDG_STATE_HOME', join(folder, 'none')));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const hostile = join(folder, 'hostile.json');
writeFileSync(hostile, JSON.stringify(hostileMachine()));
for (const [name, machine] of Object.entries(MADE))
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(machine));

/** What a command line gives does not change while the tests run. */
const ran = new Map<string, ReturnType<typeof runHere>>();
const run = (args: readonly string[]): ReturnType<typeof runHere> => {
  const known = ran.get(args.join(' ')) ?? runHere(args);
  ran.set(args.join(' '), known);
  return known;
};
const snapshot = (name: string): string =>
  name === 'hostile' ? hostile : name in MADE ? join(folder, `${name}.json`) : captured(name);

const golden = (name: string): string => join(import.meta.dirname, 'goldens', name);

/** Arguments, exit status, and the file that holds both streams. */
const CASES: readonly (readonly [file: string, status: number, args: readonly string[]])[] = [
  ['scan-absent.txt', 0, ['scan', '--all', '--from', snapshot('absent')]],
  ['scan-off.txt', 0, ['scan', '--from', snapshot('off')]],
  ['scan-on.txt', 0, ['scan', '--all', '--from', snapshot('on')]],
  ['scan-ordinary.txt', 0, ['scan', '--all', '--from', snapshot('ordinary')]],
  ['scan-hostile.txt', 0, ['scan', '--all', '--from', snapshot('hostile')]],
  ['explain-on-3000.txt', 0, ['explain', '3000', '--from', snapshot('on')]],
  ['explain-on-8080.txt', 0, ['explain', '8080/tcp', '--from', snapshot('on')]],
  ['explain-on-nothing.txt', 0, ['explain', '4444', '--from', snapshot('on')]],
  ['explain-ordinary-3000.txt', 3, ['explain', '3000', '--from', snapshot('ordinary')]],
  ['explain-hostile.txt', 0, ['explain', '3000', '--from', snapshot('hostile')]],
  ['reach-on-3000.txt', 0, ['reach', '3000', '--from', snapshot('on')]],
  ['reach-on-source.txt', 0, ['reach', '8080', '--source', '192.168.77.20', '--from', snapshot('on')]],
  ['reach-on-link-local.txt', 0, ['reach', '3000', '--source', 'fe80::1%wlan0', '--from', snapshot('on')]],
  ['reach-on-nothing.txt', 0, ['reach', '7000', '--from', snapshot('on')]],
  ['reach-ordinary.txt', 3, ['reach', '3000', '--source', '192.168.77.20', '--from', snapshot('ordinary')]],
  ['close-on.txt', 0, ['close', '3000', '--dry-run', '--from', snapshot('on')]],
  ['close-on-unused.txt', 0, ['close', '7000', '--dry-run', '--from', snapshot('on')]],
  ['close-on-closed.txt', 0, ['close', '8000', '--dry-run', '--from', snapshot('on')]],
  ['reach-on-limited.txt', 0, ['reach', '9000', '--from', snapshot('on')]],
  ['reach-on-some.txt', 0, ['reach', '8080', '--from', snapshot('on')]],
  ['close-off.txt', 0, ['close', '3000', '--dry-run', '--from', snapshot('off')]],
  ['close-absent.txt', 4, ['close', '3000', '--dry-run', '--from', snapshot('absent')]],
  ['close-ordinary.txt', 4, ['close', '3000', '--dry-run', '--from', snapshot('ordinary')]],
  ['firewall-off.txt', 0, ['firewall', 'on', '--keep', '3000', '--dry-run', '--from', snapshot('off')]],
  ['scan-firewalld.txt', 0, ['scan', '--all', '--from', snapshot('firewalld')]],
  ['scan-firewalld-ordinary.txt', 0, ['scan', '--from', snapshot('firewalld-ordinary')]],
  ['explain-firewalld-3000.txt', 0, ['explain', '3000', '--from', snapshot('firewalld')]],
  ['reach-firewalld-source.txt', 0, ['reach', '3000', '--source', '192.168.77.21', '--from', snapshot('firewalld')]],
  ['close-firewalld.txt', 0, ['close', '3000', '--dry-run', '--from', snapshot('firewalld')]],
  ...Object.keys(WINDOWS).map((name) => [`scan-${name}.txt`, 0, ['scan', '--all', '--from', snapshot(name)]] as const),
  ['explain-windows-3001.txt', 0, ['explain', '3001', '--from', snapshot('windows-developer')]],
  ['explain-windows-5173.txt', 0, ['explain', '5173', '--from', snapshot('windows-developer')]],
  ['reach-windows-node.txt', 0, ['reach', '5173', '--from', snapshot('windows-developer')]],
  ['reach-windows-source.txt', 0, ['reach', '3389', '--source', '10.20.0.9', '--from', snapshot('windows-office')]],
  ['reach-windows-passed.txt', 0, ['reach', '3001', '--from', snapshot('windows-developer')]],
  [
    'reach-windows-passed-source.txt',
    3,
    ['reach', '3001', '--source', '192.168.1.50', '--from', snapshot('windows-developer')],
  ],
  ['close-windows-passed.txt', 4, ['close', '3001', '--dry-run', '--from', snapshot('windows-developer')]],
  ['close-windows.txt', 0, ['close', '8080', '--dry-run', '--from', snapshot('windows-developer')]],
  ['close-windows-inert.txt', 4, ['close', '3389', '--dry-run', '--from', snapshot('windows-office')]],
  ['scan-mac-home.txt', 0, ['scan', '--all', '--from', snapshot('mac-home')]],
  ['scan-mac-developer.txt', 0, ['scan', '--all', '--from', snapshot('mac-developer')]],
  ['scan-mac-root.txt', 0, ['scan', '--all', '--from', snapshot('mac-root')]],
  ['scan-mac-refused.txt', 0, ['scan', '--all', '--from', snapshot('mac-refused')]],
  ['explain-mac-8080.txt', 0, ['explain', '8080', '--from', snapshot('mac-root')]],
  ['explain-mac-80.txt', 0, ['explain', '80', '--from', snapshot('mac-root')]],
  ['reach-mac-80.txt', 0, ['reach', '80', '--source', '192.168.1.7', '--from', snapshot('mac-root')]],
  ['reach-mac-3000.txt', 0, ['reach', '3000', '--from', snapshot('mac-root')]],
  ['close-mac.txt', 4, ['close', '8080', '--dry-run', '--from', snapshot('mac-root')]],
  ['help.txt', 0, ['help']],
  ['help-reach.txt', 0, ['help', 'reach']],
  ['help-export.txt', 0, ['help', 'export']],
  ['help-import.txt', 0, ['help', 'import']],
  ['help-undo.txt', 0, ['help', 'undo']],
  ['help-report.txt', 0, ['help', 'report']],
];

test.each(CASES)('%s', async (file, status, args) => {
  const { stdout, stderr, status: ended } = await run(args);
  const text = `$ portcullis ${args.map((arg) => arg.replace(/^\/.*\//, '')).join(' ')}\n${stdout}--- standard error\n${stderr}--- status ${ended}\n`;
  await expect(text).toMatchFileSnapshot(golden(file));
  expect(ended).toBe(status);
});

describe('every line for people', () => {
  // Commands and paths stand on one line of their own, so that they can be copied.
  const mayBeLong =
    /^\s+(?:sudo|ufw|firewall-cmd|cp|iptables-restore|ip6tables-restore|netsh|[A-Z][a-z]+-Net[A-Za-z]+) |^usage:|^\s+portcullis |^\$ |^Ways there are|^\{"/;

  test.each(CASES.filter(([, status]) => status !== 4))('fits 80 columns: %s', async (_file, _status, args) => {
    const { stdout } = await run(args);
    const long = stdout.split('\n').filter((line) => Array.from(line).length > 80 && !mayBeLong.test(line));
    expect(long).toEqual([]);
  });

  test.each(CASES)(
    'names no command that ends in a stop, or that goes on behind one: %s',
    async (_file, _status, args) => {
      const commands = (await run(args)).stdout
        .split('\n')
        .filter((line) => /^\s+(?:sudo|netsh|socketfilterfw|[A-Z][a-z]+-Net[A-Za-z]+) /.test(line));
      expect(commands.filter((line) => /[.,;]$|; |\. /.test(line))).toEqual([]);
    },
  );

  test.each(CASES)('has no control characters: %s', async (_file, _status, args) => {
    const { stdout, stderr } = await run(args);
    expect(stdout + stderr).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
  });
});

test('a script for pf says what a redirect lets by it', async () => {
  const { stdout, stderr, status } = await run([
    'export',
    '--for',
    'pf',
    '--ports',
    '3000/tcp,8080/tcp',
    '--from',
    snapshot('mac-root'),
  ]);
  const missing = '3000/tcp is reached through port 80 (rdr pass); take that rdr rule away.';
  expect(status).toBe(0);
  expect(stderr).toContain(`not expressed: ${missing}`);
  expect(stdout).toContain(`# Not expressed: ${missing}`);
  expect(stdout).toContain("echo 'Closed: 8080/tcp'\n");
  expect(stdout).toContain(`echo 'Not closed: ${missing}'\n`);
});

test('a script for pf says that a port which is redirected is not closed by its own number', async () => {
  const { stdout, stderr } = await run(['export', '--for', 'pf', '--ports', '80/tcp', '--from', snapshot('mac-root')]);
  const missing = '80/tcp is sent on to port 3000 (rdr) before these rules are asked; take that rdr rule away.';
  expect(stderr).toContain(`not expressed: ${missing}`);
  expect(stdout).toContain(`echo 'Not closed: ${missing}'\n`);
  expect(stdout).not.toContain("echo 'Closed:");
});

describe('JSON', () => {
  test.each(['absent', 'off', 'on', 'ordinary', 'hostile', ...Object.keys(MADE)])('scan --json of %s', async (name) => {
    const { stdout, status } = await run(['scan', '--json', '--from', snapshot(name)]);
    expect(status).toBe(0);
    await expect(stdout).toMatchFileSnapshot(golden(`scan-${name}.json`));
  });
});

test.each(['explain', 'reach'])('%s --json says what a redirected port leads to', async (command) => {
  const { stdout } = await run([command, '80', '--json', '--from', snapshot('mac-root')]);
  expect(JSON.parse(stdout)).toMatchObject({
    listeners: [],
    leadsTo: [{ listener: 'tcp/3000', known: true, reach: [{ interface: 'en0', port: 80, open: ['0.0.0.0/0'] }] }],
  });
});

/** Whole files: a Linux computer in English, one with Windows (synthetic) in German. */
describe('reports', () => {
  const FORMATS = ['html', 'md', 'csv', 'json', 'sarif'] as const;
  const report = (name: string, ...args: readonly string[]) => run(['report', ...args, '--from', snapshot(name)]);

  test.each(FORMATS)('of Linux as %s', async (format) => {
    const { stdout, status } = await report('on', '--format', format);
    expect(status).toBe(0);
    await expect(stdout).toMatchFileSnapshot(golden(`report-on.${format}`));
  });

  test.each(FORMATS)('of Windows in German as %s', async (format) => {
    const { stdout, stderr, status } = await report('windows-office', '--format', format, '--language', 'de');
    expect(status).toBe(0);
    expect(stderr).toContain('Not read');
    await expect(stdout).toMatchFileSnapshot(golden(`report-windows-office.${format}`));
  });

  test.each(FORMATS)('of hostile names as %s steers nothing', async (format) => {
    const { stdout } = await report('hostile', '--format', format);
    expect(stdout.length).toBeGreaterThan(1000);
    expect(stdout).not.toMatch(/(?![\r\n])\p{Cc}|\p{Bidi_Control}/u);
  });

  test('the JSON is what a scan prints', async () => {
    expect((await report('on', '--format', 'json')).stdout).toBe(
      (await run(['scan', '--json', '--from', snapshot('on')])).stdout,
    );
  });

  test('a file is the same as what is printed', async () => {
    const path = join(folder, 'report.html');
    const { stdout, stderr, status } = await report('on', '--format', 'html', '--out', path);
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
    expect(stderr).toContain('Saved in ');
    expect(readFileSync(path, 'utf8')).toBe((await report('on', '--format', 'html')).stdout);
  });

  test('--redact leaves out the computer, its addresses and people', async () => {
    for (const format of FORMATS) {
      const [plain, redacted] = await Promise.all(
        [[], ['--redact']].map(async (args) => (await report('on', '--format', format, ...args)).stdout),
      );
      // Results say which ports, not which addresses.
      if (format !== 'sarif') expect(plain).toContain('192.168.77.10');
      expect(redacted).not.toContain('192.168.77.10');
      if (format !== 'json') expect(plain).toContain('laptop');
      expect(redacted).not.toContain('laptop');
    }
  });

  test('exit statuses are those of a scan', async () => {
    expect((await report('on', '--format', 'sarif', '--fail-on', 'high')).status).toBe(1);
    expect((await report('on', '--format', 'sarif', '--fail-on', 'low')).status).toBe(1);
    expect((await report('ordinary', '--format', 'md', '--exact')).status).toBe(3);
    expect((await report('on', '--format', 'pdf')).status).toBe(2);
    expect((await report('on')).status).toBe(2);
    expect((await report('on', '--format', 'md', '--language', 'fr')).status).toBe(2);
    expect((await report('on', '--format', 'md', '--out', join(folder, 'no', 'such', 'folder.md'))).status).toBe(4);
  });
});
