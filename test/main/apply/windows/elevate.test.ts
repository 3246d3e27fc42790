/** Asking Windows for an administrator's rights: what is started, and what each answer means. Nothing of it met a Windows. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Node } from 'web-tree-sitter';
import {
  type ElevateSystem,
  elevateScript,
  launch,
  LONGEST_ELEVATED,
} from '../../../../src/main/apply/windows/elevate.ts';
import { COMMAND, ELEVATED_ARGUMENTS, LAUNCHER } from '../../../../src/main/apply/windows/launcher.ts';
import { powershellArguments } from '../../../../src/main/gather/windows/encode.ts';
import { windowsPrograms } from '../../../../src/main/gather/windows/programs.ts';
import { decoded, powershellParser, textsOf } from '../../powershell.ts';

const folder = mkdtempSync(join(tmpdir(), 'portcullis-elevate-windows-'));
afterAll(() => rmSync(folder, { recursive: true }));

// synthetic: a shell script in place of PowerShell, which prints what the launcher would.
let count = 0;
function standIn(body: string): string {
  const path = join(folder, `powershell-${count++}`);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const SCRIPT = "$steps = @( @{ Name = 'a''b' } )\nexit 0\n";
const never = (): Promise<never> => {
  throw new Error('sudo-prompt was not to be asked');
};
const system = (body: string, more: Partial<ElevateSystem> = {}): ElevateSystem => ({
  programs: {
    ...windowsPrograms({ env: {}, arch: 'x64' }),
    powershell: standIn(body),
    place: { cwd: folder, env: { PATH: '/usr/bin:/bin' } },
  },
  launch,
  prompt: never,
  ...more,
});

describe('the launcher', () => {
  let root: Node;
  beforeAll(async () => {
    root = (await powershellParser())(LAUNCHER);
  });

  test('can be parsed; it names no command, and puts together no text but the arguments', () => {
    expect(root.hasError).toBe(false);
    expect(textsOf(root, 'command_name')).toEqual([]);
    expect(LAUNCHER).not.toMatch(/\biex\b|Invoke|Add-Type|ScriptBlock|WriteAll|FromBase64/i);
    expect(LAUNCHER.match(/Process\]::Start\(/g)).toHaveLength(1);
  });

  test('takes nothing but Base64, and finds PowerShell where the system says it is', () => {
    expect(LAUNCHER.indexOf("-notmatch '\\A[A-Za-z0-9+/]+=*\\z'")).toBeLessThan(LAUNCHER.indexOf('::Start('));
    expect(LAUNCHER).toContain('[Environment]::SystemDirectory');
    expect(LAUNCHER).not.toMatch(/\$env:(?!PORTCULLIS_COMMAND\b)/);
    expect(LAUNCHER).toContain(`$env:${COMMAND}`);
  });
});

test('the script goes as it is, by the environment; the arguments are always the same', async () => {
  const [argv, env] = [join(folder, 'argv'), join(folder, 'env')];
  const ended = await elevateScript(
    SCRIPT,
    system(`printf '%s\\n' "$@" > ${argv}; printf %s "$${COMMAND}" > ${env}; echo started; echo ended 0`),
  );
  expect(ended).toEqual({ is: 'ended', status: 0 });
  expect(readFileSync(argv, 'utf8').trim().split('\n')).toEqual(powershellArguments(LAUNCHER));
  expect(decoded(readFileSync(env, 'utf8'))).toBe(SCRIPT);
});

test.each([
  ['started\nended 3', { is: 'ended', status: 3 }],
  ['started\nended -1073741510', { is: 'ended', status: -1_073_741_510 }],
  ['unable 1223', { is: 'refused' }],
  // A policy forbids it; whoever else asked would hear the same.
  ['unable 1260', { is: 'unable', said: 'error 1260' }],
  // Something runs, or ran, and nobody knows how it ended.
  ['started', { is: 'unheard', late: false }],
  ['started\nunable 5', { is: 'unheard', late: false }],
  ['started\nended', { is: 'unheard', late: false }],
  ['', { is: 'unheard', late: false }],
  ['Windows PowerShell', { is: 'unheard', late: false }],
] as const)('what the launcher says: %j', async (said, meant) => {
  expect(await elevateScript(SCRIPT, system(`printf '%s\\r\\n' '${said.replace('\n', "' '")}'; exit 1`))).toEqual(
    meant,
  );
});

test('what could not be stopped was started all the same: nobody is asked twice', async () => {
  for (const printed of ['started\r\n', '']) {
    const odd = { launch: async () => ({ stdout: printed, late: true, error: 'kill EPERM' }) };
    expect(await elevateScript(SCRIPT, system('', odd))).toEqual({ is: 'unheard', late: true });
  }
  const begun = { launch: async () => ({ stdout: 'started\r\n', late: false, error: 'read EIO' }) };
  expect(await elevateScript(SCRIPT, system('', begun))).toEqual({ is: 'unheard', late: false });
});

test('where it takes too long it may still run', async () => {
  const slow = system('echo started; exec sleep 30', { launch: (argv, place) => launch(argv, place, 1000) });
  expect(await elevateScript(SCRIPT, slow)).toEqual({ is: 'unheard', late: true });
});

test('what is longer than a command line is not started', async () => {
  const fits = (LONGEST_ELEVATED - ELEVATED_ARGUMENTS.length - 300) / 4;
  const most = '#'.repeat(Math.floor(fits * 1.5) - 1);
  expect(await elevateScript(most, system('echo started; echo ended 0'))).toEqual({ is: 'ended', status: 0 });
  const never2 = { launch: never, prompt: never };
  expect(await elevateScript(`${most}${'#'.repeat(400)}`, system('', never2))).toMatchObject({
    is: 'too-long',
    most: LONGEST_ELEVATED,
  });
});

describe('where PowerShell cannot start anything, sudo-prompt is asked', () => {
  const asked: string[] = [];
  const prompting = (answer: number | 'refused' | 'unheard'): Partial<ElevateSystem> => ({
    prompt: async (command) => {
      asked.push(command);
      return answer;
    },
  });

  test('with fixed words, and Base64', async () => {
    asked.length = 0;
    for (const said of ['unable constrained', 'unable command', 'unable -2147024891'])
      expect(await elevateScript(SCRIPT, system(`echo '${said}'`, prompting(0)))).toEqual({ is: 'ended', status: 0 });
    const missing = { ...system(''), ...prompting(4) };
    const gone = { ...missing, programs: { ...missing.programs, powershell: join(folder, 'none') } };
    expect(await elevateScript(SCRIPT, gone)).toEqual({ is: 'ended', status: 4 });
    expect(asked).toHaveLength(4);
    for (const command of asked) {
      expect(command).toMatch(
        /^"C:\\Windows\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe" [-\w ]+ [A-Za-z0-9+/]+=*$/,
      );
      expect(decoded(command.split(' ').at(-1) ?? '')).toBe(SCRIPT);
    }
  });

  test('it may be refused, and what it failed at is not known', async () => {
    expect(await elevateScript(SCRIPT, system('echo unable constrained', prompting('refused')))).toEqual({
      is: 'taken-for-refused',
    });
    expect(await elevateScript(SCRIPT, system('echo unable constrained', prompting('unheard')))).toEqual({
      is: 'unheard',
      late: false,
    });
  });

  test('its batch file takes a shorter line', async () => {
    const long = '#'.repeat(4000);
    expect(await elevateScript(long, system('echo unable constrained'))).toMatchObject({ is: 'too-long', most: 8191 });
  });
});
