#!/usr/bin/env node
/**
 * Starts the terminal face: loads `out/cli/portcullis.cjs` with V8's compiled code kept beside it, because start-up time
 * counts for a command. In a checkout it builds first where the build is missing; `npm start`, `npm test` and
 * `npm run build` renew it.
 */
'use strict';
const {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');
const Module = require('node:module');
const vm = require('node:vm');

/** What is done at the end, in order. */
const last = [];
const root = path.resolve(__dirname, '..');
const bundle = path.join(root, 'out', 'cli', 'portcullis.cjs');

// The window needs all that is built, every other command the terminal's own bundle and the helper.
const window = process.argv[2] === 'open';
const browser = path.join(root, 'out', 'cli', 'browser-ahead.cjs');
const page = path.join(root, 'out', 'renderer', 'index.html');
if (!existsSync(bundle) || (window && !(existsSync(page) && existsSync(browser)))) build();
// A window's browser takes longer to come up than all else, so it is started before all else is even loaded.
if (window && process.argv.length === 3) {
  const { startBrowserAhead } = start(browser);
  void startBrowserAhead().then(() => start(bundle));
} else start(bundle);

function build() {
  try {
    accessSync(existsSync(path.join(root, 'out')) ? path.join(root, 'out') : root, constants.W_OK);
  } catch {
    process.stderr.write('portcullis: it is not built yet, and you may not write here. Build with: npm run build\n');
    process.exit(70);
  }
  process.stderr.write('portcullis: building first …\n');
  const { spawnSync } = require('node:child_process');
  const { status, error } = spawnSync(
    process.execPath,
    [path.join(root, 'scripts', 'build.mjs'), ...(window ? [] : ['cli', 'helper', 'collector', 'fleet'])],
    {
      stdio: ['ignore', 2, 2],
    },
  );
  if (status === 0) return;
  process.stderr.write(
    `portcullis: the build failed${error ? `: ${error.message}` : ''}. Is everything installed? npm ci\n`,
  );
  process.exit(70);
}

/**
 * Run one of our own CommonJS files and give its exports; files that it asks for by `./` are run the same way. The
 * compiled code lies beside it under a name that holds the file's size and time and Node's version, so that it can never
 * belong to another text; V8 checks its own version and flags.
 */
function start(file) {
  const known = require.cache[file];
  if (known !== undefined) return known.exports;
  // The build writes nothing but ASCII.
  const source = readFileSync(file, 'latin1');
  const { size, mtimeMs } = statSync(file);
  const kept = `${file}.${size}-${Math.trunc(mtimeMs)}-${process.version}.cache`;
  let cachedData;
  try {
    cachedData = readFileSync(kept);
  } catch {
    // The first start.
  }
  const script = new vm.Script(Module.wrap(source), { filename: file, ...(cachedData ? { cachedData } : {}) });
  const module = new Module(file, null);
  module.filename = file;
  require.cache[file] = module;
  const folder = path.dirname(file);
  const others = Module.createRequire(file);
  const load = (name) => (name.startsWith('./') ? start(path.join(folder, name)) : others(name));
  // A scan uses most of the code; it and the window are what should start at once.
  const worth = (window || process.argv[2] === 'scan') && (cachedData === undefined || script.cachedDataRejected);
  if (worth) atExit(() => keep(script, kept));
  script.runInThisContext()(module.exports, load, module, file, folder);
  module.loaded = true;
  return module.exports;
}

/** One listener for all: Node warns of many. */
function atExit(work) {
  if (last.length === 0) process.once('exit', () => last.forEach((one) => one()));
  last.push(work);
}

/** Only who may write beside the bundle could have changed the bundle itself; everybody else starts without. */
function keep(script, place) {
  const beside = `${place}.${process.pid}`;
  try {
    writeFileSync(beside, script.createCachedData(), { flag: 'wx', mode: 0o644 });
    renameSync(beside, place);
  } catch {
    rmSync(beside, { force: true });
  }
}
