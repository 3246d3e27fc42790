/**
 * Who may import whom. Reads every module of the rooms, finds what it imports (types too, unless a rule says otherwise),
 * and says which rule it breaks. The rules are data, below; each is tested with a module that breaks it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vite';

/** @typedef {{ from: string, to: string, types: boolean, lazy: boolean }} Import `to`: a path below the root, or a package */

const BUILTINS = new Set(builtinModules);

/** Every import of one module. `to` of a relative one is its path below `root`. */
export function importsOf(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const tree = parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts', sourceType: 'module' });
  /** @type {Import[]} */
  const found = [];
  const add = (source, types, lazy) => {
    if (typeof source !== 'string') throw new Error(`${file}: imports something that is not written out`);
    const to = source.startsWith('.')
      ? relative(root, resolve(root, dirname(file), source))
          .split(sep)
          .join('/')
      : packageOf(source);
    found.push({ from: file, to, types, lazy });
  };
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (node === null || typeof node !== 'object') return undefined;
    if (node.type === 'ImportDeclaration') {
      const all = node.specifiers.length > 0 && node.specifiers.every((one) => one.importKind === 'type');
      add(node.source.value, node.importKind === 'type' || all, false);
    } else if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') {
      const all = node.specifiers?.length > 0 && node.specifiers.every((one) => one.exportKind === 'type');
      if (node.source) add(node.source.value, node.exportKind === 'type' || all, false);
    } else if (node.type === 'ImportExpression') {
      add(node.source.value, false, true);
    } else if (node.type === 'TSImportType') {
      add((node.argument?.literal ?? node.argument ?? node.source)?.value, true, false);
    } else if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require') {
      add(node.arguments[0]?.value, false, true);
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'type') visit(value);
    return undefined;
  };
  visit(tree.body);
  return found;
}

const packageOf = (source) => {
  if (source.startsWith('node:')) return source;
  const name = source.split('/', source.startsWith('@') ? 2 : 1).join('/');
  return BUILTINS.has(name) ? `node:${source}` : name;
};

const inside =
  (...folders) =>
  (path) =>
    folders.some((folder) => path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`));
const core = inside('src/core');
const main = inside('src/main');
const renderer = inside('src/renderer');
const local = inside('src', 'test', 'scripts', 'package.json');
const node = (path) => path.startsWith('node:');

/** The layers of core, lowest first. A module imports its own layer and those below. */
const LAYERS = [
  [
    'model',
    'says',
    'told',
    'gaps',
    'address',
    'intervals',
    'transcripts',
    'per-snapshot',
    'problem',
    'visible',
    'shell-command',
    'snapshot',
  ],
  ['machine', 'listeners', 'services', 'catalog', 'firewalls', 'outside', 'reach', 'osquery'],
  ['hygiene'],
  ['advice'],
  ['facts'],
  ['intent', 'plan', 'problem-words', 'report', 'reports', 'redact', 'rulebook', 'live', 'fleet'],
];
const layerOf = (path) => {
  const part = path.replace('src/core/', '').split('/')[0].replace(/\.ts$/, '');
  return LAYERS.findIndex((layer) => layer.includes(part));
};

const backendOf = (path) => /^src\/core\/firewalls\/([^/]+)\//.exec(path)?.[1] ?? null;

/** One place that may name a thing, and nobody else. */
const only = (what, ...allowed) => ({
  name: `only ${allowed.join(', ')} imports ${what}`,
  breaks: ({ from, to }) => to === what && !inside(...allowed)(from),
});

/** Where a socket to somewhere could be opened. */
const NETWORK = [
  'node:net',
  'node:http',
  'node:https',
  'node:http2',
  'node:tls',
  'node:dgram',
  'node:dns',
  'node:dns/promises',
  'undici',
  'ws',
];

/** Makes reports in every language. */
const REPORT_MAKER = 'src/main/report-file.ts';

/** @type {{ name: string, breaks: (one: Import) => boolean }[]} */
export const RULES = [
  {
    name: 'core imports core, zod and ipaddr.js only',
    breaks: ({ from, to }) => core(from) && !core(to) && to !== 'zod' && to !== 'ipaddr.js',
  },
  {
    name: 'every module of core has its layer',
    breaks: ({ from }) => core(from) && from !== 'src/core/api.ts' && layerOf(from) === -1,
  },
  {
    name: `core's layers: ${LAYERS.map((layer) => layer.join(', ')).join(' -> ')}`,
    breaks: ({ from, to }) =>
      core(from) && core(to) && from !== 'src/core/api.ts' && (to === 'src/core/api.ts' || layerOf(to) > layerOf(from)),
  },
  {
    name: 'firewall backends never import each other; only registry.ts imports them',
    breaks: ({ from, to }) =>
      core(from) && backendOf(to) !== null && backendOf(from) !== backendOf(to) && !SHARED_BACKEND_PARTS(from, to),
  },
  {
    name: 'the renderer imports core and itself, never main and never Node',
    breaks: ({ from, to }) =>
      renderer(from) && (node(to) || to === 'electron' || (local(to) && !core(to) && !renderer(to))),
  },
  {
    name: 'the page names the contract by its types alone: schemas are for who is asked',
    breaks: ({ from, to, types }) => renderer(from) && to === 'src/core/api.ts' && !types,
  },
  {
    name: `nobody imports the renderer, but ${REPORT_MAKER} the words of a report, once one is made`,
    breaks: ({ from, to, lazy }) =>
      inside('src/core', 'src/main')(from) &&
      renderer(to) &&
      !(from === REPORT_MAKER && to === 'src/renderer/text/report/words.ts' && lazy),
  },
  {
    name: 'what is said holds nothing of the page: it is said in reports, too',
    breaks: ({ from, to, types }) =>
      inside('src/renderer/text')(from) &&
      !types &&
      !core(to) &&
      !inside('src/renderer/text', 'src/renderer/state/select.ts')(to),
  },
  {
    name: 'gather and apply import no advisor and no face; gather imports no apply',
    breaks: ({ from, to }) =>
      (inside('src/main/gather', 'src/main/apply')(from) &&
        main(to) &&
        !inside('src/main/gather', 'src/main/apply', 'src/main/files.ts')(to)) ||
      (inside('src/main/gather')(from) && inside('src/main/apply')(to)),
  },
  {
    name: 'faces reach the machine through the advisor',
    breaks: ({ from, to }) =>
      inside('src/main/faces')(from) && inside('src/main/gather', 'src/main/apply', 'src/main/machine.ts')(to),
  },
  {
    name: 'nobody but faces imports a face; a face imports another only when it is used',
    breaks: ({ from, to, lazy }) => {
      const face = (path) => /^src\/main\/faces\/([^/]+)\//.exec(path)?.[1] ?? null;
      if (face(to) === null) return false;
      return !inside('src/main/faces')(from) || (face(from) !== face(to) && !lazy);
    },
  },
  only('electron', 'src/main/faces/electron'),
  only('sudo-prompt', 'src/main/apply/elevate.ts'),
  only('src/main/faces/terminal-problem.ts', 'src/main/faces/cli', 'src/main/faces/pipe'),
  only('node-netstat', 'src/main/gather/netstat.ts'),
  {
    name: 'programs are started by gather, apply, the collector, and the faces that open a window',
    breaks: ({ from, to }) =>
      main(from) &&
      to === 'node:child_process' &&
      !inside(
        'src/main/gather',
        'src/main/apply',
        'src/main/collector',
        'src/main/faces/pipe',
        'src/main/faces/cli/window.ts',
      )(from),
  },
  {
    name: 'nothing opens a network connection',
    breaks: ({ from, to }) => inside('src')(from) && NETWORK.includes(to),
  },
];

/** The reach engine and the hygiene of rules read netfilter's chains: their model is shared, their parsers are not. */
function SHARED_BACKEND_PARTS(from, to) {
  if (from === 'src/core/firewalls/registry.ts') return true;
  // A front end names the kernel rules that it made, so it may know their form.
  if (to === 'src/core/firewalls/netfilter/model.ts' && core(from)) return true;
  return (
    to.startsWith('src/core/firewalls/netfilter/') &&
    (inside('src/core/reach', 'src/core/hygiene')(from) || from === 'src/core/facts.ts')
  );
}

/** What `scan` loads before it can start, and what must not be there: each costs milliseconds at every start. */
const START = ['src/main/faces/cli/index.ts', 'src/main/faces/cli/run.ts'];
const HEAVY = (path) =>
  ['zod', 'src/core/api.ts', 'src/core/snapshot.ts', 'sudo-prompt', 'node-netstat'].includes(path) ||
  inside('src/core/plan', 'src/main/apply', 'src/main/faces/pipe', 'src/main/faces/electron')(path);

/** The first heavy module on the way from the terminal's start, with the way to it; null where there is none. */
export function heavyStart(imports, start = START) {
  const seen = new Map(start.map((path) => [path, null]));
  for (const path of seen.keys()) {
    for (const { from, to, types, lazy } of imports) {
      if (from !== path || types || lazy || seen.has(to)) continue;
      seen.set(to, path);
      if (!HEAVY(to)) continue;
      const way = [to];
      for (let at = path; at !== null; at = seen.get(at)) way.unshift(at);
      return way;
    }
  }
  return null;
}

/** Every module below `src`, as paths below `root`. */
export function modulesOf(root, folder = 'src') {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return modulesOf(root, path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

/** @returns how many modules were read, and a line for each rule that is broken */
export function checkImports(root) {
  const modules = modulesOf(root);
  const imports = modules.flatMap((file) => importsOf(root, file));
  const problems = imports.flatMap((one) =>
    RULES.filter((rule) => rule.breaks(one)).map((rule) => `${one.from} imports ${one.to}: ${rule.name}`),
  );
  for (const { from, to } of imports) {
    if (local(to) && !existsSync(join(root, to))) problems.push(`${from} imports ${to}, which is not there`);
  }
  const heavy = heavyStart(imports);
  if (heavy !== null) problems.push(`a scan loads ${heavy.at(-1)} at its start: ${heavy.join(' -> ')}`);
  return { modules: modules.length, imports: imports.length, problems };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const { modules, imports, problems } = checkImports(root);
  for (const problem of problems) console.error(problem);
  console.log(`import rules: ${modules} modules, ${imports} imports, ${problems.length} broken`);
  process.exitCode = problems.length > 0 || modules === 0 ? 1 : 0;
}
