/**
 * The helper killed at each step, and ufw with it: the next change or undo finds everything as before or as after.
 *
 * Inside the lab ufw and the iptables programs are replaced by wrappers that count and kill at the n-th; the helper
 * itself is the product's own and knows nothing of it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../src/core/model.ts';
import { printOrder } from '../../src/main/apply/order.ts';
import { type Bundles, bundle } from './bundle.ts';
import { describeLab, type Lab, startLab } from './harness.ts';

const FILES = ['/etc/ufw/ufw.conf', '/etc/default/ufw', '/etc/ufw/user.rules', '/etc/ufw/user6.rules'];
const PROGRAMS = ['iptables', 'iptables-save', 'iptables-restore', 'ip6tables', 'ip6tables-save', 'ip6tables-restore'];

/** `at`: the n-th program that is started; `who`: the helper alone, or all that it started with it. */
const WRAP = `
set -e
mkdir -p /mnt/wrap
cp /usr/sbin/ufw /mnt/wrap/real-ufw
cat > /mnt/wrap/hit <<'END'
#!/bin/sh
n=$(($(cat /mnt/wrap/count 2>/dev/null || echo 0) + 1))
echo $n > /mnt/wrap/count
[ "$n" = "$(cat /mnt/wrap/at 2>/dev/null)" ] || exit 0
kill -9 "$(cat /mnt/wrap/helper)"
[ "$(cat /mnt/wrap/who)" = all ] || exit 0
for pid in $(pgrep -o -f real-ufw); do kill -9 -- -$(($(ps -o pgid= -p $pid))); done
kill -9 $1
END
for name in ${PROGRAMS.join(' ')}; do
  real=$(readlink -f /etc/alternatives/$name)
  kind=$(basename "$(readlink /etc/alternatives/$name)")
  cat > /mnt/wrap/$name <<END
#!/bin/bash
/mnt/wrap/hit
exec -a $kind $real "\\$@"
END
  sed -i 's|hit .*|hit $$|' /mnt/wrap/$name
  ln -sf /mnt/wrap/$name /etc/alternatives/$name
done
printf '#!/bin/sh\\n/mnt/wrap/hit $$\\nexec /usr/bin/python3 /mnt/wrap/real-ufw "$@"\\n' > /mnt/wrap/ufw
chmod 755 /mnt/wrap/*
mount --bind /mnt/wrap/ufw /usr/sbin/ufw
`;

interface Said {
  readonly type: string;
  readonly problem?: { readonly code: string; readonly message: string };
  readonly value?: { readonly change: { readonly state: string } };
}

describeLab('killed at each step', () => {
  let bundles: Bundles;
  beforeAll(async () => {
    bundles = await bundle();
  });
  afterAll(() => bundles[Symbol.asyncDispose]());

  const kernel = async (lab: Lab) => {
    const texts = [await lab.must('A', ['iptables-save']), await lab.must('A', ['ip6tables-save'])];
    return texts.map((text) =>
      text
        .split('\n')
        .filter((line) => /^-A |^:\S+ (DROP|-)/.test(line))
        .map((line) => line.replace(/ \[\d+:\d+\]$/, ''))
        .sort()
        .join('\n'),
    );
  };
  const files = async (lab: Lab) => [
    ...(await lab.read(FILES)),
    await lab.must('A', ['find', '/etc/ufw', '/etc/default', '-name', '*portcullis*']),
  ];
  const stateOf = async (lab: Lab) => JSON.stringify([await files(lab), await kernel(lab)]);

  /** Run a verb of the helper; killed at the n-th program where `at` is given. null: it was killed. */
  async function helper(lab: Lab, verb: string, input: string, kill?: { at: number; who: 'helper' | 'all' }) {
    const arm = kill === undefined ? 'rm -f at' : `echo ${kill.at} > at; echo ${kill.who} > who`;
    const line = `cd /mnt/wrap; echo 0 > count; ${arm}; echo $$ > helper; exec "$@"`;
    const argv = ['/bin/sh', '-c', line, 'sh', process.execPath, bundles.helper, verb];
    const ran = await lab.run('A', argv, { input });
    const last = ran.stdout.trim().split('\n').at(-1) ?? '';
    const said = last === '' ? null : (JSON.parse(last) as Said);
    return said === null || said.type === 'progress' ? null : said;
  }

  /** The same, as often as a killed change's last program still runs. */
  async function patiently(lab: Lab, verb: string, input: string): Promise<Said> {
    for (;;) {
      const said = await helper(lab, verb, input);
      if (said === null) throw new Error(`the helper ended without an answer: ${verb}`);
      if (said.problem?.code !== 'busy') return said;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  const START = [
    {
      name: 'ufw on',
      commands: [
        ['allow', '22/tcp'],
        ['allow', 'from', '192.168.77.0/24', 'to', 'any', 'port', '3000', 'proto', 'tcp'],
        ['limit', '3000/tcp', 'comment', 'my web'],
        ['--force', 'enable'],
      ],
    },
    { name: 'ufw off', commands: [['allow', '22/tcp']] },
  ] as const;

  async function machine(commands: readonly (readonly string[])[]) {
    const lab = await startLab();
    await lab.listen([
      ['tcp', '0.0.0.0', 22],
      ['tcp', '0.0.0.0', 3000],
      ['tcp', '::', 3000],
    ]);
    for (const command of commands) await lab.must('A', ['ufw', ...command]);
    await lab.must('A', ['/bin/bash', '-s'], { input: WRAP });
    const choice = {
      kind: 'close',
      targets: [{ protocol: 'tcp', port: 3000 }],
      audience: 'everyone',
      way: 'firewall',
    };
    const propose = async () => {
      const act = [process.execPath, bundles.act, 'propose', JSON.stringify(choice)];
      const made = JSON.parse(await lab.must('A', act)) as { ok: boolean; value: Plan };
      expect(made.ok, JSON.stringify(made)).toBe(true);
      return printOrder(made.value);
    };
    // Once there and back first: a kernel in which ufw was on keeps empty tables, which a plan's digest sees.
    expect(await helper(lab, 'apply', await propose())).toMatchObject({ type: 'done' });
    expect(await helper(lab, 'undo', '')).toMatchObject({ type: 'done' });
    const order = await propose();
    // Once more tells both states, and how many programs it takes.
    const count = async () => Number(await lab.must('A', ['cat', '/mnt/wrap/count']));
    const before = await stateOf(lab);
    expect(await helper(lab, 'apply', order)).toMatchObject({ value: { change: { state: 'applied' } } });
    const applies = await count();
    const after = await stateOf(lab);
    expect(await helper(lab, 'undo', '')).toMatchObject({ value: { change: { state: 'undone' } } });
    const undoes = await count();
    const again = await stateOf(lab);
    return { lab, order, before, after, again, applies, undoes };
  }

  describe.each(START)('$name', ({ commands }) => {
    test('a change', async () => {
      const { lab, order, before, after, again, applies } = await machine(commands);
      await using _ = lab;
      expect(again).toBe(before);
      const step = Math.max(1, Math.floor(applies / 24));
      let killed = 0;
      for (let at = 1; at <= applies; at += step) {
        const who = at % 2 === 0 ? 'all' : 'helper';
        const said = await helper(lab, 'apply', order, { at, who });
        if (said === null) killed += 1;
        if (at % 3 === 0) {
          const next = await patiently(lab, 'apply', order);
          if (next.type === 'done') expect(await stateOf(lab), `${at} ${who}, applied again`).toBe(after);
          // The change was whole when the kill came: its rules are there, and the plan was made without them.
          else expect(next.problem?.code, `${at} ${who}: ${next.problem?.message}`).toBe('stale-plan');
        }
        await patiently(lab, 'undo', '');
        expect(await stateOf(lab), `${at} ${who}, undone`).toBe(before);
      }
      expect(killed).toBeGreaterThan(15);
    });

    test('an undo', async () => {
      const { lab, order, before, undoes } = await machine(commands);
      await using _ = lab;
      for (let at = 1; at <= undoes; at += Math.max(1, Math.floor(undoes / 10))) {
        expect(await patiently(lab, 'apply', order), String(at)).toMatchObject({ type: 'done' });
        await helper(lab, 'undo', '', { at, who: 'helper' });
        const next = await patiently(lab, 'undo', '');
        // Where the kill came after the end there is nothing more to undo; an earlier change is never taken for it.
        if (next.type === 'problem') expect(next.problem?.message).toBe('Nothing was changed that could be undone.');
        expect(await stateOf(lab), `${at}, undone`).toBe(before);
      }
    });
  });

  test('a file that was cut off in the middle of a write, and a journal too', async () => {
    const { lab, order, before } = await machine(START[0].commands);
    await using _ = lab;
    for (const size of [0, 5, 700]) {
      const at = 30;
      expect(await helper(lab, 'apply', order, { at, who: 'all' })).toBeNull();
      await lab.must('A', ['truncate', '-s', String(size), '/etc/ufw/user.rules']);
      await lab.must('A', ['/bin/sh', '-c', 'printf \'{"event":"st\' >> /var/lib/portcullis/journal.jsonl']);
      const said = await patiently(lab, 'undo', '');
      expect(said).toMatchObject({ value: { change: { state: 'rolled-back' } } });
      expect(await stateOf(lab), String(size)).toBe(before);
    }
    // What somebody else wrote meanwhile is never overwritten.
    expect(await helper(lab, 'apply', order, { at: 30, who: 'all' })).toBeNull();
    await lab.must('A', ['rm', '-f', '/mnt/wrap/at']);
    await lab.must('A', ['ufw', 'allow', '9000/tcp']);
    const theirs = await lab.read(FILES);
    const said = await patiently(lab, 'undo', '');
    expect(said.problem?.message).toContain('another program has changed /etc/ufw/user.rules');
    expect(await lab.read(FILES)).toEqual(theirs);
  });
});
