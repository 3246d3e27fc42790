/** What is installed on Linux: one list for every package. `flavour`: `electron` or `chromium`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runnerImport } from 'vite';
import { bunVersion, quickProgram } from '../quick.mjs';
import { root } from '../tasks.mjs';
import { policy } from './policy.mjs';

const given = (name) => join(root, 'packaging', 'linux', name);
const text = (path) => readFileSync(path, 'utf8');
const zipped = (content) => gzipSync(content, { level: 9 });

/** Files below a folder, by their path in it. */
const below = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.cache') && !entry.name.endsWith('.map'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** What systemd starts; the maintainer scripts enable whatever is there. */
const UNITS = join(root, 'assets', 'linux');
const units = () => (existsSync(UNITS) ? readdirSync(UNITS).filter((name) => name.endsWith('.service')) : []);

/** The text of Node's licence, which must go wherever its program goes. */
function nodeLicence() {
  const prefix = dirname(dirname(process.execPath));
  for (const place of ['LICENSE', 'share/doc/nodejs/LICENSE', 'share/doc/node/LICENSE']) {
    try {
      return text(join(prefix, place));
    } catch {
      // The next place.
    }
  }
  throw new Error(`Node’s licence was not found below ${prefix}, and its program may not be passed on without it.`);
}

/** What is said of Bun, whose package on npm holds no text of its own. */
const bunLicence = () => text(given('bun-licence')).replaceAll('@BUN@', bunVersion()).trim();

/** @param {boolean} quick the quick program is in it */
const copyright = (quick) =>
  [
    'Portcullis',
    '',
    text(join(root, 'LICENSE')).trim(),
    '',
    'It holds parts of these works, each under its own licence:',
    '',
    ...['cli', 'helper', 'renderer'].map((name) => text(join(root, 'out', name, 'licences.md')).trim()),
    '',
    'Node.js (/usr/lib/portcullis/node), unchanged, under this licence:',
    '',
    nodeLicence().trim(),
    '',
    ...(quick ? [bunLicence(), ''] : []),
  ].join('\n');

const debianChangelog = ({ name, version, author, seconds }) =>
  `${name} (${version}) unstable; urgency=medium\n\n  * See CHANGELOG.md beside this file.\n\n -- ${author}  ${new Date(
    seconds * 1000,
  )
    .toUTCString()
    .replace('GMT', '+0000')}\n`;

/**
 * @returns {Promise<readonly { to: string, mode: number, from?: string, content?: string | Buffer }[]>} `to` without `/`
 */
export async function contents({ flavour, name, version, author, seconds }) {
  const date = new Date(seconds * 1000).toISOString().slice(0, 10);
  const load = async (path) => (await runnerImport(join(root, path), { root, configFile: false })).module;
  const { manual } = await load('src/main/faces/cli/man.ts');
  const { VERBS } = await load('src/main/apply/protocol.ts');
  const lib = 'usr/lib/portcullis';
  const doc = `usr/share/doc/${name}`;
  const file = (to, from, mode = 0o644) => ({ to, from, mode });
  const made = (to, content, mode = 0o644) => ({ to, content, mode });
  const tree = (to, folder) => below(folder).map((path) => file(`${to}/${path}`, join(folder, path)));
  const licences = (entry) => !entry.to.endsWith('/licences.md');
  // What is not there is done by Node.
  const quick = existsSync(quickProgram);
  // electron-builder brings its own window, desktop entry and icons.
  const window = [
    ...tree(`${lib}/app/out/renderer`, join(root, 'out', 'renderer')).filter(licences),
    file('usr/share/applications/portcullis.desktop', given('portcullis.desktop')),
    file('usr/share/icons/hicolor/scalable/apps/portcullis.svg', join(root, 'assets/icon.svg')),
    ...readdirSync(join(root, 'assets/icons'))
      .filter((icon) => icon !== '1024x1024.png')
      .map((icon) =>
        file(`usr/share/icons/hicolor/${icon.slice(0, -4)}/apps/portcullis.png`, join(root, 'assets/icons', icon)),
      ),
  ];
  return [
    file('usr/bin/portcullis', given('portcullis'), 0o755),
    file(`${lib}/helper`, given('helper'), 0o755),
    file(`${lib}/helper.cjs`, join(root, 'out/helper/helper.cjs')),
    file(`${lib}/removal.cjs`, join(root, 'out/removal/removal.cjs')),
    file(`${lib}/node`, process.execPath, 0o755),
    ...(quick ? [file(`${lib}/quick`, quickProgram, 0o755)] : []),
    // Started by the program in /usr/bin with the interpreter beside it, never by a name on the path.
    made(`${lib}/app/bin/portcullis.cjs`, text(join(root, 'bin/portcullis.cjs')).replace(/^#!.*\n/, '')),
    ...tree(`${lib}/app/out/cli`, join(root, 'out', 'cli')).filter(licences),
    ...tree(`${lib}/app/out/collector`, join(root, 'out', 'collector')).filter(licences),
    ...tree(`${lib}/app/out/fleet`, join(root, 'out', 'fleet')).filter(licences),
    ...units().map((unit) => file(`usr/lib/systemd/system/${unit}`, join(UNITS, unit))),
    file('usr/lib/systemd/system/nftables.service.d/portcullis.conf', join(UNITS, 'nftables-portcullis.conf')),
    ...(flavour === 'chromium' ? window : []),
    made('usr/share/polkit-1/actions/org.portcullis.policy', policy(VERBS)),
    made('usr/share/man/man1/portcullis.1.gz', zipped(manual(date))),
    made(
      'usr/share/metainfo/org.portcullis.Portcullis.metainfo.xml',
      text(given('org.portcullis.Portcullis.metainfo.xml')).replace('@VERSION@', version).replace('@DATE@', date),
    ),
    made(`${doc}/copyright`, copyright(quick)),
    made(`${doc}/changelog.gz`, zipped(debianChangelog({ name, version, author, seconds }))),
    made(`${doc}/CHANGELOG.md.gz`, zipped(readFileSync(join(root, 'CHANGELOG.md')))),
    made(
      `usr/share/lintian/overrides/${name}`,
      ['lintian-overrides', ...(quick ? ['lintian-overrides-quick'] : [])]
        .map((part) => text(given(part)).replaceAll('@NAME@', name))
        .join(''),
    ),
  ];
}
