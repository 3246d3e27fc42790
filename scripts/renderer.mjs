/** How the window's page is built; the tests build it once more in a language that nobody speaks. */
import { resolve } from 'node:path';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');

/** What each bundle holds of others, with their licences: a package must say so. */
export const license = { fileName: 'licences.md' };

export const buildRenderer = (outDir, more = []) =>
  build({
    root: resolve(root, 'src/renderer'),
    configFile: false,
    logLevel: 'warn',
    plugins: [...more, react(), tailwind()],
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome138',
      modulePreload: false,
      license,
      // Fonts and pictures stay files: the page's policy allows them from its own origin only.
      assetsInlineLimit: 0,
      // It lies on the disk beside the program; nothing is fetched over a network.
      chunkSizeWarningLimit: 1000,
      reportCompressedSize: false,
      // The names of all ports are one long text: it must not be there twice.
      rolldownOptions: {
        optimization: { inlineConst: false },
        // What the first view needs comes as one file: each costs a question to the program beside the browser.
        output: { codeSplitting: { groups: [{ name: 'first', test: /[/\\\\]renderer[/\\\\]main\.tsx$/ }] } },
      },
    },
  });
