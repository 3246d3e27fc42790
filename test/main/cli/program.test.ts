/** The promises that scripts rely on: streams, exit statuses, JSON. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runHere } from './here.ts';
import { program, run, snapshot, snapshots } from './program.ts';
import { readSnapshots } from '../../core/rulesets/snapshots.ts';
import { answerSchema, scanSchema } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'portcullis-program-'));
// What is run in this process finds as little of anybody's as what `run` starts.
beforeAll(() => {
  vi.stubEnv('HOME', '/nonexistent');
  vi.stubEnv('XDG_STATE_HOME', '/nonexistent/state');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const whole = readFileSync(snapshot('on'), 'utf8');

const names = readdirSync(snapshots).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);

describe('scan --json', () => {
  test.each(names)('of %s is schema 1, one value and nothing else', async (name) => {
    const { stdout, status } = await runHere(['scan', '--json', '--from', snapshot(name)]);
    expect(status).toBe(0);
    expect(scanSchema.safeParse(JSON.parse(stdout)).error).toBeUndefined();
  });

  test('of this machine is schema 1 too', () => {
    const { stdout, status } = run(['scan', '--json']);
    expect(status).toBe(0);
    expect(scanSchema.safeParse(JSON.parse(stdout)).error).toBeUndefined();
  });

  test('holds no command line: they may hold passwords', () => {
    const text = run(['scan', '--json', '--from', snapshot('on')]).stdout;
    expect(text).toContain('/usr/bin/python3.11');
    expect(text).not.toContain('-m http.server');
  });

  test('an ordinary user gets status 0, complete: false, and on standard error what is missing', () => {
    const { stdout, stderr, status } = run(['scan', '--json', '--from', snapshot('ordinary')]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ complete: false });
    expect(stderr).toMatch(/administrator rights/);
    expect(stderr).toMatch(/portcullis scan --exact/);
  });

  test('several snapshots are one list, each with its file; a folder is all in it', () => {
    const two = run(['scan', '--json', '--from', snapshot('on'), '--from', snapshot('off')]);
    expect(two.status).toBe(0);
    expect(JSON.parse(two.stdout)).toMatchObject([{ from: snapshot('on') }, { from: snapshot('off') }]);
    const all = JSON.parse(run(['scan', '--json', '--from', snapshots]).stdout) as readonly { readonly from: string }[];
    expect(all.map(({ from }) => from)).toEqual(names.map(snapshot));
    for (const report of all) expect(scanSchema.safeParse(report).error).toBeUndefined();
  });

  test('several snapshots for people are one table, with a row for each', () => {
    const { stdout, status } = run(['scan', '--from', snapshots]);
    expect(status).toBe(0);
    expect(stdout.match(/^laptop /gm)).toHaveLength(names.length);
    expect(stdout).toMatch(/^laptop \(on\) +3000\/tcp .* on +high +yes$/m);
    expect(stdout).toMatch(/^laptop \(ordinary\) +cannot tell .* low +no$/m);
  });
});

describe('exit statuses', () => {
  const fails = (name: string, severity: string): number | null =>
    run(['scan', '--from', snapshot(name), '--fail-on', severity]).status;

  test('1: advice at or above --fail-on', () => {
    expect(fails('on', 'high')).toBe(1);
    expect(fails('on', 'low')).toBe(1);
    expect(fails('ordinary', 'high')).toBe(0);
    expect(fails('ordinary', 'low')).toBe(1);
  });

  test('1 goes before 3', () => {
    expect(run(['scan', '--exact', '--from', snapshot('ordinary')]).status).toBe(3);
    expect(run(['scan', '--exact', '--from', snapshot('ordinary'), '--fail-on', 'low']).status).toBe(1);
    expect(run(['scan', '--exact', '--from', snapshot('on')]).status).toBe(0);
  });

  test('3: the verdict that was asked for is unknown', () => {
    expect(run(['explain', '3000', '--from', snapshot('ordinary')]).status).toBe(3);
    expect(run(['explain', '8000', '--from', snapshot('ordinary')]).status).toBe(0);
    expect(run(['reach', '3000', '--json', '--from', snapshot('ordinary')]).status).toBe(3);
    expect(run(['reach', '3000', '--source', '10.66.0.20', '--from', snapshot('ordinary')]).status).toBe(3);
    expect(run(['reach', '3000', '--source', '10.66.0.20', '--from', snapshot('on')]).status).toBe(0);
  });

  test('4: nothing is changed without being asked, and a saved snapshot never', () => {
    const { status, stderr } = run(['close', '3000', '--way', 'bind-loopback', '--dry-run', '--from', snapshot('on')]);
    expect(status).toBe(4);
    expect(stderr).toMatch(/What works instead: stop the program/);
    expect(run(['close', '3000', '--yes', '--from', snapshot('on')]).status).toBe(2);
  });

  test('0: help and version, on standard output', () => {
    for (const args of [['help'], ['--help'], ['-h'], [], ['help', 'scan'], ['scan', '--help'], ['close', '-h']]) {
      const { status, stdout, stderr } = run(args);
      expect([args, status, stderr]).toEqual([args, 0, '']);
      expect(stdout).toMatch(/portcullis/);
    }
    const { version } = JSON.parse(readFileSync(join(program, '../../package.json'), 'utf8')) as { version: string };
    expect(run(['--version']).stdout).toBe(`portcullis ${version}\n`);
  });
});

describe('wrong usage is status 2, says what is wrong, and names the nearest right one', () => {
  const on = snapshot('on');
  const WRONG: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [['scna'], /Did you mean: portcullis scan\?/],
    [['frobnicate'], /All commands: portcullis help/],
    [['3000'], /Did you mean: portcullis explain 3000\?/],
    [['help', 'clsoe'], /Did you mean: portcullis close\?/],
    [['scan', '--jsn'], /Did you mean --json\?/],
    [['scan', '-j'], /no option -j/],
    [['scan', 'extra'], /does not take "extra"/],
    [['scan', '--json=yes'], /--json takes no value/],
    [['scan', '--from'], /--from needs a value/],
    [['scan', '--from', '--json'], /--from needs a value/],
    [['scan', '--fail-on', 'hgh'], /Did you mean --fail-on high\?/],
    [['scan', '--fail-on', 'low', '--fail-on', 'high'], /given twice/],
    [['explain'], /Did you mean portcullis explain 3000\?/],
    [['explain', '1', '2'], /takes one port/],
    [['explain', '0'], /not a port/],
    [['explain', '65536'], /not a port/],
    [['explain', '3000/sctp'], /Did you mean 3000\?/],
    [['explain', 'http'], /not a port/],
    [['explain', '-3000'], /usage: portcullis explain/],
    [['reach', '80', '--source', '300.1.1.1'], /not an address/],
    [['reach', '80', '--source', 'fe80::1', '--from', on], /--source fe80::1%wlan0/],
    [['reach', '80', '--interface', 'wlan9', '--from', on], /There are: lo, wlan0, eth0/],
    [['reach', '80', '--source', '1.2.3.4', '--interface', 'wlan9', '--from', on], /no interface "wlan9"/],
    [['reach', '--probes', '/dev/null'], /--probes FILE --json/],
    [['reach', '--probes', '/dev/null', '--json', '--source', '1.1.1.1'], /stand in each question/],
    [['reach', '--probes', join(folder, 'none'), '--json', '--from', on], /cannot be read/],
    [['close'], /needs a port/],
    [['close', '3000', '--for', 'everybody'], /Did you mean --for everyone\?/],
    [['close', '3000', '--way', 'firewal'], /Did you mean --way firewall\?/],
    [['firewall'], /Did you mean portcullis firewall on\?/],
    [['firewall', 'off'], /portcullis firewall on/],
    [['undo', '../../etc/passwd'], /not the id of a change/],
    [['export'], /portcullis export --for ufw/],
    [['export', '--for', 'win'], /Did you mean --for windows\?/],
    [['export', '--for', 'ufw', '--ports', '80,x'], /"x" is not a port/],
    [['open', 'window'], /does not take/],
    [['open', '--from', '/nonexistent/x.json'], /cannot be read: it is not there/],
  ];

  test.each(WRONG)('%j', async (args, says) => {
    const { status, stdout, stderr } = await runHere(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/fault|at .*\.(?:c?js|ts):\d/);
  });
});

describe('--from a broken file is status 2 and a sentence', () => {
  const BROKEN: readonly (readonly [name: string, path: string, says: RegExp])[] = [
    ['not there', join(folder, 'nowhere.json'), /it is not there/],
    ['half', file('half.json', whole.slice(0, 5000)), /not JSON, or only a part/],
    ['empty', file('empty.json', ''), /not JSON/],
    ['binary', file('binary.json', '\u0000\u0001\u0002'), /not JSON/],
    ['something else', file('else.json', '{"a":1}'), /not a snapshot/],
    ['later', file('later.json', whole.replace('"schema": 1', '"schema": 2')), /schema/],
    ['a name that paints', file('\u001b[31mred.json', '{'), /\\u\{1b\}\[31mred\.json/],
  ];
  test.each(BROKEN)('%s', async (_name, path, says) => {
    for (const args of [
      ['scan', '--json'],
      ['reach', '22'],
    ]) {
      const { status, stdout, stderr } = await runHere([...args, '--from', path]);
      expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: '' });
      expect(stderr).toMatch(says);
    }
  });

  test('a folder without snapshots', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const { status, stderr } = await runHere(['scan', '--from', empty]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/no snapshot/);
  });

  test('a snapshot whose transcripts are garbage is judged as unknown, never as well', async () => {
    const parsed = JSON.parse(whole) as { transcripts: { stdout: string }[] };
    const garbage = {
      ...parsed,
      transcripts: parsed.transcripts.map((one) => ({ ...one, stdout: '\u0000garbage\n{[' })),
    };
    const { status, stdout } = await runHere([
      'scan',
      '--json',
      '--from',
      file('garbage.json', JSON.stringify(garbage)),
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ complete: false });
  });
});

describe('a snapshot in which what listens could not be read', () => {
  const parsed = JSON.parse(whole) as { transcripts: { id: string }[] };
  const blind = {
    ...parsed,
    transcripts: parsed.transcripts
      .filter(({ id }) => id !== 'netstat')
      .map((one) => (one.id.startsWith('ss.') ? { ...one, stdout: '', exit: null, failure: 'missing' } : one)),
  };
  const from = ['--from', file('blind.json', JSON.stringify(blind))];

  test('scan does not say that nothing listens', async () => {
    const { stdout } = await runHere(['scan', '--all', ...from]);
    expect(stdout).toContain('0 ports; there may be more');
    expect(stdout).toContain('What listens could not be read.');
    expect(stdout).not.toMatch(/Nothing listens|All is well|Nothing that you may want to close/);
  });

  test('explain and reach do not either', async () => {
    const explained = await runHere(['explain', '22', ...from]);
    expect(explained.stdout).toBe('Whether anything listens on port 22 could not be read.\n');
    expect(explained.status).toBe(3);
    expect(JSON.parse((await runHere(['reach', '22', '--json', ...from])).stdout)).toMatchObject({ listens: null });
    expect((await runHere(['reach', '22', ...from])).stdout).toMatch(
      /^Whether anything listens on 22\/tcp could not be read\./,
    );
  });
});

describe('reach --probes', () => {
  const question = (source: string, port: number, more: object = {}) => ({
    protocol: 'tcp',
    interface: 'wlan0',
    source,
    destination: '192.168.77.10',
    port,
    ...more,
  });
  const lines = (list: readonly object[]): string => list.map((one) => `${JSON.stringify(one)}\n`).join('');
  const ask = (text: string, name = 'on') =>
    run(['reach', '--probes', '-', '--json', '--from', snapshot(name)], { input: text });

  test('answers each line in its place', () => {
    const { status, stdout } = ask(
      lines([
        question('192.168.77.20', 3000),
        question('192.168.77.20', 4000),
        question('203.0.113.5', 8080),
        question('192.168.77.20', 8080),
        question('192.168.77.20', 9000, { sourcePort: 40000 }),
        { ...question('fe80::1%wlan0', 3000), destination: 'fe80::ff:fe00:7710%wlan0' },
      ]),
    );
    expect(status).toBe(0);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => answerSchema.parse(JSON.parse(line)));
    expect(answers.map(({ verdict }) => verdict)).toEqual(['open', 'blocked', 'blocked', 'open', 'limited', 'open']);
    expect(answers[0]?.decidedBy).toEqual([{ firewall: 'ufw', rule: 'allow 3000/tcp' }]);
  });

  test('a file is as good, blank lines are none, and the last needs no end', () => {
    const path = file(
      'probes.jsonl',
      `\n${JSON.stringify(question('192.168.77.20', 3000))}\n\n${JSON.stringify(question('192.168.77.20', 4000))}`,
    );
    const { stdout } = run(['reach', '--probes', path, '--json', '--from', snapshot('on')]);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  test('what cannot be told is unknown, and no failure', () => {
    const { status, stdout } = ask(lines([question('192.168.77.20', 3000)]), 'ordinary');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ verdict: 'unknown', decidedBy: expect.any(Array) as unknown });
  });

  test('ten thousand in one process', () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      question(`192.168.77.${1 + (index % 254)}`, 1 + (index % 65_535)),
    );
    const { status, stdout } = ask(lines(many));
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(10_000);
  });

  test.each([
    ['no JSON', '{"protocol":', /Line 2 .*not JSON/],
    ['a port that is none', JSON.stringify(question('192.168.77.20', 70_000)), /Line 2 .*port/],
    ['a field that is not known', JSON.stringify(question('192.168.77.20', 80, { user: 'x' })), /Line 2/],
    ['another protocol', JSON.stringify({ ...question('192.168.77.20', 80), protocol: 'sctp' }), /Line 2 .*protocol/],
  ])('%s: the line is named and nothing is answered', (_name, bad, says) => {
    const { status, stdout, stderr } = ask(`${lines([question('192.168.77.20', 3000)])}${bad}\n`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

describe('export', () => {
  test('the advised ports, as a script and as its undo', () => {
    const out = join(folder, 'close.sh');
    const ran = run(['export', '--for', 'ufw', '--from', snapshot('on'), '--out', out]);
    expect({ status: ran.status, stdout: ran.stdout }).toEqual({ status: 0, stdout: '' });
    expect(statSync(out).mode & 0o777).toBe(0o755);
    expect(readFileSync(out, 'utf8')).toMatch(/^#!.*sh/);
    expect(spawnSync('sh', ['-n', out]).status).toBe(0);
    for (const port of ['3000', '8080', '9000']) expect(readFileSync(out, 'utf8')).toContain(port);
    const { stdout: undo } = run(['export', '--for', 'ufw', '--from', snapshot('on'), '--undo']);
    expect(undo).not.toBe(readFileSync(out, 'utf8'));
  });

  test('named ports, for Windows', async () => {
    const { status, stdout } = await runHere([
      'export',
      '--for',
      'windows',
      '--ports',
      '3000/tcp,5353/udp',
      '--from',
      snapshot('on'),
    ]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/3000/);
    expect(stdout).toMatch(/5353/);
    expect(stdout).not.toMatch(/8080/);
  });

  test('each format goes into a folder with its undo; what is run may be run, the rest is text', async () => {
    for (const [format, names] of [
      ['ufw', ['portcullis-close-ufw.sh', 'portcullis-undo-ufw.sh']],
      ['firewalld', ['portcullis-close-firewalld.sh', 'portcullis-undo-firewalld.sh']],
      ['firewalld-xml', ['portcullis-export.xml', 'portcullis-undo-firewalld-xml.sh']],
      ['nftables', ['portcullis-export.nft', 'portcullis-undo.nft']],
      ['iptables', ['portcullis-close-iptables.sh', 'portcullis-undo-iptables.sh']],
      ['ansible', ['portcullis-close-ansible.yml', 'portcullis-undo-ansible.yml']],
      ['intent', ['portcullis-intent.json']],
    ] as const) {
      const out = join(folder, `export-${format}/`);
      const ran = await runHere([
        'export',
        '--for',
        format,
        '--ports',
        '3000/tcp',
        '--from',
        snapshot('on'),
        '--out',
        out,
      ]);
      expect({ status: ran.status, stdout: ran.stdout }).toEqual({ status: 0, stdout: '' });
      expect(readdirSync(out).sort()).toEqual([...names].sort());
      for (const name of names) {
        expect(statSync(join(out, name)).mode & 0o777).toBe(name.endsWith('.sh') ? 0o755 : 0o644);
        expect(ran.stderr).toContain(name);
        if (name.endsWith('.sh')) expect(spawnSync('sh', ['-n', join(out, name)]).status).toBe(0);
      }
      expect(readFileSync(join(out, names[0]), 'utf8')).toContain('3000');
    }
  });

  test('the whole posture needs no port, and says what is kept', async () => {
    const ran = await runHere([
      'export',
      '--for',
      'nftables',
      '--posture',
      '--keep',
      '22',
      '--from',
      snapshot('ordinary'),
    ]);
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain('tcp dport { 22 } accept');
    expect(ran.stdout).toContain('New sessions through SSH come in through 22/tcp, which is kept.');
    expect((await runHere(['export', '--for', 'nftables', '--keep', '22', '--from', snapshot('on')])).status).toBe(2);
  });

  test('the whole posture keeps what is named, though advised otherwise; both closed and kept is refused', async () => {
    const asked = ['export', '--for', 'intent', '--posture', '--keep', '3000/tcp', '--from', snapshot('on')];
    const { close, keep } = JSON.parse((await runHere(asked)).stdout) as Record<'close' | 'keep', { port: number }[]>;
    expect(keep.map(({ port }) => port)).toContain(3000);
    expect(close.map(({ port }) => port)).not.toContain(3000);
    const both = await runHere([...asked, '--ports', '3000']);
    expect({ status: both.status, stdout: both.stdout }).toEqual({ status: 2, stdout: '' });
    expect(both.stderr).toContain('3000/tcp cannot be both closed and kept.');
  });

  test('an audience is kept in the file; an intent has no undo of its own', async () => {
    const asked = ['export', '--for', 'intent', '--ports', '3000', '--from', snapshot('on')];
    const { stdout } = await runHere([...asked, '--audience', 'all-but-this-network']);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, close: [{ port: 3000, for: { allBut: 'this-network' } }] });
    const undo = await runHere([...asked, '--undo']);
    expect({ status: undo.status, stdout: undo.stdout }).toEqual({ status: 2, stdout: '' });
  });

  test('a port that leads on to a container is not in the file, and it is said what closes it', async () => {
    const docker = file('docker.json', JSON.stringify(readSnapshots()['docker-28-published']));
    const all = await runHere(['export', '--for', 'ufw', '--from', docker]);
    expect(all.status).toBe(0);
    expect(all.stdout).not.toContain('8080');
    expect(all.stderr).toContain('not in the file: 8080/tcp, which rules lead on to a container or another computer.');
    const named = await runHere(['export', '--for', 'nftables', '--ports', '8080/tcp', '--from', docker]);
    expect(named.stdout).toContain('tcp dport 8080 drop');
    expect(named.stderr).not.toContain('not in the file');
  });

  test('nothing to export is said, and is no failure', async () => {
    const { status, stdout, stderr } = await runHere(['export', '--for', 'ufw', '--from', snapshot('ordinary')]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/nothing to export/);
  });
});

describe('import', () => {
  const intent = (more: object): string =>
    file(
      'intent.json',
      JSON.stringify({
        schema: 1,
        madeAt: '2026-11-20T18:00:00Z',
        host: null,
        close: [],
        keep: [],
        rest: 'leave',
        ...more,
      }),
    );
  const close = (port: number) => ({ protocol: 'tcp', port, for: 'everyone', name: null, why: null });

  test('makes the plan that close makes, and says what does not listen here', () => {
    const path = intent({ close: [close(3000), close(4444)] });
    const { status, stdout, stderr } = run(['import', path, '--dry-run', '--from', snapshot('on')]);
    expect(status).toBe(0);
    expect(stdout).toBe(run(['close', '3000/tcp', '--dry-run', '--from', snapshot('on')]).stdout);
    expect(stderr).toMatch(/4444\/tcp: nothing listens there/);
  });

  test('where what listens could not be read, nothing is said to be in order', async () => {
    const on = JSON.parse(readFileSync(snapshot('on'), 'utf8')) as { transcripts: { id: string }[] };
    const transcripts = on.transcripts.map((one) =>
      one.id === 'ss.listening' ? { ...one, stdout: '', stderr: 'RTNETLINK answers: refused' } : one,
    );
    const unread = file('unread.json', JSON.stringify({ ...on, transcripts }));
    const ran = await runHere(['import', intent({ close: [close(3000)] }), '--dry-run', '--from', unread]);
    expect({ status: ran.status, stdout: ran.stdout }).toEqual({ status: 3, stdout: '' });
    expect(ran.stderr).toMatch(/3000\/tcp: what listens on this machine could not be read whole/);
  });

  test('turns a firewall on that is off, with what is kept', async () => {
    const path = intent({ keep: [{ protocol: 'tcp', port: 3000, name: null }], rest: 'close' });
    const { status, stdout, stderr } = await runHere(['import', path, '--dry-run', '--from', snapshot('off')]);
    expect(status).toBe(0);
    expect(stdout).toBe(
      (await runHere(['firewall', 'on', '--keep', '3000/tcp', '--dry-run', '--from', snapshot('off')])).stdout,
    );
    expect(stderr).toMatch(/closed by plans that are made then/);
  });

  test.each([
    ['not there', () => join(folder, 'nowhere.json'), /cannot be read/],
    ['half', () => file('half.json', '{"schema":1,'), /is not JSON/],
    ['something else', () => snapshot('on'), /is not an intent/],
    ['a port twice', () => intent({ close: [close(3000), close(3000)] }), /names 3000\/tcp twice/],
  ] as const)('a file that is %s is refused', async (_, path, says) => {
    const { status, stdout, stderr } = await runHere(['import', path(), '--dry-run', '--from', snapshot('on')]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

describe('snapshot', () => {
  test('is replayed to the same report', () => {
    const path = join(folder, 'here.json');
    const saved = run(['snapshot', '--out', path]);
    expect({ status: saved.status, stdout: saved.stdout }).toEqual({ status: 0, stdout: '' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { takenAt } = JSON.parse(readFileSync(path, 'utf8')) as { takenAt: string };
    const { stdout } = run(['scan', '--json', '--from', path]);
    expect(JSON.parse(stdout)).toMatchObject({ takenAt });
  });

  test('to standard output is JSON and nothing else', () => {
    expect(JSON.parse(run(['snapshot']).stdout)).toMatchObject({ schema: 1, redacted: false });
    expect(JSON.parse(run(['snapshot', '--redact']).stdout)).toMatchObject({ schema: 1, redacted: true });
  });

  test('into a folder that does not exist is refused with a sentence', () => {
    const { status, stderr } = run(['snapshot', '--out', join(folder, 'no', 'x.json')]);
    expect(status).toBe(4);
    expect(stderr).toMatch(/the folder does not exist/);
  });
});

describe('keep', () => {
  test('is remembered, quiets the advice, and can be taken back', () => {
    const env = { XDG_STATE_HOME: join(folder, 'state') };
    const advised = (): boolean => run(['scan', '--from', snapshot('on')], { env }).stdout.includes('close 9000/tcp');
    expect(advised()).toBe(true);
    expect(run(['keep', '9000/tcp'], { env }).status).toBe(0);
    expect(advised()).toBe(false);
    expect(run(['scan', '--all', '--from', snapshot('on')], { env }).stdout).toMatch(/9000\/tcp .*kept/);
    expect(run(['unkeep', 'tcp/9000'], { env }).status).toBe(0);
    expect(advised()).toBe(true);
  });

  test('a damaged file is told and does not stop a scan', () => {
    const env = { XDG_STATE_HOME: join(folder, 'damaged') };
    mkdirSync(join(folder, 'damaged', 'portcullis'), { recursive: true });
    writeFileSync(join(folder, 'damaged', 'portcullis', 'kept.json'), '{');
    const { status, stderr } = run(['scan', '--from', snapshot('on')], { env });
    expect(status).toBe(0);
    expect(stderr).toMatch(/what you chose to keep open: its file is damaged/);
    expect(run(['keep', '22'], { env }).status).toBe(4);
  });
});

describe('streams', () => {
  /** Run with a pseudo-terminal of the given width. */
  const onTerminal = (args: readonly string[], columns: number, env: Readonly<Record<string, string>> = {}): string => {
    const command = `stty cols ${columns} 2>/dev/null; exec '${process.execPath}' '${program}' ${args.map((arg) => `'${arg}'`).join(' ')}`;
    const { stdout, status } = spawnSync('script', ['-qec', command, '/dev/null'], {
      encoding: 'utf8',
      input: '',
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', TERM: 'xterm', SHELL: '/bin/sh', ...env },
    });
    expect(status).toBe(0);
    return stdout;
  };
  // oxlint-disable-next-line no-control-regex -- colours are what is looked for
  const COLOURS = /\u001b\[\d+m/;

  test('no colours where nobody sees them', () => {
    expect(run(['scan', '--from', snapshot('on')]).stdout).not.toMatch(COLOURS);
  });

  test('colours on a terminal, none with NO_COLOR, none on a dumb one', () => {
    const args = ['scan', '--from', snapshot('on')];
    expect(onTerminal(args, 80)).toMatch(COLOURS);
    expect(onTerminal(args, 80, { NO_COLOR: '1' })).not.toMatch(COLOURS);
    expect(onTerminal(args, 80, { NO_COLOR: '' })).toMatch(COLOURS);
    expect(onTerminal(args, 80, { TERM: 'dumb' })).not.toMatch(COLOURS);
  });

  test.each([50, 80, 100])('lines fit a terminal of %d columns', (columns) => {
    const text = onTerminal(['scan', '--all', '--from', snapshot('on')], columns, { NO_COLOR: '1' });
    const lines = text.split(/\r?\n/);
    expect(Math.max(...lines.map((line) => Array.from(line).length))).toBeLessThanOrEqual(columns);
    expect(lines.length).toBeGreaterThan(30);
  });

  test('JSON is plain on a terminal too', () => {
    expect(onTerminal(['scan', '--json', '--from', snapshot('on')], 80)).not.toMatch(COLOURS);
  });

  const ended = (child: ChildProcess): Promise<number | string | null> =>
    new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));

  test('a reader that goes away ends it quietly', async () => {
    const many =
      `${JSON.stringify({ protocol: 'tcp', interface: 'wlan0', source: '192.168.77.20', destination: '192.168.77.10', port: 3000 })}\n`.repeat(
        20_000,
      );
    const path = file('many.jsonl', many);
    const child = spawn(process.execPath, [program, 'reach', '--probes', path, '--json', '--from', snapshot('on')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await ended(child)).toBe(0);
    expect(errors).toBe('');
  });

  test('a closed standard output does not stop it', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `'${process.execPath}' '${program}' scan --from '${snapshot('on')}' >&-`],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.runIf(existsSync('/dev/full'))('a result that cannot be written is told', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [program, 'scan', '--json', '--from', snapshot('on')], {
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect(status).toBe(4);
    expect(stderr).toMatch(/could not be written/);
  });
});

test.each([
  ['scan', '--all', '--from', snapshot('on')],
  ['scan', '--json', '--from', snapshot('firewalld')],
  ['explain', '3000', '--from', snapshot('ordinary')],
  ['close', '3000', '--dry-run', '--from', snapshot('absent')],
  ['report', '--format', 'html', '--from', snapshot('on')],
  ['help', 'export'],
  ['report', '--format', 'pdf'],
  ['scna'],
  ['scan', '--json', '--from', join(folder, 'nowhere.json')],
  ['reach', '22', '--from', join(folder, 'half.json')],
])('the built program prints and ends as its source does: %s %s %s', async (...args) => {
  const { stdout, stderr, status } = run(args);
  expect({ stdout, stderr, status }).toEqual(await runHere(args));
});

test('works from any folder, and through a link', () => {
  expect(run(['--version'], { cwd: '/' }).status).toBe(0);
  const link = join(folder, 'portcullis');
  expect(spawnSync('ln', ['-s', program, link]).status).toBe(0);
  expect(spawnSync(link, ['--version'], { encoding: 'utf8' }).stdout).toMatch(/^portcullis /);
});

test('the bundle is plain ASCII, as its launcher takes it', () => {
  const folder = join(program, '../../out/cli');
  const files = readdirSync(folder).filter((name) => name.endsWith('.cjs'));
  const texts = files.map((name) => readFileSync(join(folder, name), 'latin1'));
  expect(texts.join('').length).toBeGreaterThan(500_000);
  for (const [at, text] of texts.entries()) expect(/[^\0-\x7f]/.test(text), files[at]).toBe(false);
});
