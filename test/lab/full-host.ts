/** A private Debian with accounts, D-Bus and polkit: see full-host.sh for the machine, full_host.py for what can be asked. */
import { spawn, spawnSync } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { basename, join } from 'node:path';

const script = fileURLToPath(new URL('full-host.sh', import.meta.url));
const driver = fileURLToPath(new URL('full_host.py', import.meta.url));
const PACKAGES = 'dbus polkitd pkexec ufw iptables python3 sudo';

export interface Said {
  readonly exit: number | string;
  readonly stdout: string;
  readonly stderr: string;
  /** What the terminal or the agent's terminal showed. */
  readonly screen?: string;
}

export interface FullHost extends AsyncDisposable {
  /** As root, or as an ordinary user without terminal and agent. */
  run(argv: readonly string[], as?: 'tester' | 'other'): Promise<Said>;
  /** As root; anything but exit 0 throws. */
  must(...argv: readonly string[]): Promise<string>;
  /** As `tester` on a terminal; each text is typed when a password is asked for. */
  terminal(argv: readonly string[], type: readonly string[]): Promise<Said>;
  /** As `tester` without a terminal, with an agent that knows this password; null: it goes away when asked. */
  agent(argv: readonly string[], password: string | null): Promise<Said>;
  read(path: string): Promise<string | null>;
}

/** A program on a private Debian that answers one line with one line. */
export interface Driver extends AsyncDisposable {
  readonly ask: (request: unknown) => Promise<unknown>;
}

/** Start it with `folder` at /lab, where the program is copied to. A string says why it cannot run here. */
export async function startDriver(
  folder: string,
  program: string,
  { packages, env = {} }: { readonly packages: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Driver | string> {
  await copyFile(program, join(folder, basename(program)));
  const child = spawn(script, [folder, packages, '/usr/bin/python3', `/lab/${basename(program)}`], {
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  child.stdin.on('error', () => {}); // it ended; the next line that is awaited says so
  const exited = new Promise<number | null>((resolve) => void child.once('close', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`the private host ended: ${errors.trim()}`);
    const reply = JSON.parse(value) as { value?: unknown; error?: string };
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.value;
  };
  try {
    await next();
  } catch (error) {
    if ((await exited) === 77) return errors.trim().split('\n').at(-1) ?? 'the private host cannot run here';
    throw error;
  }
  return {
    ask: (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return next();
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

/**
 * Start it with `folder` at /lab. A string says why it cannot run here. `session`: `tester` sits at this computer, in an
 * active session as polkit knows one.
 */
export async function startFullHost(folder: string, { session = false } = {}): Promise<FullHost | string> {
  const env = session ? { FULL_HOST_CGROUPS: 'yes', FULL_HOST_SESSION: 'yes' } : {};
  const started = await startDriver(folder, driver, { packages: PACKAGES, env });
  if (typeof started === 'string') return started;
  const { ask } = started;
  const run: FullHost['run'] = async (argv, as) =>
    (await ask({ run: { argv, ...(as === undefined ? {} : { as }) } })) as Said;
  return {
    run,
    must: async (...argv) => {
      const said = await run(argv);
      if (said.exit !== 0) throw new Error(`${argv.join(' ')}: exit ${said.exit}\n${said.stdout}${said.stderr}`);
      return said.stdout;
    },
    terminal: async (argv, type) => (await ask({ terminal: { argv, type } })) as Said,
    agent: async (argv, password) => (await ask({ agent: { argv, password } })) as Said,
    read: async (path) => ((await ask({ read: [path] })) as (string | null)[])[0] ?? null,
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

/** Why no private host can be tried here, as far as that is known beforehand. */
export const cannotTry: string | null = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'the private host needs Linux and root';
  return spawnSync('apt-get', ['--version']).error === undefined ? null : 'the private host needs Debian or Ubuntu';
})();
