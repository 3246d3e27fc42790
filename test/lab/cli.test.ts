/** The real built program on a real machine: as root and as an ordinary user, with ufw absent, off and on. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { scanSchema } from '../main/cli/schema.ts';
import { describeLab, type Lab, laptop, neighbour, probe, type Ran, startLab } from './harness.ts';

const program = fileURLToPath(new URL('../../bin/portcullis.cjs', import.meta.url));

const words = (args: readonly string[]): readonly string[] => [
  'env',
  'XDG_STATE_HOME=/run/state',
  process.execPath,
  program,
  ...args,
];
const asRoot = (lab: Lab, ...args: readonly string[]): Promise<Ran> => lab.run('A', words(args));
const asUser = (lab: Lab, ...args: readonly string[]): Promise<Ran> =>
  lab.run('A', ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', ...words(args)]);

const scan = (ran: Ran) => {
  expect(ran.exit).toBe(0);
  return scanSchema.parse(JSON.parse(ran.stdout));
};

/** A developer's web server for everybody, as people start it, and one for this computer only. */
async function withWebServer(): Promise<Lab> {
  const lab = await startLab();
  await lab.start('A', ['/usr/bin/python3', '-m', 'http.server', '3000']);
  await lab.start('A', ['/usr/bin/python3', '-m', 'http.server', '8000', '--bind', '127.0.0.1']);
  await lab.must('A', [
    'sh',
    '-c',
    'for i in $(seq 100); do ss -Htln | grep -q :3000 && ss -Htln | grep -q :8000 && exit; sleep 0.1; done; exit 1',
  ]);
  return lab;
}

const knock = async (lab: Lab) => (await lab.probe([probe('tcp', neighbour, laptop, 3000)]))[0];

describeLab('the program in the terminal', () => {
  beforeAll(() => {
    execFileSync(process.execPath, [program, '--version']);
  });

  test('names program, exposure and advice rightly with ufw absent, off and on', async () => {
    await using lab = await withWebServer();
    const about = async (as: typeof asRoot) => {
      const report = scan(await as(lab, 'scan', '--json'));
      const listener = report.listeners.find(({ id }) => id === 'tcp/3000');
      return {
        // firewalld may be installed here as well, for tests of its own; it is off.
        firewalls: report.firewalls
          .map(({ id, active }) => `${id} ${active}`)
          .filter((one) => one !== 'firewalld false'),
        complete: report.complete,
        program: listener?.owner.program,
        exposure: listener?.exposure,
        advice: report.findings.filter((finding) => finding.listener === 'tcp/3000').map(({ advice }) => advice),
        local: report.listeners.find(({ id }) => id === 'tcp/8000')?.exposure,
      };
    };
    const program = expect.stringMatching(/^python3/) as unknown;
    const exposed = { complete: true, program, exposure: 'network', advice: ['close'], local: 'self' };

    expect(await about(asRoot)).toEqual({ ...exposed, firewalls: ['ufw false'] });
    expect(await knock(lab)).toBe('open');

    await lab.must('A', ['ufw', '--force', 'enable']);
    expect(await about(asRoot)).toEqual({ ...exposed, firewalls: ['ufw true'], exposure: 'self', advice: [] });
    expect(await knock(lab)).toBe('filtered');

    await lab.must('A', ['ufw', 'allow', '3000/tcp']);
    expect(await about(asRoot)).toEqual({ ...exposed, firewalls: ['ufw true'] });
    expect(await knock(lab)).toBe('open');

    // Rules that may not be read are no rules that do not exist.
    expect(await about(asUser)).toMatchObject({ complete: false, exposure: 'unknown', local: 'self' });

    await lab.must('A', ['ufw', '--force', 'disable']);
    await lab.must('A', ['sh', '-c', 'mv /etc/ufw /etc/ufw.away && mv /etc/default/ufw /etc/ufw.default']);
    expect(await about(asRoot)).toEqual({ ...exposed, firewalls: [] });
  });

  test('closes, shows that it is closed, and takes it back', async () => {
    await using lab = await withWebServer();
    await lab.must('A', ['ufw', '--force', 'enable']);
    await lab.must('A', ['ufw', 'allow', '3000/tcp']);
    expect(await knock(lab)).toBe('open');

    const before = await lab.read(['/etc/ufw/user.rules', '/etc/ufw/user6.rules']);
    const shown = await asRoot(lab, 'close', '3000', '--dry-run');
    expect(shown.exit).toBe(0);
    expect(shown.stdout).toMatch(/3000\/tcp .*this computer only/);
    const refused = await asRoot(lab, 'close', '3000');
    expect(refused.exit).toBe(4);
    expect(refused.stderr).toMatch(/nobody here to ask.*\n.*--yes/);
    expect(await lab.read(['/etc/ufw/user.rules', '/etc/ufw/user6.rules'])).toEqual(before);

    const closed = await asRoot(lab, 'close', '3000', '--yes');
    expect([closed.exit, closed.stderr]).toEqual([0, '']);
    expect(closed.stdout).toMatch(/^Done: /m);
    expect(await knock(lab)).toBe('filtered');

    // It is so already: an answer, not a failure.
    const more = await asRoot(lab, 'close', '3000', '--yes');
    expect([more.exit, more.stdout]).toEqual([
      0,
      'Nobody else can reach port 3000 (TCP) now: there is nothing to close.\n',
    ]);

    const history = await asRoot(lab, 'history', '--json');
    const { changes } = JSON.parse(history.stdout) as { changes: readonly { id: string; state: string }[] };
    expect(changes.map(({ state }) => state)).toEqual(['applied']);

    const undone = await asRoot(lab, 'undo', changes[0]?.id ?? '');
    expect([undone.exit, undone.stderr]).toEqual([0, '']);
    expect(await knock(lab)).toBe('open');
    expect(await lab.read(['/etc/ufw/user.rules', '/etc/ufw/user6.rules'])).toEqual(before);
    const again = await asRoot(lab, 'undo');
    expect(again.exit).toBe(4);
    expect(again.stderr).toMatch(/Nothing was changed that could be undone\./);
  });

  test('an earlier change, or one that another program has changed since, is taken back by a plan', async () => {
    await using lab = await withWebServer();
    await lab.must('A', ['ufw', '--force', 'enable']);
    await lab.must('A', ['ufw', 'allow', '3000/tcp', 'comment', 'my web']);
    expect((await asRoot(lab, 'close', '3000', '--yes')).exit).toBe(0);
    await lab.must('A', ['ufw', 'allow', '9000/tcp']);
    const rules = ['/etc/ufw/user.rules', '/etc/ufw/user6.rules'];
    const before = await lab.read(rules);

    const asked = await asRoot(lab, 'undo');
    expect(asked.exit).toBe(4);
    expect(asked.stderr).toMatch(/Another program has changed .*user\.rules.* since[^]*nobody here to ask/);
    expect(asked.stdout).toMatch(
      /^Take back “Close port 3000 \(TCP\) for everyone”[^]*this computer only[^]*ufw insert 1 allow/,
    );
    const shown = await asRoot(lab, 'undo', '--dry-run');
    expect([shown.exit, await lab.read(rules)]).toEqual([0, before]);

    // Nobody keeps it: the undo is undone.
    const waited = await asRoot(lab, 'undo', '--confirm', '10', '--yes');
    expect([waited.exit, await knock(lab)]).toEqual([5, 'filtered']);
    expect(await lab.read(rules)).toEqual(before);

    const undone = await asRoot(lab, 'undo', '--yes');
    expect(undone.exit).toBe(0);
    expect(undone.stdout).toMatch(/^Done: Take back/m);
    expect(await knock(lab)).toBe('open');
    const { changes } = JSON.parse((await asRoot(lab, 'history', '--json')).stdout) as {
      changes: readonly { id: string; state: string; undoneBy?: string }[];
    };
    expect(changes.map(({ state }) => state)).toEqual(['applied', 'rolled-back', 'undone']);
    expect(changes[2]?.undoneBy).toBe(changes[0]?.id);
    const again = await asRoot(lab, 'undo', changes[2]?.id ?? '');
    expect(again.exit).not.toBe(0);

    // The undo is the last change: one step.
    expect((await asRoot(lab, 'undo')).exit).toBe(0);
    expect([await knock(lab), await lab.read(rules)]).toEqual(['filtered', before]);
  });

  test('asks on a terminal, and takes no for an answer', async () => {
    await using lab = await withWebServer();
    await lab.must('A', ['ufw', '--force', 'enable']);
    await lab.must('A', ['ufw', 'allow', '3000/tcp']);
    const answer = (text: string): Promise<Ran> =>
      lab.run('A', ['script', '-qec', words(['close', '3000']).join(' '), '/dev/null'], { input: text });
    for (const no of ['n\n', '\n', 'yes please\n', '\u0004']) {
      const ran = await answer(no);
      expect([no, ran.exit]).toEqual([no, 4]);
      expect(ran.stdout).toMatch(/Nothing was changed/);
      expect(await knock(lab)).toBe('open');
    }
    const yes = await answer('y\n');
    expect(yes.exit).toBe(0);
    expect(await knock(lab)).toBe('filtered');
  });

  test('without a firewall it names the ways there are', async () => {
    await using lab = await withWebServer();
    await lab.must('A', ['sh', '-c', 'mv /etc/ufw /etc/ufw.away && mv /etc/default/ufw /etc/ufw.default']);
    for (const as of [asRoot, asUser]) {
      const { exit, stderr } = await as(lab, 'close', '3000', '--yes');
      expect(exit).toBe(4);
      expect(stderr).toMatch(/install a firewall|turn firewalld on/);
      expect(stderr).toMatch(/stop (?:it|the program)/);
      expect(stderr).toMatch(/this computer only/);
    }
  });
});
