/**
 * The package as it is: made here, installed in a private Debian, used by an ordinary user with a real password, removed.
 * The Node of that Debian is taken away, so that the package's own interpreter is what runs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../src/core/model.ts';
import { printOrder } from '../../src/main/apply/order.ts';
import { whyNoQuick } from '../../scripts/quick.mjs';
import { installDeb, makeDeb } from './deb.ts';
import { cannotTry, type FullHost, type Said, startFullHost } from './full-host.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SUMMARY = 'Close port 3000 (TCP) for everyone';
const FILES = ['/etc/ufw/ufw.conf', '/etc/ufw/user.rules', '/etc/ufw/user6.rules'];
const LIB = '/usr/lib/portcullis';
const has = (program: string) => spawnSync(program, ['--version']).error === undefined;
const whyNot = cannotTry ?? (has('dpkg-deb') ? null : 'a package needs dpkg-deb');
/** What systemd starts with the computer. */
const units = readdirSync(join(root, 'assets/linux')).filter((name) => name.endsWith('.service'));
const DROP_IN = '/usr/lib/systemd/system/nftables.service.d/portcullis.conf';
const wanted = (unit: string) => {
  const target = /^WantedBy=(\S+)$/m.exec(readFileSync(join(root, 'assets/linux', unit), 'utf8'))?.[1];
  return `/etc/systemd/system/${target}.wants/${unit}`;
};
const all = ({ stdout, stderr, screen = '' }: Said) => `${stdout}\n${stderr}\n${screen}`;
/** What the agent was asked, question by question. */
const questions = ({ screen = '' }: Said): readonly string[] => screen.split('AUTHENTICATING FOR ').slice(1);

if (whyNot !== null) console.warn(`SKIPPED the package: ${whyNot}`);

describe.skipIf(whyNot !== null)('the package', () => {
  let folder: string;
  let file: string;
  let host: FullHost;
  let why: string | null = null;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portcullis-package-'));
    await chmod(folder, 0o755);
    file = await makeDeb(folder);
    const started = await startFullHost(folder, { session: true });
    if (typeof started === 'string') {
      why = started;
      console.warn(`SKIPPED the installed package: ${why}`);
      return;
    }
    host = started;
    await host.must('sh', '-c', 'rm -f /usr/bin/node /usr/local/bin/node');
    const netns = '/run/netns/neighbour';
    await host.must('ip', 'netns', 'add', 'neighbour');
    await host.must('ip', 'link', 'set', 'peer0', 'netns', 'neighbour');
    await host.must('nsenter', `--net=${netns}`, 'ip', 'address', 'add', '192.168.77.20/24', 'dev', 'peer0');
    await host.must('nsenter', `--net=${netns}`, 'ip', 'link', 'set', 'peer0', 'up');
    await host.must('ufw', 'allow', '3000/tcp');
    await host.must('ufw', '--force', 'enable');
    await host.must(
      'sh',
      '-c',
      'python3 -m http.server 3000 >/dev/null 2>&1 & until ss -Hltn sport = :3000 | grep -q .; do sleep 0.05; done',
    );
    await installDeb(host, file);
  }, 600_000);
  afterAll(async () => {
    await host?.[Symbol.asyncDispose]();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const files = () => Promise.all(FILES.map((path) => host.read(path)));
  const onHost = (name: string, body: () => Promise<void>) =>
    test(name, async (context) => {
      if (why !== null) return context.skip(why);
      await body();
    });
  /** pkexec for one verb, from a shell: polkit judges by the process that started pkexec. */
  const asked = (verb: string) =>
    host.run(['sh', '-c', `pkexec --disable-internal-agent ${LIB}/helper ${verb}; exit $?`], 'tester');
  /** Does the first packet of a neighbour get through to port 3000? */
  const reaches = async (): Promise<boolean> => {
    const knock = 'import socket; socket.create_connection(("192.168.77.10", 3000), timeout=1.5).close()';
    const said = await host.run(['nsenter', '--net=/run/netns/neighbour', 'python3', '-c', knock]);
    return said.exit === 0;
  };

  test('everything in it is root’s, nobody else can write it, and nothing of it stands in for Electron', () => {
    const list = execFileSync('dpkg-deb', ['--contents', join(folder, file)], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(list.length).toBeGreaterThan(30);
    for (const line of list) expect(line).toMatch(/^[-d]rw[-x]r-[-x]r-[-x] root\/root /);
    expect(list.filter((line) => /electron/i.test(line))).toEqual([]);
    const control = execFileSync('dpkg-deb', ['--field', join(folder, file)], { encoding: 'utf8' });
    expect(control).toContain('Package: portcullis-chromium\n');
    expect(control).toMatch(/^Depends: chromium /m);
  });

  test.skipIf(!has('lintian'))('lintian finds no error', () => {
    const said = spawnSync('lintian', ['--fail-on', 'error', join(folder, file)], { encoding: 'utf8' });
    expect(said.stdout).not.toMatch(/^E:/m);
    expect(said.status, said.stderr).toBe(0);
  });

  onHost('its desktop entry, its description for software centres and its units are in order', async () => {
    for (const argv of [
      ['desktop-file-validate', '/usr/share/applications/portcullis.desktop'],
      ['appstreamcli', 'validate', '--no-net', '/usr/share/metainfo/org.portcullis.Portcullis.metainfo.xml'],
    ] as const) {
      if (!has(argv[0])) continue;
      const said = await host.run(argv);
      expect(said.exit, all(said)).toBe(0);
    }
    expect(await host.must('portcullis', '--version')).toMatch(/^portcullis \d/);
    expect(units).toHaveLength(2);
    for (const place of [...units.map(wanted), DROP_IN])
      expect((await host.run(['test', '-e', place])).exit, place).toBe(0);
  });

  onHost('reading asks whoever sits at the computer nothing, and everybody else', async () => {
    const said = await host.run(['portcullis', 'scan', '--exact', '--json'], 'tester');
    const report = JSON.parse(said.stdout) as { firewalls: { id: string; rules: number | null }[] };
    expect(all(said)).not.toContain('can ask you');
    expect(report.firewalls.find(({ id }) => id === 'ufw')?.rules).toBe(1);
    const plain = JSON.parse((await host.run(['portcullis', 'scan', '--json'], 'tester')).stdout) as typeof report;
    expect(plain.firewalls).toEqual(report.firewalls);
    const history = await asked('history');
    expect(history.stdout, all(history)).toContain('"type":"history"');
    const elsewhere = await host.run(['portcullis', 'scan', '--exact'], 'other');
    expect(all(elsewhere)).toContain('Nothing here can ask you for an administrator’s password');
    const little = await host.run(['portcullis', 'scan', '--json'], 'other');
    expect(all(little)).not.toContain('can ask you');
    expect((JSON.parse(little.stdout) as typeof report).firewalls.find(({ id }) => id === 'ufw')?.rules).not.toBe(1);
  });

  test.skipIf(whyNoQuick() !== null)('the quick program is in it, and what its licences demand', () => {
    const list = execFileSync('dpkg-deb', ['--contents', join(folder, file)], { encoding: 'utf8' });
    expect(list).toMatch(/^-rwxr-xr-x root\/root .* \.\/usr\/lib\/portcullis\/quick$/m);
    const fields = ['--fsys-tarfile', join(folder, file)];
    const tar = execFileSync('dpkg-deb', fields, { maxBuffer: 1024 * 1024 * 1024 });
    const copyright = execFileSync('tar', ['-xO', './usr/share/doc/portcullis-chromium/copyright'], {
      input: tar,
      encoding: 'utf8',
    });
    for (const words of ['Bun 1.', 'common-licenses/LGPL-2', 'link\nthe program with yours', 'oven-sh/WebKit'])
      expect(copyright).toContain(words);
    expect(copyright).not.toContain('@BUN@');
  });

  onHost('the quick program and Node say the same of this computer, to whoever asks', async () => {
    if (whyNoQuick() !== null) return;
    for (const user of [undefined, 'tester', 'other'] as const) {
      const timeless = ({ stdout }: Said) => stdout.replaceAll(/"takenAt": "[^"]*"/g, '');
      const quick = await host.run(['portcullis', 'scan', '--json'], user);
      expect(quick.stdout).toContain('"port": 3000');
      await host.must('mv', `${LIB}/quick`, `${LIB}/away`);
      const node = await host.run(['portcullis', 'scan', '--json'], user);
      await host.must('mv', `${LIB}/away`, `${LIB}/quick`);
      expect(timeless(quick)).toBe(timeless(node));
      expect(quick.exit).toBe(node.exit);
    }
    // Node's own start is quick because the installation has left its compiled code.
    const kept = await host.must('sh', '-c', `ls ${LIB}/app/out/cli | grep -c '[.]cache$'`);
    expect(Number(kept)).toBeGreaterThan(2);
  });

  onHost('what is watched is read exactly as well, and asks nobody', async () => {
    const [out, err] = ['/tmp/watch.out', '/tmp/watch.err'];
    const started = await host.run(['sh', '-c', `portcullis watch --json >${out} 2>${err} & echo $!`], 'tester');
    const watched = async (file: string, text: string): Promise<void> => {
      for (let tries = 0; (await host.read(file))?.includes(text) !== true; tries++) {
        if (tries > 300) throw new Error(`${text} was not said: ${await host.read(out)} ${await host.read(err)}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    };
    await watched(err, 'Ctrl+C');
    await host.must('ufw', 'delete', 'allow', '3000/tcp');
    await watched(out, '"event":"closed","id":"tcp/3000"');
    await host.must('ufw', 'allow', '3000/tcp');
    await watched(out, '"event":"opened","id":"tcp/3000"');
    await host.must('kill', '-INT', started.stdout.trim());
    expect(await host.read(err)).not.toContain('can ask you');
  });

  onHost('a wrong password, a question that is dismissed, and nobody to ask change nothing and say so', async () => {
    const before = await files();
    const close = ['portcullis', 'close', '3000', '--yes'];
    const wrong = await host.agent(close, 'wrong');
    expect(all(wrong)).toContain('The permission was not given, so nothing was changed: the password was wrong');
    const dismissed = await host.agent(close, null);
    expect(all(dismissed)).toMatch(/so nothing was changed/);
    const nobody = await host.run(close, 'tester');
    expect(all(nobody)).toContain('Nothing here can ask you for an administrator’s password, so nothing was changed.');
    for (const said of [wrong, dismissed, nobody]) expect(said.exit).toBe(4);
    expect(await files()).toEqual(before);
    expect(await reaches()).toBe(true);
  });

  onHost('one question, which says what will be changed; the port is closed to packets; and back', async () => {
    const before = await files();
    expect(await reaches()).toBe(true);
    const closed = await host.agent(['portcullis', 'close', '3000', '--yes'], 'lab-password');
    expect(closed.exit, all(closed)).toBe(0);
    expect(questions(closed), all(closed)).toHaveLength(1);
    expect(questions(closed)[0]).toContain('org.portcullis.apply');
    expect(questions(closed)[0]).toContain(`${LIB}/helper apply ${SUMMARY}`);
    expect(await reaches()).toBe(false);
    const undone = await host.agent(['portcullis', 'undo'], 'lab-password');
    expect(undone.exit, all(undone)).toBe(0);
    expect(questions(undone)).toHaveLength(1);
    expect(questions(undone)[0]).toContain('org.portcullis.undo');
    // The change by its id, and what it did.
    const { id } = JSON.parse(((await host.read('/var/lib/portcullis/journal.jsonl')) ?? '').split('\n')[0] ?? '') as {
      id: string;
    };
    expect(questions(undone)[0]).toContain(`${LIB}/helper undo ${id} ${SUMMARY}`);
    expect(await files()).toEqual(before);
    expect(await reaches()).toBe(true);
  });

  onHost('a question that said something else, or nothing, is no permission', async () => {
    const journal = (await host.read('/var/lib/portcullis/journal.jsonl')) ?? '';
    const { plan } = JSON.parse(journal.split('\n')[0] ?? '') as { plan: Plan };
    await writeFile(join(folder, 'order.json'), printOrder(plan));
    const before = await files();
    const asPkexec = async (words: string) =>
      all(await host.run(['sh', '-c', `PKEXEC_UID=1000 ${LIB}/helper ${words} < /lab/order.json`]));
    expect(await asPkexec('apply "Close port 22 (TCP) for everyone"')).toContain('something else than the plan does');
    expect(await asPkexec('apply')).toContain('the question did not say what will be done');
    expect(await asPkexec(`apply ${'a'.repeat(64)}`)).toContain('the question did not say what will be done');
    expect(await asPkexec(`apply "${SUMMARY}" again`)).toContain('too many words');
    expect(await asPkexec('remove everything')).toContain('something that it does not do');
    expect(await files()).toEqual(before);
    // Other verbs are other actions: nothing of this policy grants them.
    const other = await asked('remove');
    expect(other.exit).toBe(127);
    expect(other.stdout).toBe('');
  });

  onHost('nothing of the caller’s environment gets into what runs as root', async () => {
    await host.must('sh', '-c', `echo 'require("fs").writeFileSync("/tmp/entered", "")' > /tmp/evil.cjs`);
    for (const program of [`${LIB}/helper history`, 'portcullis --version', 'portcullis history', 'portcullis scan']) {
      const environment =
        'NODE_OPTIONS="--require /tmp/evil.cjs" NODE_REPL_EXTERNAL_MODULE=/tmp/evil.cjs BUN_OPTIONS=--preload=/tmp/evil.cjs';
      await host.must('sh', '-c', `cd /tmp; ${environment} ${program}`);
      expect(await host.read('/tmp/entered'), program).toBeNull();
    }
  });

  onHost('removing it says what stays and how that would open; its files go, the rule stays', async () => {
    const closed = await host.agent(['portcullis', 'close', '3000', '--yes'], 'lab-password');
    expect(closed.exit, all(closed)).toBe(0);
    const before = await files();
    const removed = await host.must('dpkg', '--remove', 'portcullis-chromium');
    expect(removed).toContain('removing it opens no port');
    expect(removed).toContain('sudo ufw delete deny in proto tcp from 0.0.0.0/0 to 0.0.0.0/0 port 3000');
    expect(removed).toContain(`${SUMMARY}: portcullis undo `);
    expect(await files()).toEqual(before);
    expect(await reaches()).toBe(false);
    const policy = '/usr/share/polkit-1/actions/org.portcullis.policy';
    for (const gone of [LIB, '/usr/bin/portcullis', policy, DROP_IN, ...units.map(wanted)]) {
      expect((await host.run(['test', '-e', gone])).exit, gone).toBe(1);
    }
    // What it said is true: the one kind of command leaves it to other rules, the other opens the port again.
    const typed = [...removed.matchAll(/^ {2}.*: sudo (ufw .*)$/gm)].map(([, command = '']) => command);
    const [away, again] = [true, false].map((is) =>
      typed.filter((command) => command.startsWith('ufw delete ') === is),
    );
    expect([away?.length, again?.length]).toEqual([2, 2]);
    for (const command of away ?? []) await host.must('sh', '-c', command);
    expect(await reaches()).toBe(false);
    for (const command of again ?? []) await host.must('sh', '-c', command);
    expect(await reaches()).toBe(true);
    expect((await host.run(['test', '-e', '/var/lib/portcullis'])).exit).toBe(0);
    await host.must('dpkg', '--purge', 'portcullis-chromium');
    expect((await host.run(['test', '-e', '/var/lib/portcullis'])).exit).toBe(1);
  });
});
