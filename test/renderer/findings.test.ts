/** Every finding is told in German as well: whole, and with the same ports, commands and names in it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandsOf } from '../../src/core/advice/commands.ts';
import { type AdviceFacts, advise } from '../../src/core/advice/index.ts';
import { inPieces } from '../../src/core/advice/pieces.ts';
import type { Tunnel } from '../../src/core/catalog/index.ts';
import { ruleDoubt } from '../../src/core/gaps/index.ts';
import type { Finding } from '../../src/core/model.ts';
import type { Says } from '../../src/core/says.ts';
import { visible } from '../../src/core/visible.ts';
import { de } from '../../src/renderer/text/de/index.ts';
import { en } from '../../src/renderer/text/en/index.ts';
import { fetchWords, speak } from '../../src/renderer/text/words.ts';
import { decided, facts, forward, listener, unknown, way } from '../core/advice/build.ts';
import * as reports from '../e2e/fixtures/reports.ts';
import { findings, type Found } from './findings.ts';
import { pseudo } from './pseudo.ts';

await fetchWords('de');

beforeEach(() => speak('de'));
afterEach(() => speak('en'));

const KINDS = {
  exposed: true,
  'leads-on': true,
  'own-address': true,
  'firewall-off': true,
  'firewall-absent': true,
  'firewall-allows': true,
  'two-firewalls': true,
  'firewalld-panic': true,
  'firewalld-restart': true,
  'firewalld-wide': true,
  'firewalld-trusts': true,
  'reach-unknown': true,
  'powerless-deny': true,
  'unused-opening': true,
  'half-opening': true,
  'idle-rules': true,
  tunnel: true,
  'windows-refused': true,
  'windows-guests': true,
  'windows-private': true,
  'windows-profile': true,
  'windows-unfiltered': true,
  'windows-inert': true,
  'windows-replaced': true,
  'mac-setting': true,
  'mac-unless-pf': true,
  'mac-pf': true,
  'mac-stealth': true,
  'mac-signed': true,
} satisfies Record<Says['kind'], true>;

const NGROK: Tunnel = {
  id: 'ngrok',
  name: 'ngrok',
  pid: 42,
  port: null,
  lets: 'internet',
  stop: { by: 'end', program: 'ngrok' },
};

const FIELDS = ['title', 'why', 'ifClosed'] as const;

/** Words that English sentences are made of and German ones are not. */
const ENGLISH =
  /\b(the|and|is|are|of|to|not|this|that|what|who|your|you|it|its|be|can|with|for|from|as|at|by|on|or|open|closed|port of|firewall is|rule|listens|nothing|unless)\b/i;

/** All texts that a finding carries as data: names, rules, commands, and gaps with their English. */
function carried(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(carried) : [];
}

/** The sentence without what no language writes otherwise. */
function own(text: string, { says }: Finding): string {
  const foreign = [...new Set(carried(says))].filter((one) => one.length > 3).sort((a, b) => b.length - a.length);
  return foreign.reduce((left, one) => left.replaceAll(one, '…'), text).replaceAll(/„[^“]*“|--[\w-]+/g, '…');
}

const inWords = ([finding, report]: Found) => de.finding(finding, report);

/** Which findings go wrong, each by its id and what is said. */
const faults = (wrong: (found: Found, text: string, field: (typeof FIELDS)[number]) => unknown): readonly string[] => [
  ...new Set(
    findings.flatMap((found) =>
      FIELDS.flatMap((field) => {
        const text = inWords(found)[field];
        return wrong(found, text, field) ? [`${found[0].says.kind}: ${text}`] : [];
      }),
    ),
  ),
];

test('there is at least one of each kind', () => {
  expect([...new Set(findings.map(([{ says }]) => says.kind))].toSorted()).toEqual(Object.keys(KINDS).toSorted());
});

describe('a finding in German', () => {
  test('is told whole, and otherwise than in English', () => {
    expect(faults(([finding], text, field) => text === finding[field])).toEqual([]);
    expect(faults((_, text, field) => text.trim() === '' || text.endsWith('.') !== (field !== 'title'))).toEqual([]);
    expect(
      faults((_, text) => /undefined|NaN|\[object|\bnull\b| {2}|\.\.|[.:,;] ?[.,;]/.test(text.replaceAll('…', ''))),
    ).toEqual([]);
  });

  test('says nothing in English', () => {
    expect(faults(([finding], text) => ENGLISH.test(own(text, finding)))).toEqual([]);
  });

  test('has German quotes around foreign text', () => {
    expect(faults(([finding], text) => /["”—]|“(?=[A-Za-zÄÖÜ])/.test(own(text, finding)))).toEqual([]);
  });

  test('names the same ports, addresses, options and commands', () => {
    const fixed = (texts: Record<(typeof FIELDS)[number], string>): readonly string[] => {
      const all = FIELDS.map((field) => texts[field]).join(' ');
      return [...new Set(all.match(/(?<![\w.-])--?[a-zA-Z][\w-]*|\d+(?:[.:/]\d+)*|(?<= )sudo \S+ \S+/g))].sort();
    };
    const differ = findings
      .filter((found) => fixed(found[0]).join(' ') !== fixed(inWords(found)).join(' '))
      .map((found) => [found[0].why, inWords(found).why]);
    expect(differ).toEqual([]);
  });

  test('names every command so that it can stand by itself, in English as well', () => {
    const lost = findings.flatMap(([finding, report]) => {
      const commands = commandsOf(finding.says);
      return [en, de].flatMap((words) => {
        const { why, ifClosed } = words.finding(finding, report);
        const named = inPieces(`${why} ${ifClosed}`, commands).flatMap(({ kind, text }) =>
          kind === 'command' ? [text] : [],
        );
        return commands.filter((command) => !named.includes(command)).map((command) => `${command}: ${why}`);
      });
    });
    expect(lost).toEqual([]);
  });

  test('carries over every command that it holds as data', () => {
    const lost = findings.flatMap((found) => {
      const { title, why } = inWords(found);
      const { says } = found[0];
      const commands = carried(says).filter((text) => /^(sudo|portcullis|iptables|tailscale|-p) /.test(text));
      const shown = says.kind === 'idle-rules' && says.rules.first.length > 1 ? [] : commands;
      return shown.filter((command) => !`${title} ${why}`.includes(command));
    });
    expect(lost).toEqual([]);
  });
});

describe('what somebody chose to do harm with', () => {
  const machines: readonly Partial<AdviceFacts>[] = reports.NASTY.flatMap((nasty) => [
    { forwards: [forward({ container: nasty, firewall: nasty })] },
    { forwards: [forward({ via: 'route', container: nasty })] },
    {
      firewalld: {
        panic: false,
        openUntilRestart: [nasty],
        openAfterRestart: [nasty],
        closedUntilRestart: [],
        closedAfterRestart: [],
        wide: [{ zone: nasty, ports: [nasty] }],
        trusting: [{ zone: nasty, interfaces: ['wlan0', nasty], isDefault: true }],
      },
    },
    {
      listeners: [
        unknown('tcp/22', nasty, ruleDoubt(nasty)),
        listener('tcp/5000', nasty, {
          places: [{ kind: 'vpn', interface: nasty, verdict: 'open' }],
          reach: [way(5000, { decidedBy: decided(nasty, nasty) })],
        }),
      ],
      openings: [
        {
          target: { protocol: 'tcp', port: 8080 },
          firewall: 'ufw',
          rule: nasty,
          families: [4, 6],
          removal: ['ufw', 'delete', nasty],
        },
      ],
      tunnels: [{ ...NGROK, port: 5000 }],
    },
  ]);

  test('hides nothing in a sentence', () => {
    const said = [
      ...reports.hostile.findings.map((finding) => de.finding(finding, reports.hostile)),
      ...machines.flatMap((parts) => {
        const given = facts(parts);
        return advise(given).map((finding) => de.finding(finding, given));
      }),
    ];
    expect(said.length).toBeGreaterThan(reports.NASTY.length * 7);
    const shown = said.flatMap((texts) => FIELDS.map((field) => texts[field]));
    expect(shown.filter((text) => text !== visible(text))).toEqual([]);
  });
});

test('a scene in which it cannot be told who gets in', () => {
  const said = [reports.cannotTell, reports.partial].flatMap((report) =>
    report.findings.map((finding) => de.finding(finding, report)),
  );
  expect(said.map(({ title }) => title)).toEqual([
    'Wer 3 Ports erreicht, lässt sich noch nicht sagen',
    'Entwicklungs-Webserver (node) an Port 3000 ist offen für alle in diesem WLAN',
    'Wer PostgreSQL an Port 5432 erreicht, lässt sich noch nicht sagen',
  ]);
});

test('the English catalogue says what the report says; the pseudo-language says it longer', () => {
  for (const [finding, report] of findings) {
    const { title, why, ifClosed } = finding;
    expect(en.finding(finding, report)).toEqual({ title, why, ifClosed });
    expect(pseudo(en).finding(finding, report).why.length).toBeGreaterThan(why.length * 1.2);
  }
});

test('what a finding says survives the way to the window', () => {
  const says = findings.map(([finding]) => finding.says);
  expect(JSON.parse(JSON.stringify(says))).toEqual(says);
});
