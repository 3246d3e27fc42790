/** Closing, proved with packets: open before, dropped after, everything else as it was, and back again byte for byte. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import type { Choice, Plan } from '../../src/core/model.ts';
import type { Done } from '../../src/main/apply/index.ts';
import { type Bundles, bundle } from './bundle.ts';
import { describeLab, type Lab, laptop, neighbour, probe, startLab } from './harness.ts';
import { warningsOf } from '../core/plan/in-english.ts';

type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem };

const close = (port: number, more: Partial<Choice & { kind: 'close' }> = {}): Choice => ({
  kind: 'close',
  targets: [{ protocol: 'tcp', port }],
  audience: 'everyone',
  way: 'firewall',
  ...more,
});

const FILES = ['/etc/ufw/ufw.conf', '/etc/default/ufw', '/etc/ufw/user.rules', '/etc/ufw/user6.rules'];

let bundles: Bundles;

async function act<T>(lab: Lab, ...words: readonly string[]): Promise<Reply<T>> {
  const text = await lab.must('A', [process.execPath, bundles.act, ...words]);
  return JSON.parse(text) as Reply<T>;
}

async function must<T>(lab: Lab, ...words: readonly string[]): Promise<T> {
  const reply = await act<T>(lab, ...words);
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message} ${reply.error.hint}`);
  return reply.value;
}

async function problemOf(lab: Lab, ...words: readonly string[]): Promise<Problem> {
  const reply = await act(lab, ...words);
  if (reply.ok) throw new Error(`done, though a problem was expected: ${JSON.stringify(reply.value).slice(0, 400)}`);
  return reply.error;
}

const SOURCES = [
  [neighbour, laptop],
  ['192.168.77.130', laptop],
  ['203.0.113.5', laptop],
  ['fd77::20', 'fd77::10'],
  ['2001:db8:ff::5', '2001:db8:77::10'],
] as const;

const ways = (port: number) => SOURCES.map(([source, destination]) => probe('tcp', source, destination, port));

/** The kernel's rules without counters and dates. */
async function kernel(lab: Lab): Promise<readonly string[]> {
  const texts = [await lab.must('A', ['iptables-save']), await lab.must('A', ['ip6tables-save'])];
  return texts.map((text) =>
    text
      .replaceAll(/^#.*\n|\[\d+:\d+\]/gm, '')
      .split('\n')
      .sort()
      .join('\n'),
  );
}

async function machine(): Promise<Lab> {
  const lab = await startLab();
  await lab.listen([
    ...[22, 3000, 8080].map((port) => ['tcp', '0.0.0.0', port] as const),
    ...[22, 3000, 8080].map((port) => ['tcp', '::', port] as const),
  ]);
  return lab;
}

interface State {
  readonly name: string;
  readonly commands: readonly (readonly string[])[];
  /** What the five sources get on 3000 before. */
  readonly before: readonly string[];
}

const OPEN = SOURCES.map(() => 'open');
const SHUT = SOURCES.map(() => 'filtered');

const STATES: readonly State[] = [
  {
    name: 'an earlier allow',
    commands: [
      ['allow', '8080/tcp'],
      ['allow', '3000/tcp', 'comment', 'my web'],
    ],
    before: OPEN,
  },
  {
    name: 'an allow for both protocols',
    commands: [
      ['allow', '3000'],
      ['allow', '8080'],
    ],
    before: OPEN,
  },
  {
    name: 'an allow for the local network',
    commands: [
      ['allow', '8080/tcp'],
      ['allow', 'from', '192.168.77.0/24', 'to', 'any', 'port', '3000', 'proto', 'tcp'],
    ],
    before: ['open', 'open', 'filtered', 'filtered', 'filtered'],
  },
  {
    name: 'a deny lower down',
    commands: [
      ['allow', '8080/tcp'],
      ['allow', '3000'],
      ['deny', '3000/tcp'],
    ],
    before: OPEN,
  },
  {
    name: 'rules of IPv4 alone',
    commands: [
      ['allow', 'proto', 'tcp', 'from', '0.0.0.0/0', 'to', 'any', 'port', '3000'],
      ['allow', '8080/tcp'],
    ],
    before: ['open', 'open', 'open', 'filtered', 'filtered'],
  },
  {
    name: 'an allow inside a range, and a limit',
    commands: [
      ['allow', '2990:3010/tcp'],
      ['limit', '3000/tcp'],
      ['allow', '8080/tcp'],
    ],
    before: OPEN,
  },
];

describeLab('closing a port', () => {
  beforeAll(async () => {
    bundles = await bundle();
  });
  afterAll(() => bundles[Symbol.asyncDispose]());

  describe.each(STATES)('with $name', ({ commands, before }) => {
    test('open, closed, undone', async () => {
      await using lab = await machine();
      await lab.must('A', ['ufw', 'allow', '22/tcp']);
      for (const command of commands) await lab.must('A', ['ufw', ...command]);
      await lab.must('A', ['ufw', '--force', 'enable']);
      const other = async () => [...(await lab.probe(ways(22))), ...(await lab.probe(ways(8080)))];
      const files = await lab.read(FILES);
      const rules = await kernel(lab);
      const others = await other();
      expect(await lab.probe(ways(3000))).toEqual(before);
      await lab.forget();

      const done = await must<Done>(lab, 'apply', JSON.stringify(close(3000)));
      expect(done.verified).toBe(true);
      expect(done.change.state).toBe('applied');
      expect(await lab.probe(ways(3000))).toEqual(SHUT);
      expect(await other()).toEqual(others);

      const undone = await must<Done>(lab, 'undo');
      expect(undone.verified).toBe(true);
      expect(undone.change).toMatchObject({ id: done.change.id, state: 'undone' });
      expect(await lab.read(FILES)).toEqual(files);
      expect(await kernel(lab)).toEqual(rules);
      await lab.forget();
      expect(await lab.probe(ways(3000))).toEqual(before);
    });
  });

  test('ufw off: it is turned on, the session’s port stays open, and undo turns it off again', async () => {
    await using lab = await machine();
    const session = await lab.connect(probe('tcp', neighbour, laptop, 22));
    expect(session).not.toBeNull();
    const files = await lab.read(FILES);
    const rules = await kernel(lab);
    const plan = await must<Plan>(lab, 'propose', JSON.stringify(close(3000)));
    expect(plan.simple).toBe(false);
    expect(plan.steps.map(({ operation }) => operation.kind).at(-1)).toBe('ufw-enable');
    const done = await must<Done>(lab, 'order', JSON.stringify(plan));
    expect(done.verified).toBe(true);
    expect(await lab.probe(ways(3000))).toEqual(SHUT);
    expect(await lab.probe(ways(8080))).toEqual(SHUT);
    expect(await lab.probe(ways(22))).toEqual(OPEN);
    expect(await lab.talk(session ?? '')).toBe(true);
    const undone = await must<Done>(lab, 'undo');
    expect(undone.verified).toBe(true);
    expect(await lab.read(FILES)).toEqual(files);
    expect((await kernel(lab)).map((text) => text.includes('ufw'))).toEqual([false, false]);
    expect((await kernel(lab)).join('')).not.toMatch(/:(INPUT|FORWARD|OUTPUT) DROP/);
    expect(rules.join('')).not.toContain('ufw');
    expect(await lab.probe(ways(3000))).toEqual(OPEN);
    expect(await lab.probe(ways(8080))).toEqual(OPEN);
  });

  test('open again after closing', async () => {
    await using lab = await machine();
    for (const command of [
      ['allow', '3000/tcp'],
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    await must<Done>(lab, 'apply', JSON.stringify(close(3000)));
    expect(await lab.probe(ways(3000))).toEqual(SHUT);
    const done = await must<Done>(lab, 'apply', JSON.stringify({ ...close(3000), kind: 'reopen' }));
    expect(done.verified).toBe(true);
    expect(await lab.probe(ways(3000))).toEqual(OPEN);
  });

  test('closed for all but this network', async () => {
    await using lab = await machine();
    for (const command of [
      ['allow', '3000/tcp'],
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    const done = await must<Done>(lab, 'apply', JSON.stringify(close(3000, { audience: 'all-but-this-network' })));
    expect(warningsOf(done.change.plan).join(' ')).toContain('192.168.77.0/24');
    expect(await lab.probe(ways(3000))).toEqual(['open', 'open', 'filtered', 'open', 'filtered']);
  });

  test('a rule of another program ahead of ufw: closed in a table of our own, which is ahead of it', async () => {
    await using lab = await machine();
    await lab.must('A', ['ufw', '--force', 'enable']);
    await lab.must('A', ['iptables', '-I', 'INPUT', '1', '-p', 'tcp', '--dport', '3000', '-j', 'ACCEPT']);
    const { change } = await must<Done>(lab, 'apply', JSON.stringify(close(3000)));
    expect(change.layers).toEqual(['nftables']);
    expect(warningsOf(change.plan)[0]).toContain('--dport 3000 -j ACCEPT');
    expect(await lab.probe(ways(3000), 0.4)).toEqual(SHUT);
  });

  test('a redirect to the port: a rule of ufw would close the other one, so none is planned', async () => {
    await using lab = await machine();
    for (const command of [
      ['allow', '3000/tcp'],
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    await lab.must('A', [
      'iptables',
      '-t',
      'nat',
      '-A',
      'PREROUTING',
      '-p',
      'tcp',
      '--dport',
      '80',
      '-j',
      'REDIRECT',
      '--to-ports',
      '3000',
    ]);
    const plan = await must<Plan>(lab, 'propose', JSON.stringify(close(3000)));
    expect(plan.layers).toEqual(['nftables']);
    expect(warningsOf(plan)[0]).toContain('Port 80');
  });

  test('rules changed since the plan: refused, nothing touched', async () => {
    await using lab = await machine();
    for (const command of [
      ['allow', '3000/tcp'],
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    const plan = await must<Plan>(lab, 'propose', JSON.stringify(close(3000)));
    await lab.must('A', ['ufw', 'allow', '9000/tcp']);
    const files = await lab.read(FILES);
    expect(await problemOf(lab, 'order', JSON.stringify(plan))).toMatchObject({ code: 'stale-plan' });
    expect(await lab.read(FILES)).toEqual(files);
  });

  test('another program’s change after ours: undo refuses', async () => {
    await using lab = await machine();
    for (const command of [
      ['allow', '3000/tcp'],
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    await must<Done>(lab, 'apply', JSON.stringify(close(3000)));
    await lab.must('A', ['ufw', 'allow', '9000/tcp']);
    const files = await lab.read(FILES);
    const problem = await problemOf(lab, 'undo');
    expect(problem).toMatchObject({ code: 'drift' });
    expect(problem.message).toContain('/etc/ufw/user.rules');
    expect(await lab.read(FILES)).toEqual(files);
  });

  test('a change that does something else than predicted is put back, byte for byte', async () => {
    await using lab = await machine();
    await lab.must('A', ['ufw', 'allow', '22/tcp']);
    // A start-up hook of ufw's, which nobody can foresee, opens what the plan closes.
    const hook = '#!/bin/sh\n[ "$1" = start ] && iptables -I INPUT -p tcp --dport 3000 -j ACCEPT\nexit 0\n';
    await lab.must('A', ['/bin/sh', '-c', 'cat > /etc/ufw/after.init; chmod 755 /etc/ufw/after.init'], { input: hook });
    const files = await lab.read(FILES);
    const problem = await problemOf(lab, 'apply', JSON.stringify(close(3000)));
    expect(problem).toMatchObject({ code: 'rolled-back' });
    // The hook's own rule is not ours to take away, and that is said.
    expect(problem.message).toContain('except what others changed');
    expect(await lab.read(FILES)).toEqual(files);
    expect((await kernel(lab)).join('')).not.toContain('ufw');
    expect(await lab.probe(ways(8080))).toEqual(OPEN);
    const history = await must<readonly { state: string; note: string }[]>(lab, 'history');
    expect(history.map(({ state }) => state)).toEqual(['rolled-back']);
  });

  test('a change after which nothing can be read is not called done, but put back', async () => {
    await using lab = await machine();
    await lab.must('A', ['ufw', 'allow', '22/tcp']);
    const files = await lab.read(FILES);
    // From the moment on at which ufw starts, nobody is told what listens.
    const hook = '#!/bin/sh\n[ "$1" = start ] && mount --bind /bin/false "$(readlink -f "$(command -v ss)")"\nexit 0\n';
    await lab.must('A', ['/bin/sh', '-c', 'cat > /etc/ufw/after.init; chmod 755 /etc/ufw/after.init'], { input: hook });
    const problem = await problemOf(lab, 'apply', JSON.stringify(close(3000)));
    expect(problem).toMatchObject({ code: 'rolled-back' });
    expect(problem.message).toContain('what listens now could not be read');
    expect(await lab.read(FILES)).toEqual(files);
    expect(await lab.probe(ways(3000))).toEqual(OPEN);
  });

  test('what ufw leaves out because a program of its failed is found, and put back byte for byte', async () => {
    await using lab = await machine();
    for (const command of [
      ['limit', '22/tcp'],
      ['allow', '3000/tcp'],
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    const [files, rules] = [await lab.read(FILES), await kernel(lab)];
    // ufw asks with these whether the kernel can limit, and from then on does without where it cannot.
    const fails = '#!/bin/sh\ncase "$*" in *caps-test*recent*) exit 1;; esac\nexec ip6tables-nft "$@"\n';
    const path = '/etc/alternatives/ip6tables';
    await lab.must('A', ['/bin/sh', '-c', `rm ${path}; cat > ${path}; chmod 755 ${path}`], { input: fails });
    const problem = await problemOf(lab, 'apply', JSON.stringify(close(3000)));
    expect(problem).toMatchObject({ code: 'rolled-back' });
    expect(problem.message).toContain('ufw left something out of /etc/ufw/user6.rules');
    expect(await lab.read(FILES)).toEqual(files);
    expect(await kernel(lab)).toEqual(rules);
  });

  test('two changes at once: the second is told to wait', async () => {
    await using lab = await machine();
    for (const command of [
      ['allow', '3000/tcp'],
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    const plan = await must<Plan>(lab, 'propose', JSON.stringify(close(3000)));
    await lab.must('A', ['mkdir', '-p', '-m', '700', '/var/lib/portcullis']);
    const holder = await lab.start('A', ['flock', '-o', '/var/lib/portcullis/lock', 'sleep', '60']);
    // What somebody else left in its file is believed only as long as that one lives.
    const left = (pid: number) =>
      JSON.stringify({ pid, who: 'ada', what: 'Close port 22 (TCP) for everyone', since: new Date().toISOString() });
    const busy = async (pid: number): Promise<Problem> => {
      await lab.must('A', ['sh', '-c', 'cat >/var/lib/portcullis/lock'], { input: left(pid) });
      return problemOf(lab, 'order', JSON.stringify(plan));
    };
    expect(await busy(holder.pid)).toMatchObject({
      code: 'busy',
      message: expect.stringMatching(
        /^Another change of the firewall is being made right now, by ada, for \d+ seconds?: “Close port 22 \(TCP\) for everyone”\.$/,
      ) as string,
    });
    expect(await busy(4_000_000)).toMatchObject({
      code: 'busy',
      message: 'Another change of the firewall is being made right now.',
    });
    await lab.stop(holder.name, 9);
    const done = await must<Done>(lab, 'order', JSON.stringify(plan));
    expect(done.verified).toBe(true);
    expect(await lab.read(['/var/lib/portcullis/lock'])).toEqual(['']);
  });

  test('the helper takes its verbs and nothing else', async () => {
    await using lab = await machine();
    for (const words of [
      [],
      ['reset'],
      ['apply', 'x'],
      ['apply', 'a'.repeat(64), 'b'],
      ['undo', '../../etc'],
      ['read', 'x'],
      ['read', '--json'],
    ]) {
      const ran = await lab.run('A', [process.execPath, bundles.helper, ...words], { input: '{}' });
      expect(ran.exit, words.join(' ')).toBe(1);
      expect(JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
        type: 'problem',
        problem: { code: 'bad-input' },
      });
    }
    const read = await lab.must('A', [process.execPath, bundles.helper, 'read']);
    expect(JSON.parse(read)).toMatchObject({ type: 'read' });
  });

  test('what is kept belongs to root alone', async () => {
    await using lab = await machine();
    for (const command of [
      ['allow', '3000/tcp'],
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    await must<Done>(lab, 'apply', JSON.stringify(close(3000)));
    const listed = await lab.must('A', ['find', '/var/lib/portcullis', '-printf', '%y %m %U %p\n']);
    for (const line of listed.trim().split('\n')) expect(line).toMatch(/^(d 700|f 600) 0 /);
    const history = await must<readonly { state: string }[]>(lab, 'history');
    expect(history.map(({ state }) => state)).toEqual(['applied']);
  });
});
