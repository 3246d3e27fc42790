/** The package as `npm run dist` makes it, and how it gets onto a private Debian. */
import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Said } from './full-host.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Make it in this folder. Gives its file's name. */
export async function makeDeb(folder: string): Promise<string> {
  // Beside tests of the window nothing may be built anew under them.
  const built = process.env['TEST_BUILT'] === undefined ? [] : ['--built'];
  const script = ['scripts/dist.mjs', 'chromium', ...built, '--to', folder];
  execFileSync(process.execPath, script, { cwd: root, stdio: 'ignore' });
  return (await readdir(folder)).find((name) => name.endsWith('.deb')) ?? '';
}

interface Host {
  run(argv: readonly string[]): Promise<Said>;
  must(...argv: readonly string[]): Promise<string>;
}

/** Install it from /lab. Its browser is only needed by the window, which is not opened there. */
export async function installDeb(host: Host, file: string): Promise<void> {
  const chromium = await host.run(['dpkg-query', '-W', 'chromium']);
  if (chromium.exit !== 0) console.warn('the package: installed without its browser, which is not here');
  await host.must('dpkg', ...(chromium.exit === 0 ? [] : ['--force-depends']), '--install', `/lab/${file}`);
}
