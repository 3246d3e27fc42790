/** An ordinary user, a real polkit and a real password: what is asked, what works, and what is said where it does not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bundles, bundle } from './bundle.ts';
import { cannotTry, type FullHost, type Said, startFullHost } from './full-host.ts';

const PASSWORD = 'lab-password\n';
const FILES = ['/etc/ufw/ufw.conf', '/etc/ufw/user.rules', '/etc/ufw/user6.rules'];
const DENY = '### tuple ### deny tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=506f727463756c6c6973';
const portcullis = (...words: readonly string[]) => [process.execPath, '/lab/portcullis/portcullis.cjs', ...words];
const all = ({ stdout, stderr, screen = '' }: Said) => `${stdout}\n${stderr}\n${screen}`;

if (cannotTry !== null) console.warn(`SKIPPED elevation: ${cannotTry}`);

describe.skipIf(cannotTry !== null)('elevation', () => {
  let bundles: Bundles;
  let host: FullHost;
  let why: string | null = null;

  beforeAll(async () => {
    bundles = await bundle();
    const started = await startFullHost(bundles.folder);
    if (typeof started === 'string') {
      why = started;
      console.warn(`SKIPPED elevation: ${why}`);
      return;
    }
    host = started;
    await host.must('ufw', 'allow', '3000/tcp');
    await host.must('ufw', 'allow', '22/tcp');
    await host.must('ufw', '--force', 'enable');
    await host.must(
      'sh',
      '-c',
      'python3 -m http.server 3000 >/dev/null 2>&1 & until ss -Hltn sport = :3000 | grep -q .; do sleep 0.05; done',
    );
  }, 300_000);
  afterAll(async () => {
    await host?.[Symbol.asyncDispose]();
    await bundles?.[Symbol.asyncDispose]();
  });

  const files = () => Promise.all(FILES.map((path) => host.read(path)));
  const onHost = (name: string, body: () => Promise<void>) =>
    test(name, async (context) => {
      if (why !== null) return context.skip(why);
      await body();
    });
  /** Nothing is changed by it. */
  const refused = async (said: Promise<Said>, before: Promise<readonly (string | null)[]>) => {
    const were = await before;
    const result = await said;
    expect(await files()).toEqual(were);
    expect(result.exit).not.toBe(0);
    return result;
  };

  onHost('in a terminal, with the password: closed, and undone byte for byte', async () => {
    const before = await files();
    const closed = await host.terminal(portcullis('close', '3000', '--yes'), [PASSWORD, PASSWORD]);
    expect(closed.exit, all(closed)).toBe(0);
    expect(closed.stdout).toContain('nobody else can reach it now');
    expect(await host.read('/etc/ufw/user.rules')).toContain(DENY);
    const undone = await host.terminal(portcullis('undo'), [PASSWORD]);
    expect(undone.exit, all(undone)).toBe(0);
    expect(await files()).toEqual(before);
  });

  onHost('in a terminal, with a wrong password', async () => {
    const said = await refused(host.terminal(portcullis('close', '3000', '--yes'), ['wrong\n', 'wrong\n']), files());
    expect(all(said)).toContain('The permission was not given, so nothing was changed: the password was wrong');
    expect(all(said)).toContain('sudo portcullis close 3000');
  });

  onHost('nobody there who could be asked', async () => {
    const said = await refused(host.run(portcullis('close', '3000', '--yes'), 'tester'), files());
    expect(all(said)).toContain('Nothing here can ask you for an administrator’s password, so nothing was changed.');
    expect(all(said)).toContain('sudo portcullis close 3000');
  });

  onHost('with a policy and an agent: the password, a wrong one, and an agent that goes away', async () => {
    await host.must(
      'sh',
      '-c',
      'echo "<policyconfig></policyconfig>" > /usr/share/polkit-1/actions/org.portcullis.policy',
    );
    const wrong = await refused(host.agent(portcullis('close', '3000', '--yes'), 'wrong'), files());
    expect(all(wrong)).toContain('The permission was not given');
    const gone = await refused(host.agent(portcullis('close', '3000', '--yes'), null), files());
    expect(all(gone)).toMatch(/so nothing was changed/);
    const closed = await host.agent(portcullis('close', '3000', '--yes'), 'lab-password');
    expect(closed.exit, all(closed)).toBe(0);
    expect(await host.read('/etc/ufw/user.rules')).toContain(DENY);
    const undone = await host.agent(portcullis('undo'), 'lab-password');
    expect(undone.exit, all(undone)).toBe(0);
    const nobody = await refused(host.run(portcullis('close', '3000', '--yes'), 'tester'), files());
    expect(all(nobody)).toContain('Nothing here can ask you');
    await host.must('rm', '/usr/share/polkit-1/actions/org.portcullis.policy');
  });

  onHost('through sudo-prompt: the plan goes by its fingerprint and leaves nothing behind', async () => {
    const grant = 'polkit.addRule(function(a, s) { if (s.user == "tester") return polkit.Result.YES; });';
    await host.must('sh', '-c', `echo '${grant}' > /etc/polkit-1/rules.d/00-lab.rules; sleep 1`);
    const before = await files();
    const closed = await host.run(portcullis('close', '3000', '--yes'), 'tester');
    expect(closed.exit, all(closed)).toBe(0);
    expect(await host.read('/etc/ufw/user.rules')).toContain(DENY);
    expect(await host.must('find', '/run/user', '-type', 'f')).toBe('');
    const undone = await host.run(portcullis('undo'), 'tester');
    expect(undone.exit, all(undone)).toBe(0);
    expect(await files()).toEqual(before);
  });

  onHost('every process of the user is killed while a change waits: put back at the deadline', async () => {
    await host.must(
      'sh',
      '-c',
      `echo "<policyconfig></policyconfig>" > /usr/share/polkit-1/actions/org.portcullis.policy
echo 'polkit.addRule(function(a, s) { if (s.user == "tester") return polkit.Result.YES; });' > /etc/polkit-1/rules.d/00-lab.rules; sleep 1`,
    );
    const before = await files();
    const waits = 'grep -q \'"state":"waiting"\' ~/.local/state/portcullis/history.jsonl 2>/dev/null';
    const line = `${portcullis('close', '3000', '--confirm', '10', '--yes').join(' ')} &
until ${waits}; do sleep 0.1; done; kill -9 $(pgrep -u tester)`;
    const killed = await host.run(['bash', '-c', line], 'tester');
    expect(killed.exit, all(killed)).not.toBe(0);
    expect(await host.read('/etc/ufw/user.rules')).toContain(DENY);
    const history = async () =>
      JSON.parse(await host.must(...portcullis('history', '--json'))) as {
        changes: readonly { state: string; id: string }[];
      };
    expect((await history()).changes[0]?.state).toBe('waiting');
    await host.must(
      'sh',
      '-c',
      'until grep -q "not confirmed within 10" /var/lib/portcullis/journal.jsonl; do sleep 0.2; done',
    );
    expect(await files()).toEqual(before);
    const [last] = (await history()).changes;
    expect(last?.state).toBe('rolled-back');
    const late = await host.run(portcullis('confirm', last?.id ?? ''), 'tester');
    expect(late.exit, all(late)).toBe(5);
    expect(all(late)).toContain('too late');
    // Where the helper can be told nothing more, it is refused beforehand.
    await host.must('rm', '/usr/share/polkit-1/actions/org.portcullis.policy');
    const refusal = await refused(host.run(portcullis('close', '3000', '--confirm', '10', '--yes'), 'tester'), files());
    expect(all(refusal)).toContain('sudo portcullis close 3000 --confirm 10');
  });

  onHost('the helper takes only the caller’s own, plain, unchanged plan file', async () => {
    const uid = (await host.must('id', '-u', 'tester')).trim();
    const path = `/run/user/${uid}/portcullis-plan.json`;
    const sha = (await host.must('sh', '-c', "printf '{}' | sha256sum")).slice(0, 64);
    const helper = async (token = sha) =>
      all(
        await host.run(
          ['/usr/bin/pkexec', '--disable-internal-agent', process.execPath, '/lab/helper/helper.cjs', 'apply', token],
          'tester',
        ),
      );
    const lay = (script: string) => host.must('sh', '-c', `rm -rf ${path} /tmp/plan; ${script}`);
    await lay(`printf '{}' > ${path}; chown tester ${path}; chmod 600 ${path}`);
    expect(await helper()).toContain('The plan was refused');
    expect(await helper('a'.repeat(64))).toContain('another than was agreed to');
    await lay(`printf '{}' > ${path}; chown tester ${path}; chmod 666 ${path}`);
    expect(await helper()).toContain('not the caller’s own');
    await lay(`printf '{}' > ${path}; chown other ${path}; chmod 600 ${path}`);
    expect(await helper()).toContain('not the caller’s own');
    await lay(`printf '{}' > /tmp/plan; chown tester /tmp/plan; ln -s /tmp/plan ${path}`);
    expect(await helper()).toContain('cannot be read');
    await lay(`printf '{}' > ${path}; chown tester ${path}; chmod 600 ${path}; ln ${path} /run/user/${uid}/second`);
    expect(await helper()).toContain('not the caller’s own');
    await lay(`rm -f /run/user/${uid}/second; mkfifo ${path}; chown tester ${path}`);
    expect(await helper()).toContain('not the caller’s own');
    await lay(`truncate -s 5M ${path}; chown tester ${path}; chmod 600 ${path}`);
    expect(await helper()).toContain('not the caller’s own');
    await lay('true');
    expect(await helper()).toContain('cannot be read');
  });

  onHost('a helper that somebody else can change is not started; one’s own checkout is, and that is said', async () => {
    const home = '/home/tester/portcullis';
    const own = [process.execPath, `${home}/out/portcullis/portcullis.cjs`, 'scan', '--exact', '--json'];
    await host.must('sh', '-c', `mkdir -p ${home}/src/main/apply; cp -r /lab ${home}/out; chown -R tester: ${home}`);
    const notInstalled = await host.run(own, 'tester');
    expect(notInstalled.exit).not.toBe(0);
    expect(all(notInstalled)).toContain('can be changed by an ordinary user, so it is not run as root');
    await host.must('sh', '-c', `touch ${home}/src/main/apply/helper.ts; chown -R tester: ${home}`);
    const checkout = await host.run(own, 'tester');
    const report = JSON.parse(checkout.stdout) as { firewalls: readonly { id: string; rules: number | null }[] };
    expect(report.firewalls.find(({ id }) => id === 'ufw')?.rules, checkout.stderr).toBe(2);
    expect(checkout.stderr).toContain('started from a checkout');
    for (const [make, unmake] of [
      [`chmod o+w ${home}/out/helper`, `chmod o-w ${home}/out/helper`],
      [`chown other ${home}/out/helper/helper.cjs`, `chown tester ${home}/out/helper/helper.cjs`],
      [`chgrp sudo ${home}; chmod g+w ${home}; usermod -aG sudo other`, `chgrp tester ${home}`],
    ] as const) {
      await host.must('sh', '-c', make);
      const said = await host.run(own, 'tester');
      expect(all(said), make).toContain('can be changed by another user, so it is not run as root');
      await host.must('sh', '-c', unmake);
    }
  });

  onHost('no pkexec at all: what to type', async () => {
    await host.must('mv', '/usr/bin/pkexec', '/usr/bin/pkexec.away');
    const said = await refused(host.run(portcullis('close', '3000', '--yes'), 'tester'), files());
    expect(all(said)).toContain('Nothing here can ask you for an administrator’s password, so nothing was changed.');
    expect(all(said)).toContain('sudo portcullis close 3000');
    await host.must('mv', '/usr/bin/pkexec.away', '/usr/bin/pkexec');
  });
});
