/** The launcher that packages install: which interpreter does what, with which words and in which environment. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { launcherFor } from '../../scripts/package/launcher.mjs';
import { whyNoQuick } from '../../scripts/quick.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portcullis-launcher-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
};

/** Each says who it is, its words and its environment, between NULs. */
const stub = (name: string): string =>
  put(name, `#!/bin/sh\nprintf '%s\\0' ${name} "$#" "$@"\nexec cat /proc/self/environ\n`);
const quick = stub('quick');
const node = stub('node');
/** As the kernel lists what a processor can do: Nehalem, one before it, and one of Arm. */
const processors = {
  able: put('able', 'cpu:type:x86,ven0002fam0019mod0011:feature:,0000,0001,0093,0094,0096,0125\n'),
  old: put('old', 'cpu:type:x86,ven0000fam000Fmod0006:feature:,0000,0001,0093,0096,00094,0940\n'),
  arm: put('arm', 'cpu:type:aarch64:feature:,0000,0001,0002,0003\n'),
  none: join(folder, 'none'),
};

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}, places = {}) {
  const text = launcherFor({ quick, node, app: join(folder, 'app'), processor: processors.able, ...places });
  const { stdout, stderr, status } = spawnSync(put('portcullis', text), args, { encoding: 'utf8', env });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const [who, count, ...rest] = stdout.split('\0').slice(0, -1);
  const words = rest.slice(0, Number(count));
  const variables = rest.slice(Number(count)).filter((one) => !/^(?:PWD|OLDPWD|_|SHLVL)=/.test(one));
  return { who, words, variables: new Map(variables.map((one) => one.split('=', 2) as [string, string])) };
}

const SCRIPT = join(folder, 'app', 'bin', 'portcullis.cjs');

describe('who does it', () => {
  test.each([
    ['scan'],
    ['scan', '--json', '--all'],
    ['explain', '3000/tcp', '--json'],
    ['reach', '22', '--source', '192.168.1.7'],
    ['scan', '', 'two words', 'a\nline', '*', '$HOME', "'"],
    ['scan', '--fail-on', 'low'],
    ['scan', '--ex'],
  ])('the quick program: %s %s %s', (...args) => {
    expect(start(args)).toMatchObject({ who: 'quick', words: args });
  });

  test.each([
    [],
    ['--version'],
    ['close', '3000', '--yes'],
    ['open'],
    ['watch'],
    ['history'],
    ['export', '--for', 'ufw'],
    ['report', '--format', 'md'],
    ['undo'],
    ['scan', '--exact'],
    ['scan', '--json', '--exact=yes'],
    ['scan', '--from', 'a folder'],
    ['scan', '--from=x.json'],
    ['explain', '1', '--exact'],
    ['reach', '--probes', 'a file', '--json'],
    ['reach', '--probes=a', '--json'],
    ['reach', '--probes', '-', '--from', '', '--json'],
    ['--json', 'scan'],
    [' scan'],
    ['scan '],
    ['scan|explain'],
    ['two words', '*'],
  ])('Node: %s %s %s', (...args) => {
    expect(start(args)).toMatchObject({ who: 'node', words: [SCRIPT, ...args] });
  });

  test('Node where the quick program was not made, or may not be run', () => {
    expect(start(['scan'], {}, { quick: join(folder, 'nothing') }).who).toBe('node');
    const closed = put('closed', '');
    chmodSync(closed, 0o644);
    expect(start(['scan'], {}, { quick: closed }).who).toBe('node');
  });

  test('Node where the processor cannot, or is not told of', () => {
    expect(start(['scan'], {}, { processor: processors.old }).who).toBe('node');
    expect(start(['scan'], {}, { processor: processors.none }).who).toBe('node');
    expect(start(['scan'], {}, { processor: processors.arm }).who).toBe('quick');
  });

  test('Node where the time zone is a formula, a file, or a short name', () => {
    const files = ['/usr/share/zoneinfo/Asia/Tokyo', ':/usr/share/zoneinfo/Asia/Tokyo', ':/etc/localtime'];
    for (const TZ of ['UTC-3', 'CET-1CEST,M3.5.0,M10.5.0/3', '<+03>-3', ...files, 'JST', 'PST', 'asia/tokyo'])
      expect(start(['scan'], { TZ }).who).toBe('node');
    for (const TZ of ['', 'UTC', 'Europe/Berlin', ':America/Port-au-Prince'])
      expect(start(['scan'], { TZ }).who).toBe('quick');
  });
});

describe('the environment', () => {
  const kept = { HOME: '/home/a b', XDG_STATE_HOME: '/s', TERM: 'xterm', NO_COLOR: '1', TZ: 'Europe/Berlin' };
  const hostile = {
    BUN_BE_BUN: '1',
    BUN_OPTIONS: '--preload=/x',
    BUN_JSC_useDollarVM: '1',
    BUN_CRASH_REPORT_URL: 'http://192.0.2.1',
    BUN_ENABLE_CRASH_REPORTING: '1',
    JSC_configFile: '/x',
    NODE_OPTIONS: '--require /x',
    NODE_EXTRA_CA_CERTS: '/x',
    OPENSSL_CONF: '/x',
    PATH: '/tmp/evil:/usr/bin:/bin',
    quick: '/x',
    processor: 'cpu:type:aarch64:',
  };

  test('of the quick program holds what it reads, and nothing sends a report of a crash', () => {
    expect(Object.fromEntries(start(['scan'], { ...kept, ...hostile }).variables)).toEqual({
      ...kept,
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      DO_NOT_TRACK: '1',
      BUN_ENABLE_CRASH_REPORTING: '0',
    });
    expect([...start(['scan'], { HOME: '', NO_COLOR: '' }).variables.keys()].sort()).toEqual([
      'BUN_ENABLE_CRASH_REPORTING',
      'DO_NOT_TRACK',
      'PATH',
    ]);
  });

  test('of Node names nothing that changes how it starts', () => {
    const { variables } = start(['close', '22'], { ...kept, ...hostile });
    expect([...variables.keys()].filter((name) => /^(?:NODE|OPENSSL)_/.test(name))).toEqual([]);
    expect(variables.get('HOME')).toBe(kept.HOME);
  });

  test('names given for what the launcher itself uses are not believed', () => {
    expect(start(['close'], { quick }).who).toBe('node');
    expect(start(['scan'], { processor: 'cpu:type:aarch64:' }, { processor: processors.none }).who).toBe('node');
  });
});

describe('the folder where somebody stands', () => {
  const here = join(folder, 'here');
  const go = (command: string, program: string) =>
    spawnSync('sh', ['-c', command], {
      encoding: 'utf8',
      cwd: here,
      env: { launcher: put('portcullis', launcherFor({ quick: program, node, processor: processors.able })) },
    });

  test('is not the one where the quick program starts, and may be gone', () => {
    mkdirSync(join(here, 'gone'), { recursive: true });
    const where = put('where', '#!/bin/sh\nexec pwd -P\n');
    expect(go('exec "$launcher" scan', where)).toMatchObject({ stdout: '/\n', stderr: '', status: 0 });
    expect(go('cd gone; rmdir ../gone; exec "$launcher" scan', where)).toMatchObject({ stdout: '/\n', status: 0 });
  });

  // Where our part was taken out of it (strip), the quick program is this one.
  test.skipIf(whyNoQuick() !== null)('has no say where the quick program is Bun alone', () => {
    const entered = join(folder, 'entered');
    mkdirSync(here, { recursive: true });
    writeFileSync(join(here, 'package.json'), JSON.stringify({ scripts: { scan: `echo x > '${entered}'` } }));
    const bun = join(import.meta.dirname, '../../node_modules/bun/bin/bun.exe');
    expect(go(`'${bun}' scan`, bun).status).toBe(0);
    expect(existsSync(entered)).toBe(true);
    rmSync(entered);
    expect(go('exec "$launcher" scan', bun).status).toBe(1);
    expect(existsSync(entered)).toBe(false);
  });
});

test('no place is put into the script that a shell would read', () => {
  expect(() => launcherFor({ quick: '/tmp/$(x)' })).toThrow('not a plain path');
});

test('where Bun is not there, or was not set up, that is said in a sentence', () => {
  for (const program of [join(folder, 'nothing'), put('placeholder', 'echo "Error: Bun was not set up"\n')])
    expect(whyNoQuick(program)).toBe(
      'Bun is not installed here (npm ci fetches it), so the quick program is left out.',
    );
  expect(whyNoQuick(process.execPath)).toBeNull();
});
