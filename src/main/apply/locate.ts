/** Where the helper is, and what runs it. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problem } from '../../core/problem.ts';

const INSTALLED = '/usr/lib/portcullis/helper';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** What the program needs in its environment to be plain Node. */
  readonly env: Readonly<Record<string, string>>;
  /** It was built here, beside its own sources, rather than installed. */
  readonly fromCheckout: boolean;
}

/** The helper beside the built program that runs now: `out/<face>/…` -> `out/helper/helper.cjs`. */
function builtHelper(): string | null {
  const here = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));
  const places = ['../helper/helper.cjs', '../../helper/helper.cjs', '../../../out/helper/helper.cjs'];
  return places.map((place) => resolve(here, place)).find((path) => existsSync(path)) ?? null;
}

function nodeOnPath(): string | null {
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
  return folders.map((folder) => join(folder, 'node')).find((path) => existsSync(path)) ?? null;
}

/** How to start the helper, before any elevation. Throws a ProblemError where it was not built. */
export function helperCommand(): Command {
  if (existsSync(INSTALLED)) return { program: INSTALLED, args: [], env: {}, fromCheckout: false };
  const helper = builtHelper();
  if (helper === null) {
    throw problem('not-permitted', { kind: 'helper-missing' });
  }
  const fromCheckout = existsSync(resolve(dirname(helper), '../../src/main/apply/helper.ts'));
  const node = process.versions['electron'] === undefined ? process.execPath : nodeOnPath();
  return node === null
    ? { program: process.execPath, args: [helper], env: { ELECTRON_RUN_AS_NODE: '1' }, fromCheckout }
    : { program: node, args: [helper], env: {}, fromCheckout };
}
