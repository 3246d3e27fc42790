/** The languages whose texts are longer than the English ones: German, and one that nobody speaks. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRenderer } from '../../scripts/renderer.mjs';
import { de } from '../../src/renderer/text/de/index.ts';
import { en, type Words } from '../../src/renderer/text/en/index.ts';
import { pseudo } from '../renderer/pseudo.ts';

interface Tongue {
  readonly name: string;
  readonly words: Words;
  /** The folder of a page that speaks it in the place of German; null: the usual page does. */
  readonly build: (() => Promise<string>) | null;
}

const PSEUDO = fileURLToPath(new URL('../renderer/pseudo.ts', import.meta.url));

/** The page with another catalogue in the place of the German one: the product has no door for that. */
async function buildPseudo(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-pseudo-'));
  let exchanged = false;
  await buildRenderer(folder, [
    {
      name: 'pseudo',
      enforce: 'pre',
      load: (id) => {
        if (!id.endsWith('/text/de/index.ts')) return null;
        exchanged = true;
        return `import { en } from '../en/index.ts'; import { pseudo } from ${JSON.stringify(PSEUDO)}; export const de = pseudo(en);`;
      },
    },
  ]);
  if (!exchanged) throw new Error('the German catalogue is not where it was: the page would speak German');
  return folder;
}

export const tongues: readonly Tongue[] = [
  { name: 'German', words: de, build: null },
  { name: 'pseudo', words: pseudo(en), build: buildPseudo },
];
