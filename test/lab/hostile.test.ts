/** What the helper meets on a bad day, and what somebody may hand it: nothing is changed, or everything is put back, and it says so. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Choice, Operation, Plan } from '../../src/core/model.ts';
import { planId, stepOf } from '../../src/core/plan/index.ts';
import type { Problem } from '../../src/core/problem.ts';
import { sha256 } from '../../src/main/apply/files.ts';
import { printOrder } from '../../src/main/apply/order.ts';
import { type Bundles, bundle } from './bundle.ts';
import { describeLab, type Lab, laptop, neighbour, probe, startLab } from './harness.ts';

const FILES = ['/etc/ufw/ufw.conf', '/etc/default/ufw', '/etc/ufw/user.rules', '/etc/ufw/user6.rules'];
const CLOSE: Choice = {
  kind: 'close',
  targets: [{ protocol: 'tcp', port: 3000 }],
  audience: 'everyone',
  way: 'firewall',
};

type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Problem };

describeLab('a bad day', () => {
  let bundles: Bundles;
  beforeAll(async () => {
    bundles = await bundle();
  });
  afterAll(() => bundles[Symbol.asyncDispose]());

  async function machine(): Promise<Lab> {
    const lab = await startLab();
    await lab.listen([
      ['tcp', '0.0.0.0', 22],
      ['tcp', '0.0.0.0', 3000],
    ]);
    for (const command of [
      ['allow', '22/tcp'],
      ['allow', '3000/tcp', 'comment', 'my web'],
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    return lab;
  }
  const act = async (lab: Lab, ...words: readonly string[]) =>
    JSON.parse(await lab.must('A', [process.execPath, bundles.act, ...words], { seconds: 100 })) as Reply;
  const close = (lab: Lab) => act(lab, 'apply', JSON.stringify(CLOSE));
  const sh = (lab: Lab, line: string) => lab.must('A', ['/bin/sh', '-c', line]);
  const kernel = async (lab: Lab) => (await lab.must('A', ['iptables-save'])).replaceAll(/^#.*\n|\[\d+:\d+\]/gm, '');
  const left = (lab: Lab) => sh(lab, 'find /etc/ufw /etc/default -name "*portcullis*"');

  /** Refused or put back: the message, after checking that files and kernel are what they were. */
  async function harmless(lab: Lab, run: () => Promise<Reply>): Promise<Problem> {
    const [files, rules] = [await lab.read(FILES), await kernel(lab)];
    const reply = await run();
    expect(await lab.read(FILES)).toEqual(files);
    expect(await kernel(lab)).toBe(rules);
    if (reply.ok) throw new Error('done, though a problem was expected');
    return reply.error;
  }

  test('/etc/ufw that cannot be written', async () => {
    await using lab = await machine();
    await sh(lab, 'mount --bind /etc/ufw /etc/ufw && mount -o remount,bind,ro /etc/ufw');
    const problem = await harmless(lab, () => close(lab));
    expect(problem).toMatchObject({ code: 'failed' });
    expect(problem.message).toContain('the disk cannot be written to), so nothing was changed');
  });

  test('a full disk: where the rules lie, and where the journal lies', async () => {
    await using lab = await machine();
    const full = 'dd if=/dev/zero of=$0/fill bs=4k 2>/dev/null; true';
    await sh(lab, 'mkdir /mnt/small && mount -t tmpfs -o size=160k tmpfs /mnt/small && cp -a /etc/ufw/. /mnt/small/');
    await sh(lab, 'mount --bind /mnt/small /etc/ufw');
    await lab.must('A', ['/bin/sh', '-c', full, '/etc/ufw']);
    const rules = await harmless(lab, () => close(lab));
    expect(rules.message).toContain('the disk is full), so nothing was changed');
    expect(await left(lab)).toBe('');
    await sh(
      lab,
      'rm /etc/ufw/fill; mkdir -p -m 700 /var/lib/portcullis; mount -t tmpfs -o size=64k,mode=700 tmpfs /var/lib/portcullis',
    );
    await lab.must('A', ['/bin/sh', '-c', full, '/var/lib/portcullis']);
    const journal = await harmless(lab, () => close(lab));
    expect(journal.message).toContain('so nothing was changed');
    await sh(lab, 'rm /var/lib/portcullis/fill');
    expect(await close(lab)).toMatchObject({ ok: true });
  });

  test('a disk that is full halfway: ufw leaves half a file, and it is put back', async () => {
    await using lab = await machine();
    await sh(lab, 'mkdir /mnt/small && mount -t tmpfs -o size=256k tmpfs /mnt/small && cp -a /etc/ufw/. /mnt/small/');
    await sh(lab, 'mount --bind /mnt/small /etc/ufw');
    // ufw copies over its file: where the room ends halfway, the rest is lost.
    const wrap =
      '#!/bin/sh\ntruncate -s 700 /etc/ufw/user.rules\ndd if=/dev/zero of=/etc/ufw/fill bs=1k 2>/dev/null\nexit 1\n';
    await lab.must('A', ['/bin/sh', '-c', 'cat > /mnt/ufw; chmod 755 /mnt/ufw; mount --bind /mnt/ufw /usr/sbin/ufw'], {
      input: wrap,
    });
    const problem = await harmless(lab, () => close(lab));
    expect(problem.code).toBe('rolled-back');
    expect(problem.message).toContain('everything was put back');
    expect(await left(lab)).toBe('');
  });

  test('ufw that fails midway', async () => {
    await using lab = await machine();
    await sh(lab, 'cp /usr/sbin/ufw /mnt/real-ufw');
    const wrap =
      '#!/bin/sh\n[ "$1" != prepend ] || { echo "ERROR: no" >&2; exit 1; }\nexec /usr/bin/python3 /mnt/real-ufw "$@"\n';
    await lab.must('A', ['/bin/sh', '-c', 'cat > /mnt/ufw; chmod 755 /mnt/ufw; mount --bind /mnt/ufw /usr/sbin/ufw'], {
      input: wrap,
    });
    const problem = await harmless(lab, () => close(lab));
    expect(problem.code).toBe('rolled-back');
    expect(problem.message).toContain('ufw said: ERROR: no');
    expect(await lab.probe([probe('tcp', neighbour, laptop, 3000)])).toEqual(['open']);
  });

  test('another ufw at work: ours waits for it', async () => {
    await using lab = await machine();
    const hold = 'import fcntl,time; f = open("/run/ufw.lock", "w"); fcntl.lockf(f, fcntl.LOCK_EX); time.sleep(4)';
    await lab.start('A', ['/usr/bin/python3', '-c', hold]);
    expect(await close(lab)).toMatchObject({ ok: true });
    expect(await lab.probe([probe('tcp', neighbour, laptop, 3000)])).toEqual(['filtered']);
  });

  test('a rule that another ufw adds in the middle is never lost', async () => {
    await using lab = await machine();
    await sh(lab, 'cp /usr/sbin/ufw /mnt/real-ufw');
    const wrap =
      '#!/bin/sh\n[ "$1" != prepend ] || /usr/bin/python3 /mnt/real-ufw allow 9000/tcp >/dev/null\nexec /usr/bin/python3 /mnt/real-ufw "$@"\n';
    await lab.must('A', ['/bin/sh', '-c', 'cat > /mnt/ufw; chmod 755 /mnt/ufw; mount --bind /mnt/ufw /usr/sbin/ufw'], {
      input: wrap,
    });
    const reply = await close(lab);
    expect(reply).toMatchObject({ ok: false, error: { code: 'failed' } });
    expect(JSON.stringify(reply)).toContain('Another program was changing');
    const [, , rules] = await lab.read(FILES);
    expect(rules).toContain('### tuple ### allow tcp 9000');
  });

  test('rules that are a link, and a state folder that is not root’s own', async () => {
    await using lab = await machine();
    await sh(lab, 'mv /etc/ufw/user.rules /etc/ufw/elsewhere; ln -s elsewhere /etc/ufw/user.rules');
    const linked = await harmless(lab, () => close(lab));
    expect(linked.message).toContain('/etc/ufw/user.rules is not an ordinary file');
    await sh(lab, 'mv -f /etc/ufw/elsewhere /etc/ufw/user.rules');
    for (const [make, says] of [
      ['mkdir /mnt/theirs; ln -s /mnt/theirs /var/lib/portcullis', 'not a folder of root’s own'],
      ['mkdir /var/lib/portcullis; chown 1000 /var/lib/portcullis', 'not a folder of root’s own'],
      ['mkdir -m 777 /var/lib/portcullis', 'can be written by others'],
      ['mkdir -m 700 /var/lib/portcullis; mkdir -m 777 /var/lib/portcullis/changes', 'can be written by others'],
      ['mkdir -m 700 /var/lib/portcullis; ln -s /etc/shadow /var/lib/portcullis/lock', 'ELOOP'],
    ] as const) {
      await sh(lab, `rm -rf /var/lib/portcullis; ${make}`);
      const problem = await harmless(lab, () => close(lab));
      expect(problem.message, make).toContain(says);
    }
    await sh(lab, 'rm -rf /var/lib/portcullis');
    expect(await close(lab)).toMatchObject({ ok: true });
    // What a caller plants where the saved state is looked for is not reached by an id.
    expect(await act(lab, 'undo', '../../../mnt/x')).toMatchObject({ ok: false });
  });

  test('a lock that a dead process left is free', async () => {
    await using lab = await machine();
    await sh(lab, 'mkdir -m 700 /var/lib/portcullis; echo 1 > /var/lib/portcullis/lock');
    expect(await close(lab)).toMatchObject({ ok: true });
  });

  test('the window or terminal goes away in the middle: what was begun is finished', async () => {
    await using lab = await machine();
    const made = (await act(lab, 'propose', JSON.stringify(CLOSE))) as { ok: true; value: Plan };
    await lab.must('A', ['/bin/sh', '-c', 'cat > /mnt/state/order.json'], { input: printOrder(made.value) });
    // Its reader leaves at once, then the signals come that a closed terminal, Ctrl+C and Ctrl+Z send: to the helper (the
    // oldest of that name), not to a program that it is just about to become, which has a session of its own.
    const line = `${process.execPath} ${bundles.helper} apply < /mnt/state/order.json | true &
until [ -s /var/lib/portcullis/journal.jsonl ]; do sleep 0.02; done
for s in INT HUP TERM QUIT TSTP; do pkill -$s -o -f "[h]elper.cjs apply"; sleep 0.1; done; wait; sleep 0.5
while pgrep -f "[h]elper.cjs apply" >/dev/null; do sleep 0.1; done; tail -n 1 /var/lib/portcullis/journal.jsonl`;
    await lab.must('A', ['/bin/sh', '-c', 'cat > /mnt/state/go.sh'], { input: line });
    const end = JSON.parse(await lab.must('A', ['/bin/sh', '/mnt/state/go.sh'])) as unknown;
    expect(end).toMatchObject({ event: 'end', state: 'applied' });
    expect(await lab.probe([probe('tcp', neighbour, laptop, 3000)])).toEqual(['filtered']);
  });

  test('plans that were made by somebody else’s hand', async () => {
    await using lab = await machine();
    const made = (await act(lab, 'propose', JSON.stringify(CLOSE))) as { ok: true; value: Plan };
    const { id: _, ...body } = made.value;
    const signed = (change: Partial<Plan>): Plan => {
      const plan = { ...body, ...change };
      return { ...plan, id: planId(plan, sha256) };
    };
    const prepend: Operation = {
      kind: 'ufw-prepend',
      action: 'allow',
      protocol: 'tcp',
      port: 22,
      from: 'any',
      families: [4, 6],
    };
    const plans: readonly (readonly [string, unknown, string])[] = [
      ['another port under this name', signed({ steps: [stepOf(prepend)] }), 'bad-input'],
      ['a forged digest of the rules', signed({ rulesDigest: '0'.repeat(64) }), 'stale-plan'],
      [
        'a reach that is not so',
        signed({ effects: body.effects.map((one) => ({ ...one, after: one.before })) }),
        'stale-plan',
      ],
      ['another version', { ...made.value, schema: 2 }, 'bad-input'],
      ['another backend', signed({ layers: ['nftables'] }), 'bad-input'],
      ['a summary that lies', signed({ summary: 'Nothing at all' }), 'bad-input'],
      ['a line break in the summary', signed({ summary: `${body.summary}\nx` }), 'bad-input'],
      ['a prototype', JSON.parse(printOrder(made.value).replace('{', '{"__proto__":{"x":1},')), 'bad-input'],
    ];
    const input = (plan: unknown) =>
      (plan as Plan).steps === undefined ? JSON.stringify(plan) : printOrder(plan as Plan);
    const files = await lab.read(FILES);
    for (const [name, plan, code] of plans) {
      const ran = await lab.run('A', [process.execPath, bundles.helper, 'apply'], { input: input(plan) });
      const last = JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '') as { problem?: Problem };
      expect(last.problem?.code, name).toBe(code);
      expect(ran.exit).toBe(1);
    }
    const huge = `${printOrder(made.value).slice(0, -1)},"x":"${'y'.repeat(5 * 1024 * 1024)}"}`;
    const ran = await lab.run('A', [process.execPath, bundles.helper, 'apply'], { input: huge });
    expect(ran.stdout).toContain('too large');
    expect(await lab.read(FILES)).toEqual(files);
    expect(await lab.read(['/var/lib/portcullis/journal.jsonl'])).toEqual([null]);
  });
});
