/** The launcher that packages install as `/usr/bin/portcullis`, for what lies elsewhere: tests, and what is measured. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tasks.mjs';

const INSTALLED = {
  quick: '/usr/lib/portcullis/quick',
  node: '/usr/lib/portcullis/node',
  app: '/usr/lib/portcullis/app',
  processor: '/sys/devices/system/cpu/modalias',
};

/** Its text, with other places in place of those that a package installs. No place may hold what a shell would read. */
export function launcherFor(places) {
  let text = readFileSync(join(root, 'packaging', 'linux', 'portcullis'), 'utf8');
  for (const [name, place] of Object.entries(places)) {
    if (!/^[\w./+-]+$/.test(place)) throw new Error(`not a plain path: ${place}`);
    if (!text.includes(INSTALLED[name])) throw new Error(`the launcher does not name ${INSTALLED[name]}`);
    text = text.replaceAll(INSTALLED[name], place);
  }
  return text;
}
