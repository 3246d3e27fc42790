/** What is open while a port is closed: connections that are ended on request and only then; a program that is asked to end. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Choice, Outcome } from '../../src/core/model.ts';
import { checkedOf } from '../core/plan/in-english.ts';
import { type Bundles, bundle } from './bundle.ts';
import { describeLab, type Lab, laptop, neighbour, probe, startLab } from './harness.ts';

interface Reply {
  readonly ok: boolean;
  readonly value: { readonly checked: Outcome['checked']; readonly change: { readonly id: string } };
  readonly error: { readonly code: string; readonly message: string };
}
const close = (more: Partial<Extract<Choice, { kind: 'close' | 'reopen' }>> = {}): string =>
  JSON.stringify({
    kind: 'close',
    targets: [{ protocol: 'tcp', port: 3000 }],
    audience: 'everyone',
    way: 'firewall',
    ...more,
  });

describeLab('what is open meanwhile', () => {
  let bundles: Bundles;
  beforeAll(async () => {
    bundles = await bundle();
  });
  afterAll(() => bundles[Symbol.asyncDispose]());
  const act = async (lab: Lab, ...words: readonly string[]): Promise<Reply> =>
    JSON.parse(await lab.must('A', [process.execPath, bundles.act, ...words])) as Reply;
  const session = async (lab: Lab, port: number, from = neighbour): Promise<string> => {
    const name = await lab.connect(probe('tcp', from, laptop, port));
    if (name === null) throw new Error('no connection came about');
    expect(await lab.talk(name)).toBe(true);
    return name;
  };

  /** A program of its own that listens on 3000, and does this when it is asked to end. */
  const program = async (lab: Lab, onEnd: 'SIG_DFL' | 'SIG_IGN'): Promise<void> => {
    const text = `import signal, socket
signal.signal(signal.SIGTERM, signal.${onEnd})
one = socket.socket(); one.bind(('0.0.0.0', 3000)); one.listen(5)
while True: one.accept()`;
    await lab.start('A', ['python3', '-c', text]);
    const knock = () => lab.probe([probe('tcp', neighbour, laptop, 3000)], 0.4);
    for (let tries = 0; (await knock())[0] !== 'open'; tries++) {
      if (tries > 100) throw new Error('it does not listen');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  test.each(['ufw', 'own-table'] as const)(
    'closed with %s: connections stay, or are ended where that was chosen',
    async (how) => {
      await using lab = await startLab();
      await lab.listen([
        ['tcp', '0.0.0.0', 3000],
        ['tcp', '0.0.0.0', 22],
      ]);
      if (how === 'ufw') {
        for (const rule of [
          ['allow', '3000/tcp'],
          ['allow', '22/tcp'],
          ['--force', 'enable'],
        ])
          await lab.must('A', ['ufw', ...rule]);
      }
      const way = how === 'ufw' ? 'firewall' : 'own-table';
      const [web, shell] = [await session(lab, 3000), await session(lab, 22)];
      const kept = await act(lab, 'apply', close({ way }));
      expect(kept.ok, JSON.stringify(kept.error)).toBe(true);
      expect(await lab.talk(web)).toBe(true);
      expect((await act(lab, 'undo')).ok).toBe(true);
      const ended = await act(lab, 'apply', close({ way, drop: true }));
      expect(ended.ok, JSON.stringify(ended.error)).toBe(true);
      expect(checkedOf(ended.value)).toContain('The connections to port 3000 that were open were ended.');
      expect(await lab.talk(web)).toBe(false);
      expect(await lab.talk(shell)).toBe(true);
      expect(await lab.probe([probe('tcp', neighbour, laptop, 3000)], 0.4)).toEqual(['filtered']);
      const back = await act(lab, 'undo');
      expect(back.ok, JSON.stringify(back.error)).toBe(true);
      expect(checkedOf(back.value).join(' ')).toContain('the other side makes them anew');
      await session(lab, 3000);
    },
  );

  test('closed for all but this network: only who may no longer come in is cut off', async () => {
    await using lab = await startLab();
    await lab.listen([['tcp', '0.0.0.0', 3000]]);
    const [near, far] = [await session(lab, 3000), await session(lab, 3000, '203.0.113.5')];
    const done = await act(lab, 'apply', close({ way: 'own-table', audience: 'all-but-this-network', drop: true }));
    expect(done.ok, JSON.stringify(done.error)).toBe(true);
    expect(await lab.talk(near)).toBe(true);
    expect(await lab.talk(far)).toBe(false);
  });

  test('a program of one’s own is asked to end; what it listened on is gone', async () => {
    await using lab = await startLab();
    await program(lab, 'SIG_DFL');
    const done = await act(lab, 'apply', close({ way: 'stop' }));
    expect(done.ok, JSON.stringify(done.error)).toBe(true);
    expect(checkedOf(done.value).join(' ')).toContain('nothing listens there any more');
    expect(await lab.probe([probe('tcp', neighbour, laptop, 3000)], 0.4)).toEqual(['refused']);
    expect((await act(lab, 'undo')).error.message).toBe('Nothing was changed that could be undone.');
  });

  test('one that will not end is said to go on', async () => {
    await using lab = await startLab();
    await program(lab, 'SIG_IGN');
    const done = await act(lab, 'apply', close({ way: 'stop' }));
    expect(done.error.code).toBe('failed');
    expect(done.error.message).toContain('did not end within 5 seconds');
  });
});
