/**
 * Windows' own programs by their full paths, and what they run with. Nothing is looked for in a search path: the folder of
 * the caller comes first there, and anybody may have put a program of that name into it.
 */
import { win32 } from 'node:path';

/** What of this process tells where Windows is; a test gives its own. */
export interface Host {
  readonly env: NodeJS.ProcessEnv;
  /** `process.arch`. */
  readonly arch: string;
}

export interface WindowsPrograms {
  readonly netstat: string;
  readonly powershell: string;
  /** Where they run, and with which variables. */
  readonly place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv };
}

const thisHost = (): Host => ({ env: process.env, arch: process.arch });

/** A folder right below a drive, without anything that a command line or a pattern could mean otherwise. */
const ROOT = /^[a-z]:\\[a-z0-9_-]{1,32}$/i;

/** `C:\Windows`. What the environment says is taken only where it is such a folder. */
export function systemRoot({ env }: Pick<Host, 'env'> = thisHost()): string {
  const said = (valueOf(env, 'SystemRoot') ?? '').replace(/\\$/, '');
  return ROOT.test(said) ? said : 'C:\\Windows';
}

/** Names of variables are the same in any case, in a copy of the environment too. */
function valueOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const found = Object.keys(env).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : env[found];
}

/**
 * A 32-bit process on a 64-bit Windows finds the 32-bit programs in `System32`, and the real ones under `Sysnative`.
 * Source: Microsoft Learn, File System Redirector.
 */
export function windowsPrograms(host: Host = thisHost()): WindowsPrograms {
  const root = systemRoot(host);
  const redirected = host.arch === 'ia32' && valueOf(host.env, 'PROCESSOR_ARCHITEW6432') !== undefined;
  const system = win32.join(root, redirected ? 'Sysnative' : 'System32');
  return {
    netstat: win32.join(system, 'netstat.exe'),
    powershell: win32.join(system, 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
    place: { cwd: win32.join(root, 'System32'), env: windowsEnvironment(host) },
  };
}

/** What programs of Windows need to find their own parts and the folders of the person. */
const KEPT = [
  'ALLUSERSPROFILE',
  'APPDATA',
  'CommonProgramFiles',
  'CommonProgramFiles(x86)',
  'CommonProgramW6432',
  'COMPUTERNAME',
  'LOCALAPPDATA',
  'NUMBER_OF_PROCESSORS',
  'OS',
  'PATHEXT',
  'PROCESSOR_ARCHITECTURE',
  'PROCESSOR_ARCHITEW6432',
  'ProgramData',
  'ProgramFiles',
  'ProgramFiles(x86)',
  'ProgramW6432',
  'PUBLIC',
  'SystemDrive',
  'TEMP',
  'TMP',
  'USERDOMAIN',
  'USERNAME',
  'USERPROFILE',
];

/**
 * The environment of what is run: nothing of it names a folder to look for programs in but the system's own, and
 * `PSModulePath` is left out, so that PowerShell makes its own (that of a PowerShell 7 would give 5.1 modules of 7).
 */
export function windowsEnvironment(host: Host = thisHost()): NodeJS.ProcessEnv {
  const root = systemRoot(host);
  const kept = KEPT.flatMap((name) => {
    const value = valueOf(host.env, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    SystemRoot: root,
    windir: root,
    PATH: [win32.join(root, 'System32'), root].join(';'),
  };
}
