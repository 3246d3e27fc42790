/**
 * `npm run dist`: the packages that can be made here, in `release/`. Nothing is published.
 *
 * With Electron's runtime here, electron-builder makes them as electron-builder.yml says, and fetches the tools of its own
 * that it lacks. Without it, on Linux, dpkg-deb makes `portcullis-chromium`, whose window is the system's Chromium, and
 * nothing is fetched. docs/PACKAGES.md has what is made where.
 *
 *   node scripts/dist.mjs [chromium] [--built] [--to FOLDER]    `chromium`: that package also where the runtime is here;
 *                                                               `--built`: of `out/` as it is; only the
 *                                                               quick program is made anew, of `out/cli`
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contents } from './package/contents.mjs';
import { makeDeb, stage } from './package/deb.mjs';
import { interpretersDepend } from './package/interpreter.mjs';
import { electronRuntime } from './package/runtime.mjs';
import { quickProgram } from './quick.mjs';
import { root, tool } from './tasks.mjs';

const say = (text) => console.error(`dist: ${text}`);
const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { to: { type: 'string' }, built: { type: 'boolean', default: false } },
});
const release = resolve(options.to ?? join(root, 'release'));
/** Electron's is where electron-builder.yml looks for it; another is beside what is made, where others are made as well. */
const stagedFor = (flavour) => join(flavour === 'electron' ? join(root, 'release') : release, 'linux-root');

/** The time of everything in a package: as given, else of the last commit, else of this version's description. */
function packageTime() {
  const given = Number(process.env.SOURCE_DATE_EPOCH || 'NaN');
  if (Number.isInteger(given) && given >= 0) return given;
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  return Number(stdout?.trim()) || Math.trunc(statSync(join(root, 'package.json')).mtimeMs / 1000);
}

function run(argv, env = {}, good = [0]) {
  const [program, ...args] = argv;
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error !== undefined) throw error;
  if (!good.includes(status)) process.exit(status ?? 1);
}

/** The tree that both flavours install. */
async function stageLinux(flavour, name, seconds) {
  const staged = stagedFor(flavour);
  rmSync(staged, { recursive: true, force: true });
  const list = await contents({ flavour, name, version: about.version, author: about.author, seconds });
  stage(staged, list, seconds);
  return list;
}

async function chromiumDeb(seconds) {
  const name = 'portcullis-chromium';
  const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch];
  if (architecture === undefined) throw new Error(`There is no package for ${process.arch}.`);
  const list = await stageLinux('chromium', name, seconds);
  const staged = stagedFor('chromium');
  const programs = [process.execPath, ...(existsSync(quickProgram) ? [quickProgram] : [])];
  const file = join(release, `${name}_${about.version}_${architecture}.deb`);
  makeDeb({
    folder: staged,
    list,
    scripts: join(root, 'packaging', 'linux'),
    seconds,
    file,
    control: {
      Package: name,
      Version: about.version,
      Architecture: architecture,
      Maintainer: about.author,
      Section: 'net',
      Priority: 'optional',
      Depends: [
        'chromium | google-chrome-stable | brave-browser | microsoft-edge-stable',
        'iproute2',
        ...interpretersDepend(programs),
      ].join(', '),
      Recommends: 'pkexec | policykit-1, ufw',
      Provides: 'portcullis',
      Conflicts: 'portcullis',
      Replaces: 'portcullis',
      Description: [
        'firewall advisor: keep ports closed unless you need them',
        'Shows which ports of this computer wait for others, who can really get',
        'through to each one and by which firewall rule. Closes a port through ufw,',
        'proves that it is closed, and can undo it. Nothing is sent anywhere.',
        '.',
        "This flavour shows its window in the system's Chromium and brings what it",
        'runs on.',
      ].join('\n '),
    },
  });
  rmSync(staged, { recursive: true });
  say(`made ${relative(process.cwd(), file)}`);
}

/** What electron-builder makes on this system: the rest needs tools that are not everywhere. */
function targets() {
  if (process.platform !== 'linux') return [];
  const hasRpm = spawnSync('rpmbuild', ['--version']).status === 0;
  if (!hasRpm) say('rpmbuild is not here, so no rpm is made.');
  return ['--linux', 'deb', ...(hasRpm ? ['rpm'] : []), 'AppImage'];
}

async function electronPackages(runtime, seconds) {
  if (process.platform === 'linux') await stageLinux('electron', about.name, seconds);
  // Its own name for the folder, so that nothing that the environment names can come in its place.
  const chosen = [
    ...targets(),
    '--publish',
    'never',
    `--config.directories.output=${release}`,
    `--config.electronDist=${runtime}`,
  ];
  run([process.execPath, ...tool('electron-builder', ...chosen)], {
    SOURCE_DATE_EPOCH: String(seconds),
    ELECTRON_OVERRIDE_DIST_PATH: '',
    CSC_IDENTITY_AUTO_DISCOVERY: 'false',
  });
}

async function main() {
  const runtime = wanted.includes('chromium') ? null : electronRuntime(join(root, 'node_modules', 'electron'));
  if (runtime === null && process.platform !== 'linux') {
    throw new Error(
      'Electron’s runtime is not here, and only Linux has a package without it. Fetch it: npx install-electron',
    );
  }
  if (runtime === null && spawnSync('dpkg-deb', ['--version']).error !== undefined) {
    throw new Error('dpkg-deb is not here, which makes the package (on Debian and Ubuntu it always is: dpkg).');
  }
  const build = join(root, 'scripts', 'build.mjs');
  if (!options.built) run([process.execPath, build]);
  // Where it cannot be made, the package is made without it, and everything runs on Node.
  if (process.platform === 'linux') run([process.execPath, build, 'quick'], {}, [0, 77]);
  mkdirSync(release, { recursive: true });
  const seconds = packageTime();
  if (runtime !== null) return electronPackages(runtime, seconds);
  if (!wanted.includes('chromium')) {
    say('Electron’s runtime is not here, so the package that uses the system’s Chromium is made.');
  }
  return chromiumDeb(seconds);
}

main().catch((error) => {
  say(error.message);
  process.exitCode = 1;
});
