/** The machine of the lab: programs that listen, ufw, and the other laptop's word on what gets through. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `python3 -m http.server` on every address, ready when this resolves; with the rule that lets everybody in. */
export async function serve(port: number): Promise<AsyncDisposable & { readonly rule: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-served-'));
  const server: ChildProcess = spawn('python3', ['-m', 'http.server', String(port)], { cwd: folder, stdio: 'ignore' });
  while (!(await reaches('127.0.0.1', port, []))) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    rule: ['allow', `${port}/tcp`],
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** ufw as packaged, with these rules, on. */
export async function ufw(...rules: readonly (readonly string[])[]): Promise<void> {
  await run('ufw', ['--force', 'reset']);
  for (const rule of rules) await run('ufw', [...rule]);
  await run('ufw', ['--force', 'enable']);
}

/** The user's rules as they stand in ufw's files. */
export const ufwFiles = (): string =>
  ['/etc/ufw/user.rules', '/etc/ufw/user6.rules', '/etc/ufw/ufw.conf']
    .map((file) => readFileSync(file, 'utf8'))
    .join('\0');

/** Does a new connection of the other laptop get through to this port of the laptop? */
export const neighbourReaches = (port: number): Promise<boolean> =>
  reaches('192.168.77.10', port, ['nsenter', '-t', process.env['LAB_B'] ?? '', '-n']);

async function reaches(address: string, port: number, inside: readonly string[]): Promise<boolean> {
  const script = 'import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 2)';
  const [program, ...args] = [...inside, 'python3', '-c', script, address, String(port)];
  return run(program ?? 'python3', args).then(
    () => true,
    () => false,
  );
}

/** Everything that listens on this machine, one line a socket. */
export async function listening(): Promise<readonly string[]> {
  const { stdout } = await run('ss', ['-H', '-tuln']);
  return stdout
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/\s+/)
        .filter((_, index) => index === 0 || index === 4)
        .join(' '),
    )
    .filter((line) => line !== '')
    .sort();
}
