/** What goes into packages, without making a whole one: test/lab/package.test.ts does that. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeDeb, stage } from '../../scripts/package/deb.mjs';
import { interpretersDepend } from '../../scripts/package/interpreter.mjs';
import { ACTIONS, policy, ROOTS_OWN } from '../../scripts/package/policy.mjs';
import { electronRuntime } from '../../scripts/package/runtime.mjs';
import { autostartEntry } from '../../src/main/faces/electron/autostart-entry.ts';
import { VERBS } from '../../src/main/apply/protocol.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-packing-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the polkit policy', () => {
  test('has one action for each verb of the helper that people ask for, and no other', () => {
    const verbs = VERBS.filter((verb) => !ROOTS_OWN.includes(verb));
    const text = policy(VERBS);
    expect(text.match(/exec\.path">\/usr\/lib\/portcullis\/helper</g)).toHaveLength(verbs.length);
    for (const verb of verbs) {
      expect(text).toContain(`<action id="org.portcullis.${verb}">`);
      expect(text).toContain(`<annotate key="org.freedesktop.policykit.exec.argv1">${verb}</annotate>`);
    }
  });

  test('always asks for what changes something, and shows what that is', () => {
    for (const { verb } of ACTIONS.filter((one) => !['read', 'history'].includes(one.verb))) {
      expect(ACTIONS.find((one) => one.verb === verb)).toMatchObject({ asks: true });
      const block =
        policy(ACTIONS.map((one) => one.verb))
          .split('<action ')
          .find((part) => part.startsWith(`id="org.portcullis.${verb}"`)) ?? '';
      expect(block.match(/<allow_\w+>auth_admin<\/allow_/g)).toHaveLength(3);
      expect(block).toMatch(/<message>.*\$\(command_line\)<\/message>/);
      expect(block).toMatch(/<message xml:lang="de">.*\$\(command_line\)<\/message>/);
    }
  });
});

describe('what the desktop shows', () => {
  test('the question is in German as well, otherwise than in English', () => {
    const text = policy(VERBS);
    for (const tag of ['description', 'message']) {
      const english = [...text.matchAll(new RegExp(`<${tag}>(.*)</${tag}>`, 'g'))].map(([, said]) => said);
      const german = [...text.matchAll(new RegExp(`<${tag} xml:lang="de">(.*)</${tag}>`, 'g'))].map(([, said]) => said);
      expect(german).toHaveLength(english.length);
      expect(new Set([...german, ...english]).size).toBe(2 * english.length);
    }
  });

  test('the entries of the menu and of the login say the same, in both languages', async () => {
    const menu = await readFile(join(root, 'packaging/linux/portcullis.desktop'), 'utf8');
    const comments = (entry: string) => entry.split('\n').filter((line) => line.startsWith('Comment'));
    expect(comments(menu)).toHaveLength(2);
    expect(comments(autostartEntry('/opt/Portcullis/portcullis') ?? '')).toEqual(comments(menu));
  });
});

describe('Electron’s runtime', () => {
  const lay = async (program: string | Buffer, version: string) => {
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'package.json'), '{"version":"45.4.1"}');
    await writeFile(join(folder, 'path.txt'), 'electron');
    await writeFile(join(folder, 'dist', 'version'), version);
    await writeFile(join(folder, 'dist', 'electron'), program);
    await chmod(join(folder, 'dist', 'electron'), 0o755);
  };
  const program = Buffer.from('7f454c460201', 'hex');

  test('is taken where it is', async () => {
    await lay(program, '45.4.1');
    expect(electronRuntime(folder)).toBe(join(folder, 'dist'));
  });

  test('nothing that stands in for it, no other version and no half of it goes into a package', async () => {
    expect(electronRuntime(folder)).toBeNull();
    await lay('#!/bin/sh\nexec node stand-in.cjs "$@"\n', '45.4.1');
    expect(electronRuntime(folder)).toBeNull();
    await rm(join(folder, 'dist'), { recursive: true });
    await lay(program, '44.0.0');
    expect(electronRuntime(folder)).toBeNull();
  });
});

test('the interpreters’ needs are those of every Debian, or they are refused', () => {
  const needs = interpretersDepend(['/bin/sh'], ['/lib/libc.so.6', '/usr/lib/libstdc++.so.6']);
  expect(needs.map((one) => one.split(' ')[0])).toEqual(['libc6', 'libstdc++6']);
  expect(() => interpretersDepend(['/bin/sh'], ['/usr/lib/libnode.so.108'])).toThrow('libnode.so.108');
});

test('the Electron packages take the same tree, publish nothing, and keep their fuses', async () => {
  const text = await readFile(join(root, 'electron-builder.yml'), 'utf8');
  expect(text.match(/release\/linux-root\/=\//g)).toHaveLength(2);
  expect(text).toContain('\npublish: null\n');
  for (const fuse of ['runAsNode', 'enableNodeOptionsEnvironmentVariable', 'enableNodeCliInspectArguments']) {
    expect(text).toContain(`  ${fuse}: false\n`);
  }
  expect(text).toContain('  onlyLoadAppFromAsar: true\n');
});

test.skipIf(spawnSync('dpkg-deb', ['--version']).error !== undefined)(
  'the same tree gives the same package',
  async () => {
    const list = [
      { to: 'usr/bin/x', content: '#!/bin/sh\n', mode: 0o755 },
      { to: 'usr/share/doc/x/copyright', content: 'text', mode: 0o644 },
    ];
    const make = async (name: string) => {
      const tree = join(folder, name);
      stage(tree, list, 1_700_000_000);
      const file = join(folder, `${name}.deb`);
      const control = {
        Package: 'x',
        Version: '1',
        Architecture: 'all',
        Maintainer: 'x <x@x.invalid>',
        Description: 'x',
      };
      makeDeb({ folder: tree, list, control, scripts: join(root, 'packaging/linux'), seconds: 1_700_000_000, file });
      return readFile(file);
    };
    expect((await make('one')).equals(await make('two'))).toBe(true);
    const listed = execFileSync('dpkg-deb', ['--contents', join(folder, 'one.deb')], {
      encoding: 'utf8',
      env: { TZ: 'UTC' },
    });
    expect(listed).toMatch(/-rwxr-xr-x root\/root +10 2023-11-14 22:13 \.\/usr\/bin\/x/);
  },
);
