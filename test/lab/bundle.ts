/** The helper, the terminal and the lab's small face as bundles, in a folder of their own that is gone afterwards. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Bundles extends AsyncDisposable {
  readonly act: string;
  readonly helper: string;
  readonly portcullis: string;
  /** The folder of all three; everybody may read it. */
  readonly folder: string;
}

export async function bundle(): Promise<Bundles> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-lab-'));
  await chmod(folder, 0o755);
  for (const [entry, name] of [
    ['src/main/apply/helper.ts', 'helper'],
    ['test/lab/act.ts', 'act'],
    ['src/main/faces/cli/index.ts', 'portcullis'],
  ] as const) {
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: resolve(root, entry),
        outDir: join(folder, name),
        target: 'node20',
        minify: false,
        rolldownOptions: { output: { format: 'cjs', entryFileNames: `${name}.cjs` } },
      },
    });
  }
  return {
    act: join(folder, 'act/act.cjs'),
    helper: join(folder, 'helper/helper.cjs'),
    portcullis: join(folder, 'portcullis/portcullis.cjs'),
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
