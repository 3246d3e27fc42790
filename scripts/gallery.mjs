/**
 * `npm run gallery`: a picture of every view and state, and one page that shows them all. For development; no package has it.
 *
 *   --only TEXT        views and states whose name, view or state holds it
 *   --theme NAME       light or dark       --width N      640, 1000, 1600 or any other
 *   --language NAME    English, German or pseudo
 *
 * Each may be given several times; without it, all are taken.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { takePictures } from './pictures.mjs';
import { root } from './tasks.mjs';

const several = { type: 'string', multiple: true };
const wanted = (() => {
  try {
    return parseArgs({ options: { only: several, theme: several, width: several, language: several } }).values;
  } catch (error) {
    console.error(`gallery: ${error.message}`);
    process.exit(2);
  }
})();
const folder = join(root, 'test-results', 'gallery');
// A picture of an earlier run would pass for one of this.
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const ok = await takePictures('gallery', { env: { GALLERY: JSON.stringify(wanted) } });
const index = join(folder, 'index.html');
console.log(existsSync(index) ? `gallery: ${index}` : 'gallery: it did not come to its page; what is above says why');
process.exitCode = ok ? 0 : 1;
