/**
 * Build everything that runs into `out/`: the renderer's files and seven Node bundles that need nothing beside them
 * (except `electron`, which the runtime brings). The terminal's bundle is split, so that a scan loads only what it needs.
 *
 *   node scripts/build.mjs                 everything
 *   node scripts/build.mjs renderer cli    only these
 *   node scripts/build.mjs quick           the quick program (118 MB), of `out/cli` as it is; `cli quick` builds both.
 *                                          Ends with 77 where it cannot be made here.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { makeQuick, quickProgram, whyNoQuick } from './quick.mjs';
import { buildRenderer, license } from './renderer.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const bundles = [
  { entry: 'src/main/faces/electron/index.ts', folder: 'main', file: 'index.cjs' },
  { entry: 'src/main/faces/electron/preload.ts', folder: 'preload', file: 'index.cjs' },
  { entry: 'src/main/faces/cli/index.ts', folder: 'cli', file: 'portcullis.cjs' },
  { entry: 'src/main/apply/helper.ts', folder: 'helper', file: 'helper.cjs' },
  { entry: 'src/main/collector/index.ts', folder: 'collector', file: 'collector.cjs' },
  { entry: 'src/main/fleet/worker.ts', folder: 'fleet', file: 'worker.cjs' },
  { entry: 'src/main/apply/farewell.ts', folder: 'removal', file: 'removal.cjs' },
];

/** Text of one byte a character is read several times as fast, which a command's start feels. */
const ascii = {
  name: 'ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escaped);
    }
  },
};
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const node = ({ entry, folder, file }) =>
  build({
    root,
    plugins: [ascii],
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['electron'], target: 'node' },
    build: {
      ssr: resolve(root, entry),
      outDir: resolve(root, 'out', folder),
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      license,
      reportCompressedSize: false,
      rolldownOptions: {
        // The names of all ports are one long text: a copy at each place of use would be loaded at every start.
        optimization: { inlineConst: false },
        output: {
          format: 'cjs',
          minify: { compress: false, mangle: false, codegen: true },
          entryFileNames: file,
          chunkFileNames: '[name].cjs',
          exports: 'named',
        },
      },
    },
  });

const started = performance.now();
const chosen = process.argv.slice(2);
const quick = chosen.includes('quick');
const whole = existsSync(resolve(root, 'out/cli/portcullis.cjs'));
const wanted = (name) => chosen.length === 0 || chosen.includes(name) || (name === 'cli' && quick && !whole);
await Promise.all([
  ...bundles.filter(({ folder }) => wanted(folder)).map(node),
  ...(wanted('renderer') ? [buildRenderer(resolve(root, 'out/renderer'))] : []),
]);
if (wanted('main')) {
  copyFileSync(resolve(root, 'assets/icons/256x256.png'), resolve(root, 'out/main/icon.png'));
  for (const name of readdirSync(resolve(root, 'assets/tray')).filter((file) => file.endsWith('.png')))
    copyFileSync(resolve(root, 'assets/tray', name), resolve(root, 'out/main', name));
}
// The first scan leaves its compiled code beside the bundle; where it cannot, the next one does.
if (wanted('cli'))
  spawnSync(process.execPath, [resolve(root, 'bin/portcullis.cjs'), 'scan', '--json'], { stdio: 'ignore' });
if (quick) {
  const why = whyNoQuick();
  if (why === null) makeQuick();
  else {
    // That of an earlier build is not taken for this one's.
    rmSync(quickProgram, { force: true });
    console.error(`build: ${why}`);
    process.exitCode = 77;
  }
}
console.error(`build: done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
