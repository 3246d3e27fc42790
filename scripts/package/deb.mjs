/** A Debian package from a staged tree, by dpkg-deb alone. The same tree gives the same bytes. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Put the files of the list below `folder`, all with one time and their own mode. */
export function stage(folder, list, seconds) {
  for (const { to, from, content, mode } of list) {
    const place = join(folder, to);
    mkdirSync(dirname(place), { recursive: true });
    if (from === undefined) writeFileSync(place, content);
    else copyFileSync(from, place);
    chmodSync(place, mode);
  }
  settle(folder, seconds);
}

/** One time for everything, and folders that only their owner may write. */
function settle(folder, seconds) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) settle(path, seconds);
    else utimesSync(path, seconds, seconds);
  }
  chmodSync(folder, 0o755);
  utimesSync(folder, seconds, seconds);
}

const SCRIPTS = ['postinst', 'prerm', 'postrm'];

/**
 * @param {{ folder: string, list: readonly { to: string }[], control: Record<string, string>, scripts: string,
 *   seconds: number, file: string }} what `scripts`: the folder of the maintainer scripts
 */
export function makeDeb({ folder, list, control, scripts, seconds, file }) {
  const about = join(folder, 'DEBIAN');
  mkdirSync(about);
  const paths = list.map(({ to }) => to).sort();
  const sums = paths.map((path) => {
    const sum = createHash('md5')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
    return `${sum}  ${path}\n`;
  });
  const kilobytes = paths.reduce((sum, path) => sum + Math.ceil(statSync(join(folder, path)).size / 1024), 0);
  const fields = { ...control, 'Installed-Size': String(kilobytes) };
  // The description has further lines, and comes last.
  const { Description: description, ...others } = fields;
  const lines = [...Object.entries(others), ['Description', description]].map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(join(about, 'control'), lines.join(''));
  writeFileSync(join(about, 'md5sums'), sums.join(''));
  for (const name of SCRIPTS) {
    copyFileSync(join(scripts, name), join(about, name));
    chmodSync(join(about, name), 0o755);
  }
  for (const name of ['control', 'md5sums']) chmodSync(join(about, name), 0o644);
  settle(folder, seconds);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--threads-max=1', '--build', folder, file], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(seconds) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
