/** Every format: only comments tell what programs are called, whatever that is; the same intent gives the same file. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXPORT_FORMATS } from '../../../src/core/firewalls/formats.ts';
import type { Intent } from '../../../src/core/firewalls/export.ts';
import { writeIntent } from '../../../src/core/intent/formats/index.ts';
import { ufwBlock } from '../../../src/core/intent/formats/ufw.ts';
import { DISCOVERY_CLOSED, plainNetworks } from '../../../src/core/intent/parts.ts';
import type { ExportFormat } from '../../../src/core/model.ts';
import { share } from '../../share.ts';
import { hostileText, intents } from './intents.ts';

const RUNS = { numRuns: share(100) };

/** Writers that know of single ports alone have tests of their own. */
type Single = 'windows' | 'netsh' | 'pf' | 'alf';

/** How a comment of a whole line begins; a format without comments has none. */
const COMMENT: Readonly<Record<Exclude<ExportFormat, Single | 'intent'>, RegExp>> = {
  ufw: /^#/,
  firewalld: /^#/,
  iptables: /^#/,
  nftables: /^#/,
  ansible: /^#/,
  'firewalld-xml': /^( {2})?#/,
};
const OURS = Object.keys(COMMENT) as (keyof typeof COMMENT)[];

/** The same with no word of anybody's in it. */
const bare = (intent: Intent): Intent => ({
  ...intent,
  host: null,
  madeAt: '2026-11-20T18:00:00Z',
  close: intent.close.map((one) => ({ ...one, name: null, why: null })),
  keep: intent.keep.map((one) => ({ ...one, name: null })),
});

const code = (format: keyof typeof COMMENT, content: string): readonly string[] =>
  content.split('\n').filter((line) => !COMMENT[format].test(line));

describe.each(OURS)('%s', (format) => {
  test('whatever a program, a reason or a machine is called, only comments differ', () => {
    fc.assert(
      fc.property(intents(hostileText), (intent) => {
        const file = writeIntent(format, intent);
        const plain = writeIntent(format, bare(intent));
        expect(code(format, file.content)).toEqual(code(format, plain.content));
        expect(code(format, file.undoContent)).toEqual(code(format, plain.undoContent));
        expect(file.notExpressed).toEqual(plain.notExpressed);
      }),
      RUNS,
    );
  });

  test('no sign that ends a line, hides text, or is none of the format is left', () => {
    fc.assert(
      fc.property(intents(hostileText), (intent) => {
        const { content, undoContent } = writeIntent(format, intent);
        for (const text of [content, undoContent]) {
          expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffe\uffff]/u);
          expect(text.endsWith('\n')).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('no line of a comment is longer than linters take', () => {
    fc.assert(
      fc.property(intents(hostileText), (intent) => {
        const lines = writeIntent(format, intent).content.split('\n');
        if (format !== 'ufw')
          for (const line of lines.filter((one) => COMMENT[format].test(one))) expect(line.length).toBeLessThan(140);
      }),
      RUNS,
    );
  });

  test('says what it could not express in the file, too', () => {
    fc.assert(
      fc.property(intents(fc.constant('x')), (intent) => {
        const { content, notExpressed } = writeIntent(format, intent);
        expect(notExpressed.length).toBeGreaterThan(0);
        const words = (text: string): string => text.replaceAll(/[\s#-]+/g, ' ');
        for (const line of notExpressed) expect(words(content)).toContain(words(line));
      }),
      RUNS,
    );
  });
});

test.each(OURS)(
  '%s: where all the rest is closed, so are answers to what was asked of a whole network, and that is said',
  (format) => {
    const told = (rest: Intent['rest']) =>
      writeIntent(format, { schema: 1, madeAt: '2026-11-20T18:00:00Z', host: null, close: [], keep: [], rest })
        .notExpressed;
    const said = format === 'ufw' ? 'Answers to a search by SSDP' : DISCOVERY_CLOSED;
    expect(told('close').some((line) => line.includes(said))).toBe(true);
    expect(told('leave').some((line) => line.includes(said))).toBe(false);
  },
);

test('what enabling nftables’ own service would take away is said', () => {
  for (const format of ['nftables', 'ansible'] as const)
    expect(
      writeIntent(format, { schema: 1, madeAt: '', host: null, close: [], keep: [], rest: 'leave' }).content,
    ).toMatch(/to start or reload .*"flush\s/is);
});

describe('the policy of firewalld', () => {
  test('a comment of XML holds no two hyphens after each other and ends in none', () => {
    fc.assert(
      fc.property(intents(hostileText), (intent) => {
        const { content } = writeIntent('firewalld-xml', intent);
        const [, comment = '', after = ''] = /^<\?xml [^\n]*\n<!--\n([^]*?)-->\n([^]*)$/.exec(content) ?? [];
        expect(comment).not.toBe('');
        expect(comment).not.toContain('--');
        expect(comment.replace(/\n$/, '')).not.toMatch(/-$/);
        expect(after.startsWith('<policy ')).toBe(true);
        expect(comment).toContain('two hyphens');
        expect(after).not.toContain('<!--');
      }),
      RUNS,
    );
  });
});

describe('the playbook', () => {
  test('every brace of Jinja outside comments is one of the playbook’s own', () => {
    const braces = (text: string): readonly string[] => text.match(/\{\{.*?\}\}|\{%|\{#/gs) ?? [];
    const own = new Set(
      (['leave', 'close'] as const).flatMap((rest) => {
        const empty: Intent = { schema: 1, madeAt: '', host: null, close: [], keep: [], rest };
        const file = writeIntent('ansible', empty);
        return [...braces(file.content), ...braces(file.undoContent)];
      }),
    );
    fc.assert(
      fc.property(intents(hostileText), (intent) => {
        const { content, undoContent } = writeIntent('ansible', intent);
        for (const text of [content, undoContent]) {
          expect(braces(code('ansible', text).join('\n')).filter((one) => !own.has(one))).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('every port that is closed, and every that is kept, has its rule in each of the four firewalls', () => {
    const intent: Intent = {
      schema: 1,
      madeAt: '2026-11-20T18:00:00Z',
      host: null,
      close: [{ protocol: 'tcp', port: 3000, for: 'everyone', name: null, why: null }],
      keep: [],
      rest: 'leave',
    };
    const { content } = writeIntent('ansible', intent);
    expect(content).toContain("{ rule: deny, from: '0.0.0.0/1', proto: tcp, port: '3000' }");
    expect(content).toContain("{ rule: deny, from: '8000::/1', proto: tcp, port: '3000' }");
    expect(content).toContain('\'rule priority="-32760" port port="3000" protocol="tcp" drop\'');
    expect(content).toContain('tcp dport 3000 drop');
    expect(content).toContain("protocol: tcp, ports: '3000' }");
  });
});

describe('the playbook and the way on which it came', () => {
  const empty: Intent = { schema: 1, madeAt: '', host: null, close: [], keep: [], rest: 'close' };
  test('asks first whether the port of the connection stays open', () => {
    const { content } = writeIntent('ansible', { ...empty, keep: [{ protocol: 'tcp', port: 22, name: null }] });
    expect(content).toMatch(/or ansible_port \| default\(.*\) \| int\n +in \[22\]\n/);
    const named: Intent = {
      ...empty,
      rest: 'leave',
      close: [{ protocol: 'tcp', port: 22, for: 'everyone', name: null, why: null }],
    };
    expect(writeIntent('ansible', named).content).toMatch(/int\n +not in \[22\]\n/);
    expect(content.indexOf('portcullis_lock_out | default')).toBeLessThan(content.indexOf('Close with ufw'));
  });

  test('what lets in is put before what closes, and taken away after it', () => {
    const { content, undoContent } = writeIntent('ansible', {
      ...empty,
      keep: [{ protocol: 'tcp', port: 22, name: null }],
    });
    expect(content.indexOf("rule: allow, from: '0.")).toBeLessThan(content.indexOf("rule: deny, from: '0."));
    expect(undoContent).toContain('(portcullis_ufw_rules4 + portcullis_ufw_rules6) | reverse');
    expect(undoContent).toContain('product(portcullis_rich_rules | reverse)');
    expect(content).toContain('when: portcullis_ipv6.rc == 0');
    expect(content).not.toContain('/var/lib/portcullis-export/');
  });
});

describe('rules of ufw', () => {
  test('none is one that somebody else would write: from one address to everywhere, or for a whole network', () => {
    const address = fc.tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 8, max: 32 }));
    const address6 = fc.tuple(fc.nat(0xffff), fc.integer({ min: 16, max: 128 }));
    fc.assert(
      fc.property(fc.array(fc.oneof(address, address6), { minLength: 1, maxLength: 4 }), (some) => {
        const networks = some.map((one) =>
          one.length === 3 ? `10.${one[0]}.${one[1]}.7/${one[2]}` : `2001:db8::${one[0].toString(16)}/${one[1]}`,
        );
        const whom = { allBut: 'this-network', networks } as const;
        const lines = ufwBlock({
          schema: 1,
          madeAt: '',
          host: null,
          close: [{ protocol: 'tcp', port: 3000, for: whom, name: null, why: null }],
          keep: [],
          rest: 'leave',
        });
        expect(lines.length).toBeGreaterThan(4);
        for (const { from, to } of lines) expect(from.includes('/') || to !== null).toBe(true);
        const theirs = lines.filter(({ from, to }) => to === null && plainNetworks(networks).includes(from));
        expect(theirs).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe('Windows in the playbook', () => {
  test('the rest is every port but what is kept and what DHCP needs', () => {
    const intent: Intent = {
      schema: 1,
      madeAt: '2026-11-20T18:00:00Z',
      host: null,
      close: [],
      keep: [
        { protocol: 'tcp', port: 1, name: null },
        { protocol: 'tcp', port: 3, name: null },
        { protocol: 'tcp', port: 65_535, name: null },
      ],
      rest: 'close',
    };
    const { content } = writeIntent('ansible', intent);
    expect(content).toContain("protocol: tcp, ports: '2,4-65534' }");
    expect(content).toContain("protocol: udp, ports: '1-67,69-545,547-65535' }");
  });
});

describe.each(['windows', 'netsh', 'pf', 'alf'] as const)('%s', (format) => {
  const intent = (close: readonly { readonly allBut: boolean }[]): Intent => ({
    schema: 1,
    madeAt: '2026-11-20T18:00:00Z',
    host: null,
    close: close.map(({ allBut }, at) => ({
      protocol: 'tcp',
      port: 3000 + at,
      for: allBut ? { allBut: 'this-network', networks: ['192.168.77.0/24'] } : 'everyone',
      name: null,
      why: null,
      programs: ['/usr/local/bin/node'],
    })),
    keep: [],
    rest: 'close',
  });

  test('says at its head what it leaves out', () => {
    const { content, undoContent, notExpressed } = writeIntent(format, intent([{ allBut: true }, { allBut: false }]));
    // A batch file keeps only some signs.
    const words = (text: string): string => text.replaceAll(/[^A-Za-z0-9]+/g, ' ');
    const head = content.split(/\r?\n/).filter((line) => /^(\ufeff?#|rem -)/.test(line));
    expect(notExpressed[0]).toBe('Nobody is left out: closed to everybody is 3000/tcp.');
    expect(notExpressed[1]).toContain('Only the ports that are named are closed');
    for (const line of notExpressed) expect(words(head.join('\n'))).toContain(words(line).trimEnd());
    expect(undoContent).not.toContain('Not expressed');
  });

  test('closes ports one by one, so that without one there is no file that would say it had done something', () => {
    expect(() => writeIntent(format, intent([]))).toThrow('nothing-to-export');
  });
});

test('every format is offered once, and writes its own', () => {
  const close = { protocol: 'tcp', port: 3000, for: 'everyone', name: null, why: null, programs: ['/bin/x'] } as const;
  const intent: Intent = {
    schema: 1,
    madeAt: '2026-11-20T18:00:00Z',
    host: null,
    close: [close],
    keep: [],
    rest: 'close',
  };
  expect(new Set(EXPORT_FORMATS).size).toBe(EXPORT_FORMATS.length);
  for (const format of EXPORT_FORMATS) expect(writeIntent(format, intent).format).toBe(format);
  const names = EXPORT_FORMATS.map((format) => writeIntent(format, intent).filename);
  expect(new Set(names).size).toBe(names.length);
});
