/** A change that has to be confirmed: kept by a word, else put back by itself, whatever was killed meanwhile. Proved with packets. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change, Choice, Outcome, Plan } from '../../src/core/model.ts';
import type { Problem } from '../../src/core/problem.ts';
import { printOrder } from '../../src/main/apply/order.ts';
import { type Bundles, bundle } from './bundle.ts';
import { describeLab, type Lab, laptop, neighbour, probe, startLab } from './harness.ts';
import { checkedOf, warningsOf } from '../core/plan/in-english.ts';

const FILES = ['/etc/ufw/ufw.conf', '/etc/default/ufw', '/etc/ufw/user.rules', '/etc/ufw/user6.rules'];
const CLOSE: Choice = {
  kind: 'close',
  targets: [{ protocol: 'tcp', port: 22 }],
  audience: 'everyone',
  way: 'firewall',
  confirm: 10,
};

interface Said {
  readonly type: string;
  readonly problem?: Problem;
  readonly value?: { readonly change: Change; readonly checked: Outcome['checked'] };
}

describeLab('a change that has to be confirmed', () => {
  let bundles: Bundles;
  beforeAll(async () => {
    bundles = await bundle();
  });
  afterAll(() => bundles[Symbol.asyncDispose]());

  const sh = (lab: Lab, line: string) => lab.must('A', ['/bin/sh', '-c', line]);
  const kernel = async (lab: Lab) => (await lab.must('A', ['iptables-save'])).replaceAll(/^#.*\n|\[\d+:\d+\]/gm, '');
  const reached = (lab: Lab) =>
    lab.probe([probe('tcp', neighbour, laptop, 22), probe('tcp', 'fd77::20', 'fd77::10', 22)]);
  const act = async (lab: Lab, ...words: readonly string[]) =>
    JSON.parse(await lab.must('A', [process.execPath, bundles.act, ...words])) as { readonly value: unknown };
  const history = async (lab: Lab) => (await act(lab, 'history')).value as readonly Change[];

  async function until<T>(what: string, look: () => Promise<T | null | undefined | false>, seconds = 30): Promise<T> {
    for (const end = Date.now() + seconds * 1000; ; ) {
      const found = await look();
      if (found !== null && found !== undefined && found !== false) return found;
      if (Date.now() > end) throw new Error(`${what} did not come about within ${seconds} s`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** Port 22 open, with somebody's session on it, and the plan to close it. */
  async function machine(choice: Choice = CLOSE) {
    const lab = await startLab();
    await lab.listen([
      ['tcp', '0.0.0.0', 22],
      ['tcp', '::', 22],
      ['tcp', '0.0.0.0', 3000],
    ]);
    for (const command of [
      ['allow', '22/tcp'],
      ['allow', '3000/tcp', 'comment', 'my web'],
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    expect(await reached(lab)).toEqual(['open', 'open']);
    const session = (await lab.connect(probe('tcp', neighbour, laptop, 22))) ?? '';
    expect(session).not.toBe('');
    const before = JSON.stringify([await lab.read(FILES), await kernel(lab)]);
    const plan = (await act(lab, 'propose', JSON.stringify(choice))).value as Plan;
    await lab.must('A', ['/bin/sh', '-c', 'cat > /mnt/state/order.json; echo >> /mnt/state/order.json'], {
      input: printOrder(plan),
    });
    const now = async () => JSON.stringify([await lab.read(FILES), await kernel(lab)]);
    return { lab, session, before, plan, now };
  }

  /** The helper with the plan, then what the script says on its standard input. */
  const order = async (lab: Lab, words: string) => {
    const line = `(cat /mnt/state/order.json; ${words}) | ${process.execPath} ${bundles.helper} apply > /mnt/state/said`;
    return lab.start('A', ['/bin/sh', '-c', line]);
  };
  const said = async (lab: Lab): Promise<readonly Said[]> =>
    ((await lab.read(['/mnt/state/said']))[0] ?? '')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Said);
  const waiting = (lab: Lab) =>
    until('waiting', async () => (await said(lab)).find(({ type }) => type === 'waiting')?.value?.change);
  const answer = (lab: Lab) =>
    until('an answer', async () => (await said(lab)).find(({ type }) => type === 'done' || type === 'problem'));
  const state = (lab: Lab) => history(lab).then(([last]) => last?.state);
  const helpers = async (lab: Lab) =>
    (await lab.run('A', ['pgrep', '-f', '[h]elper.cjs (apply|recover)'])).stdout.trim().split('\n').filter(Boolean);
  const helper = (lab: Lab, ...words: readonly string[]) =>
    lab.run('A', [process.execPath, bundles.helper, ...words]).then(({ stdout }) => {
      const last = stdout.trim().split('\n').at(-1) ?? '';
      return JSON.parse(last) as Said;
    });

  test('all of the caller is killed: put back at the deadline, and the session lives on', async () => {
    const { lab, session, before, now } = await machine();
    await using _ = lab;
    const cli = `exec ${process.execPath} ${bundles.portcullis} close 22 --confirm 10 --yes > /mnt/state/out 2>&1`;
    await lab.start('A', ['/usr/bin/setsid', '/bin/sh', '-c', `echo $$ > /mnt/state/group; ${cli}`]);
    const change = await until('waiting', async () => (await history(lab)).find((one) => one.state === 'waiting'));
    expect(await reached(lab)).toEqual(['filtered', 'filtered']);
    const [group = ''] = await lab.read(['/mnt/state/group']);
    await lab.must('A', ['/bin/kill', '-9', '--', `-${group?.trim()}`]);
    // On a busy machine the kernel takes a moment to end it.
    await until('its end', async () => (await lab.run('A', ['pgrep', '-f', '[p]ortcullis.cjs close'])).exit === 1);
    expect(await reached(lab)).toEqual(['filtered', 'filtered']);
    expect(await lab.talk(session)).toBe(true);
    await until('the end', async () => (await state(lab)) === 'rolled-back');
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(change.deadline ?? ''));
    expect(await reached(lab)).toEqual(['open', 'open']);
    expect(await lab.talk(session)).toBe(true);
    expect(await now()).toBe(before);
    expect((await history(lab))[0]?.note).toBe('It was not confirmed within 10 seconds, so everything was put back.');
    expect(await until('no helper', async () => (await helpers(lab)).length === 0)).toBe(true);
    expect(await sh(lab, 'find /etc/ufw /etc/default -name "*portcullis*"')).toBe('');
  });

  test('a word said too early, the end of the pipe, and a line of nonsense are no confirmation', async () => {
    const { lab, before, now } = await machine();
    await using _ = lab;
    await order(lab, 'echo confirm; sleep 4; echo yes; echo confirmed');
    await waiting(lab);
    const done = await answer(lab);
    expect(done.value?.change.state).toBe('rolled-back');
    expect(checkedOf(done.value ?? { checked: [] }).join(' ')).toContain('byte for byte');
    expect(await now()).toBe(before);
    expect(await reached(lab)).toEqual(['open', 'open']);
  });

  test('confirmed over the pipe: it stays, and can be undone', async () => {
    const { lab, session, before, now } = await machine();
    await using _ = lab;
    await order(lab, 'until grep -q waiting /mnt/state/said; do sleep 0.1; done; echo confirm; sleep 60');
    const { id } = await waiting(lab);
    expect((await answer(lab)).value?.change).toMatchObject({ id, state: 'applied' });
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    expect(await reached(lab)).toEqual(['filtered', 'filtered']);
    expect(await lab.talk(session)).toBe(true);
    expect(await state(lab)).toBe('applied');
    expect(await helper(lab, 'confirm', id)).toMatchObject({ problem: { code: 'nothing-to-do' } });
    expect(await act(lab, 'undo')).toMatchObject({ value: { verified: true } });
    expect(await now()).toBe(before);
  });

  test('put back over the pipe at once; a late confirmation is refused', async () => {
    const { lab, before, now } = await machine();
    await using _ = lab;
    await order(lab, 'until grep -q waiting /mnt/state/said; do sleep 0.1; done; echo undo; echo confirm; sleep 60');
    const { id } = await waiting(lab);
    expect((await answer(lab)).value?.change).toMatchObject({ id, state: 'undone' });
    expect(await now()).toBe(before);
    expect(await helper(lab, 'confirm', id)).toMatchObject({
      problem: { code: 'rolled-back', message: expect.stringContaining('too late') as string },
    });
    expect(await now()).toBe(before);
  });

  test('from another terminal: nothing else meanwhile, two confirmations, and undo', async () => {
    const { lab, before, now } = await machine({ ...CLOSE, confirm: 60 });
    await using _ = lab;
    await order(lab, 'sleep 60');
    const { id } = await waiting(lab);
    const other = await act(lab, 'apply', JSON.stringify({ ...CLOSE, targets: [{ protocol: 'tcp', port: 3000 }] }));
    expect(JSON.stringify(other)).toContain(`Keep it with: portcullis confirm ${id}`);
    const cli = [process.execPath, bundles.portcullis, 'confirm', id];
    const both = await Promise.all([lab.run('A', cli), lab.run('A', cli)]);
    expect(both.map(({ exit }) => exit)).toEqual([0, 0]);
    expect(both.map(({ stdout }) => stdout).join('')).toContain('Kept: Close port 22 (TCP) for everyone');
    expect((await answer(lab)).value?.change.state).toBe('applied');
    expect(await act(lab, 'undo')).toMatchObject({ value: { verified: true } });
    expect(await now()).toBe(before);
    await lab.must('A', ['/bin/sh', '-c', 'rm /mnt/state/said']);
    await order(lab, 'sleep 60');
    const second = await waiting(lab);
    const undone = await lab.run('A', [process.execPath, bundles.portcullis, 'undo', second.id]);
    expect(undone.exit, undone.stderr).toBe(0);
    expect(await now()).toBe(before);
    expect(await lab.run('A', [process.execPath, bundles.portcullis, 'confirm', second.id])).toMatchObject({ exit: 5 });
  });

  test('the terminal asks: yes keeps it, no puts it back, and silence too; the exit status tells', async () => {
    const { lab, before, now } = await machine();
    await using _ = lab;
    const command = `NO_COLOR=1 ${process.execPath} ${bundles.portcullis} close 22 --confirm 10`;
    for (const [typed, exit, word] of [
      ['y', 0, 'Done'],
      ['n', 5, 'Put back'],
      [null, 5, 'Put back'],
    ] as const) {
      const asked = 'until grep -q "Keep this change" /mnt/state/screen; do sleep 0.1; done';
      const line = `rm -f /mnt/state/screen; touch /mnt/state/screen
(sleep 0.1; until grep -q "Do this now" /mnt/state/screen; do sleep 0.1; done; echo y
${typed === null ? 'sleep 30' : `${asked}; echo ${typed}; sleep 8`}) | script -qefc '${command}' /mnt/state/screen`;
      const ran = await lab.run('A', ['/bin/sh', '-c', line]);
      expect(ran.exit, ran.stdout).toBe(exit);
      expect(ran.stdout).toContain(`${word}: Close port 22 (TCP) for everyone`);
      expect(ran.stdout).toMatch(/It is put back in \d+ seconds/);
      if (exit === 0) expect(await act(lab, 'undo')).toMatchObject({ value: { verified: true } });
      expect(await now()).toBe(before);
    }
  });

  test('the helper is killed while it waits: put back after the deadline, or by whatever comes first', async () => {
    const { lab, before, now } = await machine();
    await using _ = lab;
    for (const first of ['nothing', 'recover', 'confirm', 'undo'] as const) {
      await lab.must('A', ['/bin/sh', '-c', 'rm -f /mnt/state/said']);
      await order(lab, 'sleep 60');
      const { id } = await waiting(lab);
      // What stands by for it too, where it is not what is looked at.
      const killed = first === 'nothing' ? '[h]elper.cjs apply$' : '[h]elper.cjs (apply|recover)';
      const pids = await lab.must('A', ['pgrep', '-f', killed]);
      await sh(lab, `kill -9 ${pids.trim().split('\n').join(' ')}`);
      expect(await reached(lab), first).toEqual(['filtered', 'filtered']);
      expect(await state(lab)).toBe('waiting');
      if (first === 'recover') expect(await helper(lab, 'recover')).toEqual({ type: 'recovered', count: 1 });
      if (first === 'confirm') {
        expect(await helper(lab, 'confirm', id)).toMatchObject({ problem: { code: 'rolled-back' } });
      }
      if (first === 'undo') expect(await helper(lab, 'undo')).toMatchObject({ value: { change: { id } } });
      await until('put back', async () => (await state(lab)) === 'rolled-back', first === 'nothing' ? 40 : 2);
      expect(await now(), first).toBe(before);
      expect(await reached(lab), first).toEqual(['open', 'open']);
    }
  });

  test('a rule that another program adds while it waits is never lost', async () => {
    const { lab } = await machine();
    await using _ = lab;
    await order(lab, 'sleep 60');
    await waiting(lab);
    await lab.must('A', ['ufw', 'allow', '9000/tcp']);
    expect(await answer(lab)).toMatchObject({ problem: { code: 'drift' } });
    expect((await lab.read(FILES))[2]).toContain('### tuple ### allow tcp 9000');
  });

  test('taking it back from elsewhere is not called done where another program was in between', async () => {
    const { lab } = await machine({ ...CLOSE, confirm: 60 });
    await using _ = lab;
    await order(lab, 'sleep 60');
    const { id } = await waiting(lab);
    await lab.must('A', ['ufw', 'allow', '9000/tcp']);
    const undone = await lab.run('A', [process.execPath, bundles.portcullis, 'undo', id]);
    expect(undone.exit).not.toBe(0);
    expect(undone.stdout).not.toContain('Undone');
    expect(undone.stderr).toContain('It could not be put back.');
    expect((await lab.read(FILES))[2]).toContain('### tuple ### allow tcp 9000');
    const late = await lab.run('A', [process.execPath, bundles.portcullis, 'confirm', id]);
    expect(late.exit).not.toBe(0);
    expect(late.stderr).toContain('This change does not wait to be confirmed.');
  });

  test('an open session alone is enough to ask; the helper believes no other seconds', async () => {
    const { confirm: _confirm, ...plain } = CLOSE;
    const { lab, plan } = await machine(plain);
    await using _ = lab;
    expect(plan.confirmWithin).toBe(30);
    expect(warningsOf(plan).join(' ')).toContain('a remote session uses now');
    const other = (await act(lab, 'propose', JSON.stringify({ ...plain, targets: [{ protocol: 'tcp', port: 3000 }] })))
      .value as Plan;
    expect(other.confirmWithin).toBeNull();
    const ran = await lab.run('A', [process.execPath, bundles.helper, 'apply'], {
      input: printOrder({ ...plan, confirmWithin: 11 }),
    });
    expect(ran.stdout).toContain('otherwise than was chosen');
  });
});
