/** Exported files: as the goldens say, and harmless whatever a program is called. Write the goldens anew: UPDATE_GOLDENS=1. */
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { Language, type Node, Parser } from 'web-tree-sitter';
import type { ExportItem } from '../../../src/core/firewalls/export.ts';
import { exportUfw } from '../../../src/core/firewalls/ufw/script.ts';
import { exportWindows } from '../../../src/core/firewalls/windows/script.ts';
import { quote } from '../../../src/core/firewalls/windows/quote.ts';

const from = { host: 'laptop', takenAt: '2026-11-20T18:00:00Z' };
const items: readonly ExportItem[] = [
  {
    target: { protocol: 'tcp', port: 3000 },
    name: 'Development web server',
    why: 'Anyone on this network can connect to this.',
  },
  { target: { protocol: 'udp', port: 5353 }, name: 'O’Brien’s "thing"', why: null },
];

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    "'; Remove-Item C:\\ -Recurse; '",
    '\u2019; calc.exe; \u2018',
    '$(calc)',
    '`ncalc',
    '\nrm -rf /\n',
    '\r\nexit\r\n',
    '\'"`$(reboot)',
    '#>',
    '\u2028rm',
    '\u202egnp',
    '@(1)|iex',
  ),
);
const hostileItems: fc.Arbitrary<readonly ExportItem[]> = fc.array(
  fc.record({
    target: fc.record({
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      port: fc.integer({ min: 1, max: 65535 }),
    }),
    name: fc.option(hostile),
    why: fc.option(hostile),
  }),
  { minLength: 1, maxLength: 4 },
);

function golden(name: string, content: string): void {
  const path = fileURLToPath(new URL(`goldens/${name}`, import.meta.url));
  if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(path, content);
  expect(content).toBe(readFileSync(path, 'utf8'));
}

describe('goldens', () => {
  for (const [format, file] of [
    ['ufw', exportUfw(items, from)],
    ['windows', exportWindows(items, from)],
  ] as const) {
    test(format, () => golden(file.filename, file.content));
    test(`${format}, undo`, () => golden(file.undoFilename, file.undoContent));
  }
});

describe('ufw script', () => {
  test('whatever a program is called, only comments differ', () => {
    const code = (content: string) => content.split('\n').filter((line) => !line.startsWith('#'));
    fc.assert(
      fc.property(hostileItems, hostile, (some, host) => {
        const plain = some.map(({ target }) => ({ target, name: null, why: null }));
        const file = exportUfw(some, { ...from, host });
        const bare = exportUfw(plain, from);
        expect(code(file.content)).toEqual(code(bare.content));
        expect(code(file.undoContent)).toEqual(code(bare.undoContent));
      }),
    );
  });
});

describe('PowerShell script', () => {
  const parser: { now: Parser | null } = { now: null };
  beforeAll(async () => {
    await Parser.init();
    const require = createRequire(import.meta.url);
    const language = await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'));
    parser.now = new Parser();
    parser.now.setLanguage(language);
  });

  function parse(content: string): Node {
    const tree = parser.now?.parse(content.replace('\ufeff', ''));
    if (tree == null) throw new Error('not parsed');
    return tree.rootNode;
  }

  const commands = (root: Node): readonly string[] =>
    root.descendantsOfType('command_name').flatMap((node) => (node === null ? [] : [node.text]));

  const ALLOWED = [
    'Get-NetFirewallRule',
    'Get-NetFirewallPortFilter',
    'Get-NetFirewallAddressFilter',
    'Remove-NetFirewallRule',
    'New-NetFirewallRule',
    'Write-Output',
    'Out-Null',
  ];

  test('parses, with the allowed commands alone and exactly as many as there must be', () => {
    fc.assert(
      fc.property(hostileItems, (some) => {
        const file = exportWindows(some, from);
        for (const content of [file.content, file.undoContent]) expect(parse(content).hasError).toBe(false);
        const used = commands(parse(file.content));
        expect(used.filter((name) => !ALLOWED.includes(name))).toEqual([]);
        const count = (name: string) => used.filter((one) => one === name).length;
        expect(count('New-NetFirewallRule')).toBe(some.length + 1);
        expect(count('Get-NetFirewallRule')).toBe(2 * some.length + 1);
        expect(count('Remove-NetFirewallRule')).toBe(some.length + 1);
        expect(new Set(commands(parse(file.undoContent)))).toEqual(
          new Set(['Get-NetFirewallRule', 'Remove-NetFirewallRule']),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('what fails leaves the rule that was there: it is kept before it goes, and made again after the new one went', () => {
    const { content } = exportWindows(items, from);
    for (const [kept, removed, made] of [...content.matchAll(/\$replaced \+= @\{[^]*?New-NetFirewallRule @rule/g)].map(
      ([text]) => ['$replaced +=', 'Remove-NetFirewallRule', 'New-NetFirewallRule'].map((word) => text.indexOf(word)),
    )) {
      expect(kept).toBeLessThan(removed ?? 0);
      expect(removed).toBeLessThan(made ?? 0);
    }
    const failing = content.slice(content.indexOf('catch {'));
    expect(failing.indexOf('Remove-NetFirewallRule')).toBeLessThan(
      failing.indexOf('foreach ($rule in $replaced) { New-NetFirewallRule @rule'),
    );
  });

  test('begins with the byte order mark that Windows PowerShell 5.1 needs', () => {
    expect(exportWindows(items, from).content.startsWith('\ufeff# ')).toBe(true);
  });

  test('a name cannot be a wildcard, and every rule carries the group', () => {
    const { content } = exportWindows(items, from);
    for (const [, name] of content.matchAll(/ Name = '([^']*)'/g)) expect(name).toMatch(/^[A-Za-z0-9-]+$/);
    expect(content.match(/Group = 'Portcullis'/g)).toHaveLength(2 * items.length);
  });

  test('quoting: every kind of quote is doubled, nothing ends the string or the line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const quoted = quote(text);
        const inner = quoted.slice(1, -1);
        expect(inner.replaceAll(/''|\u2018\u2018|\u2019\u2019|\u201a\u201a|\u201b\u201b/g, '')).not.toMatch(
          /['\u2018\u2019\u201a\u201b]/,
        );
        expect(quoted).not.toMatch(/[\p{Cc}\u2028\u2029|]/u);
      }),
    );
  });
});
