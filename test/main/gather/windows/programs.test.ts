import { expect, test } from 'vitest';
import { systemRoot, windowsEnvironment, windowsPrograms } from '../../../../src/main/gather/windows/programs.ts';

test('programs by their full paths, below the folder that Windows is in', () => {
  expect(windowsPrograms({ env: { SYSTEMROOT: 'D:\\WINNT' }, arch: 'x64' })).toMatchObject({
    netstat: 'D:\\WINNT\\System32\\netstat.exe',
    powershell: 'D:\\WINNT\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    place: { cwd: 'D:\\WINNT\\System32' },
  });
});

test('a 32-bit program on a 64-bit Windows takes the real folder', () => {
  const env = { SystemRoot: 'C:\\Windows', PROCESSOR_ARCHITEW6432: 'AMD64' };
  expect(windowsPrograms({ env, arch: 'ia32' }).powershell).toBe(
    'C:\\Windows\\Sysnative\\WindowsPowerShell\\v1.0\\powershell.exe',
  );
  expect(windowsPrograms({ env, arch: 'x64' }).netstat).toBe('C:\\Windows\\System32\\netstat.exe');
  expect(windowsPrograms({ env: { SystemRoot: 'C:\\Windows' }, arch: 'ia32' }).netstat).toBe(
    'C:\\Windows\\System32\\netstat.exe',
  );
});

test('what the environment says is no more than a hint', () => {
  for (const said of [
    undefined,
    '',
    'Windows',
    '\\\\evil\\share',
    'C:\\Users\\me\\Windows',
    'C:\\Win dows',
    "C:\\Windows' ; calc",
    'C:\\..',
    'C:/Windows',
    '/tmp',
  ])
    expect(systemRoot({ env: { SystemRoot: said } })).toBe('C:\\Windows');
  expect(systemRoot({ env: { systemroot: 'c:\\windows\\' } })).toBe('c:\\windows');
});

test('an environment without the folders of others and without modules of the person', () => {
  const env = windowsEnvironment({
    arch: 'x64',
    env: {
      SystemRoot: 'C:\\Windows',
      Path: 'C:\\evil;C:\\Windows',
      PSModulePath: 'C:\\Users\\me\\Documents\\PowerShell\\Modules',
      NODE_OPTIONS: '--require evil',
      userprofile: 'C:\\Users\\me',
      TEMP: 'C:\\Users\\me\\AppData\\Local\\Temp',
    },
  });
  expect(env).toEqual({
    SystemRoot: 'C:\\Windows',
    windir: 'C:\\Windows',
    PATH: 'C:\\Windows\\System32;C:\\Windows',
    USERPROFILE: 'C:\\Users\\me',
    TEMP: 'C:\\Users\\me\\AppData\\Local\\Temp',
  });
});
