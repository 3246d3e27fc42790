/** Both catalogues say everything, in their own language, whatever they are asked about. */
import { TOOLS } from '../../src/core/firewalls/tool-names.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { services } from '../../src/core/catalog/index.ts';
import { EXPORT_FORMATS } from '../../src/core/firewalls/formats.ts';
import type { CarryRemark } from '../../src/core/intent/carry.ts';
import { gap, type GapMeaning } from '../../src/core/gaps/index.ts';
import { problemWords } from '../../src/core/problem-words/index.ts';
import type { LiveEvent } from '../../src/core/live/index.ts';
import { keepLanguage, languageOf, lastLanguage } from '../../src/renderer/state/language.ts';
import { createStore } from '../../src/renderer/state/store.ts';
import { askedPort } from '../../src/renderer/state/commands.ts';
import { de } from '../../src/renderer/text/de/index.ts';
import { en, type Words } from '../../src/renderer/text/en/index.ts';
import { dateTime, list, number } from '../../src/renderer/text/format.ts';
import { fetchWords, speak, words } from '../../src/renderer/text/words.ts';
import { stopsOf } from '../../src/renderer/state/select.ts';
import { HOWS, REASONS, WHATS, WHYS } from '../core/gaps/examples.ts';
import { checked, notes, warnings } from '../core/plan/told.ts';
import * as files from '../e2e/fixtures/imported.ts';
import * as plans from '../e2e/fixtures/plans.ts';
import * as reports from '../e2e/fixtures/reports.ts';
import { firewalldRules, nftablesRules, ufwRules } from '../e2e/fixtures/rules.ts';
import { pseudo } from './pseudo.ts';

await fetchWords('de');

afterEach(() => speak('en'));

// ---------------------------------------------------------------- what the functions are asked

const pushed = (kind: LiveEvent['kind'], port: number): LiveEvent => ({
  kind,
  subject: {
    id: `tcp/${port}`,
    protocol: 'tcp',
    port,
    name: 'Xyz',
    service: null,
    unknown: false,
    program: null,
    kept: false,
  },
  places: [],
});

const REMARKS: readonly CarryRemark[] = [
  ...(['close', 'keep'] as const).flatMap((of) =>
    (['not-listening', 'unknown-listening'] as const).map(
      (kind): CarryRemark => ({
        kind,
        of,
        target: { protocol: 'tcp', port: 3000 },
      }),
    ),
  ),
  { kind: 'unknown-rest' },
  { kind: 'rest-of-now' },
  { kind: 'closed-already', target: { protocol: 'tcp', port: 3000 }, audience: 'everyone' },
  { kind: 'closed-already', target: { protocol: 'tcp', port: 3000 }, audience: 'internet' },
  { kind: 'range-stays', target: { protocol: 'tcp', port: 9000 }, lastPort: 9010 },
  { kind: 'address-stays', target: { protocol: 'tcp', port: 80 }, address: '172.17.0.2' },
  { kind: 'own-networks', target: { protocol: 'tcp', port: 3000 }, here: [], there: ['10.1.0.0/16'] },
  { kind: 'own-networks', target: { protocol: 'tcp', port: 3000 }, here: ['192.168.77.0/24'], there: [] },
];
const COUNTS = [[0], [1], [2], [1234]];
const NAME = [['Xyz']];
const TARGET = { protocol: 'tcp', port: 3000 } as const;
const ISO = '2026-11-20T10:42:00.000Z';
const AS_OF = [[null], [ISO]];
const REPORTS = [
  reports.advice,
  reports.adviceAfter,
  reports.allWell,
  reports.firewallOff,
  reports.noFirewall,
  reports.cannotTell,
  reports.listMissing,
  reports.partial,
  reports.offline,
  reports.ledOn,
].map((report) => [report]);
const LISTENERS = REPORTS.flatMap(([report]) => (report?.listeners ?? []).map((one) => [one, report]));
const REACHED = (['open', 'limited', 'blocked', 'unknown'] as const).flatMap((network) =>
  (['open', 'limited', 'blocked', 'unknown'] as const).flatMap((internet) =>
    [true, false].map((exposureComplete) => ({ ...reports.reach(network, internet), exposureComplete })),
  ),
);
const RULES = [...ufwRules.rules, ...nftablesRules.rules, ...firewalldRules.rules];
const [RULE] = ufwRules.rules;
if (RULE === undefined) throw new Error('no rule');
const ASKED_RULES = [
  ...RULES,
  ...(['in', 'out', 'through'] as const).flatMap((traffic) =>
    (['allow', 'limit', 'deny', 'reject', 'forward', 'depends'] as const).map((action) => ({
      ...RULE,
      traffic,
      action,
    })),
  ),
  ...(['replies', 'invalid', 'itself'] as const).map((only) => ({ ...RULE, only, about: null })),
  { ...RULE, about: [], except: ['192.0.2.1'], on: ['eth0'], more: true, families: [6 as const] },
];
/** Rules of Windows Firewall: where each counts, and for whom. */
const WINDOWS_RULES = (['off', 'firewall-off', 'policy', 'shielded', 'elsewhere', 'counts'] as const).flatMap(
  (standing) =>
    [
      {
        program: 'C:\\Apps\\node.exe',
        service: null,
        app: false,
        group: null,
        profiles: ['domain', 'private'] as const,
      },
      { program: 'C:\\x\\svchost.exe', service: 'Xyz', app: false, group: '@FirewallAPI.dll,-28502', profiles: null },
      { program: null, service: '*', app: false, group: '@FirewallAPI.dll,-1', profiles: ['public'] as const },
      { program: null, service: null, app: true, group: 'Abc', profiles: null },
      { program: null, service: null, app: false, group: null, profiles: null },
    ].map((one) => ({ ...RULE, firewall: 'windows' as const, place: null, windows: { ...one, standing } })),
);
const USES = ['in-use', 'in-force', 'nothing-listens', 'never-matches', 'no-effect', 'off', 'unknown'] as const;
const FIREWALLS = ([true, false, null] as const).flatMap((active) =>
  (['deny', 'reject', 'allow', 'unknown'] as const).flatMap((inbound) =>
    ([0, 1, 7, null] as const).map((rules) => [{ id: 'ufw', active, defaults: { inbound, outbound: inbound }, rules }]),
  ),
);
/** In several networks, on and off in each. */
const WINDOWS_STATES = [
  ...FIREWALLS.slice(0, 1),
  ...[[], ['Wi-Fi'], ['Wi-Fi', 'Ethernet']].flatMap((interfaces) =>
    [true, false].map((active) => [
      {
        id: 'windows',
        active: true,
        defaults: { inbound: 'deny', outbound: 'allow' },
        rules: 7,
        profiles: (['domain', 'private', 'public'] as const).map((name) => ({
          name,
          active,
          inbound: 'deny',
          interfaces,
        })),
      },
    ]),
  ),
];
/** As many as a step carries; `more` counts the rest. */
const SOURCES = Array.from({ length: 16 }, (_, at) => `192.0.2.${at}`);
const STEPS = ['accept', 'drop', 'reject', 'redirect', 'dnat', 'notrack', 'goes elsewhere', 'xyz'].flatMap((effect) =>
  (['always', 'rate', 'ports', 'perhaps'] as const).flatMap((when) =>
    (['everyone', 'rest', 'some'] as const).flatMap((share) =>
      [true, false].map((one) => [
        reports.step('input', 'INPUT', '-A INPUT', effect, {
          when,
          share,
          sources: SOURCES,
          more: 9,
          decides: one ? 'open' : null,
        }),
        one,
      ]),
    ),
  ),
);
const [NETWORK, INTERNET] = stopsOf(reports.reach('open', 'unknown'), reports.advice);
const WAY = reports.reach('open', 'open').reach[0];

const FINDINGS = REPORTS.flatMap(([report]) => (report?.findings ?? []).map((one) => [one, report]));

const SOME_GAP: GapMeaning = {
  what: { kind: 'listening' },
  why: { kind: 'refused' },
  how: { kind: 'scan-again' },
};

const PLANS = [plans.simplePlan, plans.largerPlan, plans.stopPlan, plans.undoPlan, plans.confirmPlan];
const PROGRESS = [
  ...['sockets', 'links', 'rules', 'exact'].map((phase) => ['scan', phase, null] as const),
  ...['recover', 'check', 'save', 'step', 'verify', 'put-back'].flatMap((phase) =>
    (['apply', 'undo'] as const).flatMap((call) => PLANS.map((plan) => [call, phase, plan] as const)),
  ),
].map(([call, phase, plan]) => [{ call, phase, text: 'What is done now', done: 0, of: 1 }, plan]);

const AROUND = { report: reports.advice, history: plans.history };

/** What holds nothing foreign: the rest is asked in problems.test.ts. */
const PROBLEMS = (['ufw-not-loaded', 'busy-here', 'helper-odd', 'opens-for-all'] as const).map((kind) => {
  const [message, hint] = problemWords({ kind });
  return { code: 'failed', message, hint, means: { kind } };
});

/** By the path of each function: what it is asked, once or more. A function that is not here fails the test. */
const ASKED: Record<string, readonly (readonly unknown[])[]> = {
  'nav.advice': COUNTS,
  'network.on': REPORTS,
  'network.firewall': FIREWALLS,
  'scan.asOf': [[ISO]],
  'scan.savedAt': [[ISO]],
  'home.sentence': REPORTS,
  'home.detail': REPORTS,
  'home.closeAll': COUNTS,
  'home.closeLabel': NAME,
  'home.keepLabel': NAME,
  'home.stopKeepingLabel': NAME,
  'home.keptAnnounced': [
    [TARGET, true],
    [TARGET, false],
  ],
  'home.checkedTitle': AS_OF,
  'home.checkedListening': COUNTS.map(([count]) => [count, 1]),
  'home.checkedOthers': [...COUNTS.map(([count]) => [count, 0]), [0, 3]],
  'home.checkedUnknown': COUNTS,
  'home.checkedConnections': COUNTS.map(([count]) => [count, 2]),
  'home.checkedInterface': [['wifi', 'wlan0', ['192.0.2.1']]],
  'home.firewallLine': FIREWALLS,
  'firewall.name': FIREWALLS,
  'firewall.says': FIREWALLS,
  'firewall.unread': [[['Xyz', 'Abc']]],
  'firewall.count': [
    [1, 1],
    [1, 2],
    [0, 0],
  ],
  'firewall.more': COUNTS,
  'firewall.sentence': [...ASKED_RULES, ...WINDOWS_RULES].map((rule) => [rule]),
  'firewall.place': [...RULES, ...WINDOWS_RULES].map((rule) => [rule]),
  'firewall.networks': WINDOWS_STATES,
  'firewall.of': [['ufw'], ['windows'], ['xyz']],
  'firewall.owner': [
    ...RULES.map((rule) => [rule]),
    [{ ...RULE, owner: 'tool', tool: null }],
    ...WINDOWS_RULES.slice(0, 1).flatMap((rule) =>
      [...Object.values(TOOLS), 'Xyz', null].map((tool) => [{ ...rule, owner: 'tool', tool }]),
    ),
    ...WINDOWS_RULES.slice(0, 1).map((rule) => [{ ...rule, owner: 'you' }]),
  ],
  'firewall.why': USES.flatMap((use) => [
    ...WINDOWS_RULES.flatMap((rule) => [
      [{ ...rule, use, because: [] }],
      [{ ...rule, use, because: [{ firewall: 'windows', rule: 'Xyz' }] }],
    ]),
    [{ ...RULE, use, because: [] }],
    [{ ...RULE, use, because: [{ firewall: 'ufw', rule: 'allow 1' }] }],
  ]),
  'firewall.removeLabel': NAME,
  'map.caption': AS_OF,
  'map.short.open': COUNTS,
  'map.short.unknown': COUNTS,
  'map.listening': COUNTS,
  'map.listeningSmall': COUNTS,
  'map.network': REPORTS,
  'palette.found': COUNTS,
  'palette.open': NAME,
  'palette.close': [[TARGET]],
  'palette.who': [[TARGET]],
  'palette.exportFor': EXPORT_FORMATS.map((format) => [format]),
  'exportView.moreLines': [[1], [600]],
  'palette.theme': NAME,
  'palette.language': NAME,
  'deed.title': [true, false].flatMap((undone) =>
    [
      plans.outcome,
      { ...plans.outcome, verified: false },
      plans.notKept,
      { ...plans.notKept, verified: false },
      null,
    ].flatMap((outcome) => [null, ISO].map((asOf) => [undone, !undone, outcome, asOf])),
  ),
  'deed.undoLabel': NAME,
  'deed.step': [
    [0, 4],
    [4, 4],
  ],
  'deed.announce': [plans.notKept, plans.outcome].flatMap((one) => {
    const outcome = { ...one, checked: ['Xyz.', { kind: 'stays' } as const] };
    return [
      ['done', outcome],
      ['undone', outcome],
    ];
  }),
  'waiting.left': COUNTS,
  'waiting.announce': COUNTS,
  'waiting.lastCall': COUNTS,
  who: [...LISTENERS, ...REACHED.map((one) => [one, reports.advice])],
  whoLong: [...LISTENERS, ...REACHED.map((one) => [{ ...reports.advice.listeners[0], ...one }, reports.advice])],
  verdict: [
    [null, 'Xyz'],
    [ISO, 'Xyz'],
  ],
  listenerName: [['tcp/3000'], ['udp/53@127.0.0.53']],
  identityName: LISTENERS,
  service: services.map((service) => [service]),
  finding: FINDINGS,
  gap: [
    ...Object.values(WHATS).flatMap((list) => list.map(([what]) => [gap({ ...SOME_GAP, what })])),
    ...Object.values(WHYS).flatMap((list) => list.map(([why]) => [gap({ ...SOME_GAP, why })])),
    ...Object.values(HOWS).flatMap((list) => list.map(([how]) => [gap({ ...SOME_GAP, how })])),
  ],
  reason: Object.values(REASONS).flatMap((list) => list.map(([reason]) => [reason])),
  'plan.step': PLANS.flatMap(({ steps, undo }) => [...steps, ...undo].map((step) => [step])),
  'plan.warning': warnings.map((one) => [one, AROUND]),
  'plan.checked': checked.map((line) => [line, AROUND]),
  'plan.note': notes.map((says) => [{ note: 'Xyz.', says }, AROUND]),
  'plan.progress': PROGRESS,
  problem: PROBLEMS.map((one) => [one, AROUND]),
  'plan.name': [
    [{ listener: 'tcp/3000', name: 'Xyz' }, reports.advice],
    [{ listener: 'tcp/1', name: 'Xyz' }, reports.advice],
  ],
  'plan.summary': PLANS.map((plan) => [plan, plans.history]),
  stopName: [[NETWORK], [INTERNET], [{ ...INTERNET, indirect: true }], [{ ...NETWORK, networks: ['wifi', 'vpn'] }]],
  portName: [[TARGET]],
  path: [
    [NETWORK, INTERNET],
    [NETWORK, { ...INTERNET, indirect: true }],
  ],
  'ports.pictureLabel': [[1, 2, 3]],
  'ports.pictureOutbound': COUNTS,
  'ports.sortBy': NAME,
  'ports.count': [
    [1, 1],
    [1, 2],
    [0, 0],
  ],
  'ports.countConnections': COUNTS,
  'detail.registered': NAME,
  'detail.redirected': [[80]],
  'detail.wayName': [
    [WAY, 3000],
    [WAY, 1],
  ],
  'detail.openTo': NAME,
  'detail.limitedTo': NAME,
  'detail.unknownFor': NAME,
  'detail.step': STEPS,
  'detail.rulesAlike': [[['Xyz', 'Abc'], 8]],
  'detail.each': NAME,
  'detail.more': COUNTS,
  'detail.stopIt': [[''], ['Xyz']],
  'review.drop': COUNTS,
  'review.replanned': COUNTS,
  'history.by': NAME,
  'history.timeline.label': [
    [2, '2026-11-20T18:00:00.000Z', '2026-11-21T18:00:00.000Z'],
    [2, '2026-11-20T18:00:00.000Z', '2026-11-20T18:00:00.000Z'],
  ],
  'history.timeline.number': COUNTS,
  'history.timeline.one': [['2026-11-20T18:00:00.000Z', 'Xyz', 'Xyz']],
  'history.timeline.several': [
    [2, '2026-11-20T18:00:00.000Z', '2026-11-21T18:00:00.000Z', 'Xyz'],
    [2, '2026-11-20T18:00:00.000Z', '2026-11-20T18:00:00.000Z', 'Xyz'],
  ],
  'history.timeline.counts': [[[{ count: 2, name: 'Xyz' }]]],
  'live.announce': [
    [[pushed('opened', 1), pushed('closed', 2)]],
    [[1, 2, 3, 4, 5, 6, 7].map((n) => pushed('opened', n))],
  ],
  'exportView.ledOn': [[['8080/tcp']], [['8080/tcp', '53/udp']]],
  'exportView.saved': NAME,
  'importPart.madeOn': [
    [null, ISO],
    ['Xyz', ISO],
  ],
  'importPart.remark': REMARKS.map((remark) => [remark]),
  'importPart.closesPorts': COUNTS,
  'importPart.reviewLabel': [
    ['Xyz', null],
    ['Xyz', 'Abc'],
  ],
  'importPart.announce': [files.imported, files.importedOff, files.importedNothing].map((one) => [one]),
  'reportPart.goesOn': COUNTS,
  'reportPart.saved': NAME,
  'learn.port.mine': [['Xyz', '1/tcp']],
  'learn.port.picture': [
    [
      [
        { port: 1, listening: true },
        { port: 2, listening: false },
      ],
    ],
  ],
  'learn.ways.picture': [[1, 2, 3]],
  'learn.ways.thisPort': [[1]],
  'learn.ways.otherPort': [['192.0.2.1', 1]],
  'learn.ranges.picture': COUNTS,
  'learn.scan.asOf': [[ISO]],
  'learn.scan.as': (['wifi', 'ethernet', 'mobile', 'other'] as const).map((kind) => [kind, 'xyz0']),
  'learn.scan.byDefault': NAME,
  'learn.scan.rest': [['filtered'], ['refused'], ['closed'], ['shut']],
  'learn.scan.more': COUNTS,
};

type Say = (...given: readonly unknown[]) => unknown;

const NOTHING: ReadonlySet<string> = new Set(['firewall.why', 'firewall.networks', 'service.bindLocal']);

/** Every leaf with its path, functions asked: what a person may come to read. */
function said(value: unknown, path = ''): readonly (readonly [path: string, text: unknown])[] {
  if (typeof value === 'function') return (ASKED[path] ?? []).flatMap((given) => said((value as Say)(...given), path));
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return [[path, value]];
  return Object.entries(value).flatMap(([key, one]) => said(one, path === '' ? key : `${path}.${key}`));
}

function shape(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null || value instanceof RegExp)
    return [`${path}: ${value instanceof RegExp ? 'pattern' : typeof value}`];
  return Object.entries(value).flatMap(([key, one]) => shape(one, path === '' ? key : `${path}.${key}`));
}

const CATALOGUES = [
  ['English', en, 'en'],
  ['German', de, 'de'],
  ['pseudo', pseudo(en), 'en'],
] as const satisfies readonly (readonly [string, Words, 'en' | 'de'])[];

describe.each(CATALOGUES)('%s', (_, catalogue, language) => {
  test('has every line that English has, and no other', () => {
    expect(shape(catalogue)).toEqual(shape(en));
    expect(shape(catalogue).length).toBeGreaterThan(400);
  });

  test('every function is asked here', () => {
    const functions = shape(catalogue).filter((line) => line.endsWith(': function'));
    expect(functions.map((line) => line.slice(0, -': function'.length)).toSorted()).toEqual(
      Object.keys(ASKED).toSorted(),
    );
  });

  test('says something, and nothing of the code’s own', () => {
    speak(language);
    const wrong = said(catalogue).filter(([path, text]) => {
      // What is in use needs no reason, and not all can listen here alone; a pattern is asked below.
      if (text instanceof RegExp || (text === null && NOTHING.has(path))) return false;
      return (
        typeof text !== 'string' || text.trim() === '' || /undefined|NaN|\[object|null|[.:,;] ?[.,;]| {2}/.test(text)
      );
    });
    expect(wrong).toEqual([]);
  });
});

// ---------------------------------------------------------------- German

/** Words that English sentences are made of and German ones are not. */
const ENGLISH =
  /\b(the|and|is|are|of|to|not|this|that|what|who|your|you|it|its|be|can|with|for|from|as|at|by|open|closed)\b/i;

/** Lines that are the same in both languages, and why they may be. */
const SAME = [
  /^name$/, // a name
  /^(nav\.)?(ports|firewall|export)$|^nav\.(ports|firewall|export)$/, // German words by now
  /^language\.(en|de)$/, // each in its own language, so that whoever reads no other finds it
  /^ports\.(title|columns\.port)$|^firewall\.title$|^exportView\.title$|^learn\.scan\.columns\.port$/, // Port, Firewall, Export
  /^(firewall\.(filters|owner|place|of)|exportView\.formats\.(ufw|firewalld|nftables|iptables|ansible)\.name|firewall\.name)/, // names of programs
  /^network\.names\.(vpn|internet|container|tailnet)|^(map\.internet|stopName)$/, // Internet, VPN
  /^detail\.container$/, // Container
  /^reportPart\.formats\.(md|json|sarif)\.name$/, // names of formats
  /\.span$|^portName$|^listenerName$|^learn\.scan\.examples\.\d\.(port|seen)$|^learn\.scan\.answers\.\d\.seen$/, // numbers, kinds
  /^(history\.by|verdict)$/, // what was given comes back
  /^learn\.addresses\.router$|^problems\.unknown\.code$/, // Router (NAT); a code
  /^(nav\.advice|ports\.count|map\.listening|detail\.wayName|home\.checkedInterface)$/, // Ports is Ports
  /^palette\.(exportFor|asks\..*)$/,
  /^gap\.(what|why|how)$|^reason$/, // files, commands, parts of rules: gaps.test.ts
  /^plan\.name$/, // what is not there any more is called as it was
  /^identityName$|^service\.(name|bindLocal)$/, // names of programs, commands: services.test.ts
];

describe('German is German', () => {
  const german = (): readonly (readonly [string, unknown])[] => {
    speak('de');
    return said(de);
  };

  test('no English sentence is left', () => {
    // English names of languages are there on purpose, for whoever reads no German; names and commands are in services.test.ts.
    const left = german().filter(
      ([path, text]) =>
        typeof text === 'string' &&
        ENGLISH.test(text) &&
        !/^(palette\.languageAlso|service\.(name|bindLocal))$/.test(path),
    );
    // A kind that code asks for is no text.
    expect(left.filter(([path]) => !path.endsWith('.seen'))).toEqual([]);
  });

  test('what is the same in both languages is so for a reason', () => {
    const english = new Map<string, Set<unknown>>();
    for (const [path, text] of said(en)) english.set(path, (english.get(path) ?? new Set()).add(text));
    const same = german()
      .filter(([path, text]) => typeof text === 'string' && english.get(path)?.has(text) === true)
      .filter(([path]) => !SAME.some((reason) => reason.test(path)));
    expect(same).toEqual([]);
  });

  test('quotes, dashes and dots are German', () => {
    const wrong = german().filter(
      ([path, text]) =>
        typeof text === 'string' && path !== 'service.bindLocal' && /["”—]|“(?=[A-Za-zÄÖÜ])|\.\.\.|\w…/.test(text),
    );
    expect(wrong).toEqual([]);
  });

  test('it says du, and never Sie to a person', () => {
    expect(
      german().filter(([, text]) => /\b(Ihnen|Sie (können|möchten|haben|müssen|sollten|bitte))\b/.test(String(text))),
    ).toEqual([]);
  });
});

describe('plural forms', () => {
  test.each([
    ['en', 0, '0 ports worth a look', '0 rules'],
    ['en', 1, '1 port worth a look', '1 rule'],
    ['en', 2, '2 ports worth a look', '2 rules'],
    ['de', 0, '0 Ports zum Ansehen', '0 Regeln'],
    ['de', 1, '1 Port zum Ansehen', '1 Regel'],
    ['de', 2, '2 Ports zum Ansehen', '2 Regeln'],
  ] as const)('%s, %d', (language, count, advice, rules) => {
    speak(language);
    expect(words.nav.advice(count)).toBe(advice);
    expect(words.firewall.count(count, count)).toBe(rules);
  });

  test('German counts agree with their verbs', () => {
    speak('de');
    expect([0, 1, 2].map((count) => words.home.checkedListening(count, 0))).toEqual([
      'Nichts lauscht',
      '1 Port lauscht, 0 davon nur für diesen Computer',
      '2 Ports lauschen, 0 davon nur für diesen Computer',
    ]);
    expect([1, 2].map((count) => words.home.checkedOthers(count, 0))).toEqual([
      '1 ist für andere erreichbar',
      '2 sind für andere erreichbar',
    ]);
  });
});

test('numbers, dates and lists are written as the language writes them', () => {
  const written = (): readonly string[] => [number(65_536), list(['a', 'b', 'c']), dateTime(ISO).slice(0, 10)];
  expect(written()).toEqual(['65,536', 'a, b, and c', 'Nov 20, 20']);
  speak('de');
  expect(written()).toEqual(['65.536', 'a, b und c', '20.11.2026']);
  speak('de', 'de-CH');
  expect(number(65_536)).toMatch(/^65['’]536$/);
});

describe('German says no less about reach than English', () => {
  const REACH = /Unklar|nicht (sagen|auszuschließen)/;
  test.each(REACHED.map((one) => [one] as const))('case %#', (one) => {
    const doubtful = /[Cc]annot (tell|be told|be ruled out)/.test(en.who(one, reports.advice));
    expect(REACH.test(de.who(one, reports.advice))).toBe(doubtful);
  });
  test('a rule in a sentence', () => {
    speak('de');
    const [first] = RULES;
    if (first === undefined) throw new Error('no rule');
    expect(de.firewall.sentence(first)).toBe('Lässt 3000/tcp von allen herein.');
    expect(de.firewall.sentence({ ...first, action: 'deny' })).toBe('Blockiert 3000/tcp von allen.');
    expect(de.firewall.sentence({ ...first, traffic: 'through' })).toBe('Leitet 3000/tcp weiter.');
    expect(de.firewall.sentence({ ...first, except: ['192.0.2.1'] })).toBe(
      'Lässt 3000/tcp von allen außer 192.0.2.1 herein.',
    );
  });
});

describe('commands in German', () => {
  test.each([
    ['schließe 3000', 'close', 3000],
    ['Schließen Port 3000/tcp', 'close', 3000],
    ['3000 schließen', 'close', 3000],
    ['port 3000 schließen', 'close', 3000],
    ['wer erreicht 22?', 'who', 22],
    ['wer kann port 22 erreichen', 'who', 22],
    ['8080', 'either', 8080],
  ] as const)('%s', (text, wants, port) => {
    speak('de');
    expect(askedPort(text)).toMatchObject({ wants, port });
  });
});

describe('which language is spoken', () => {
  test('is the system’s, until a person chooses', () => expect(lastLanguage()).toBe('system'));

  test.each([
    ['system', ['de-AT', 'en'], 'de', 'de-AT'],
    ['system', ['fr', 'en-GB', 'de'], 'en', 'en-GB'],
    ['system', ['fr'], 'en', 'en'],
    ['system', [], 'en', 'en'],
    ['de', ['en-US', 'de-CH'], 'de', 'de-CH'],
    ['de', ['en-US'], 'de', 'de'],
    ['en', ['de-DE'], 'en', 'en'],
  ] as const)('%s among %j', (choice, system, language, tag) =>
    expect(languageOf(choice, system)).toEqual({ language, tag }),
  );
});

test('where the system’s languages change, so does the window that follows them, and no other', async () => {
  const page = { languages: ['de-AT'] as readonly string[], lang: '', changed: () => {} };
  vi.stubGlobal('navigator', page);
  vi.stubGlobal('document', { documentElement: page });
  vi.stubGlobal('window', { addEventListener: (_event: string, act: () => void) => (page.changed = act) });
  const told: string[] = [];
  const store = createStore('system', 'system');
  keepLanguage(store, { speak: (language) => void told.push(language) });
  expect([words, page.lang, store.get().tongue]).toEqual([de, 'de', 'de-AT']);
  page.languages = ['en-GB'];
  page.changed();
  await vi.waitFor(() => expect(words).toBe(en));
  expect([page.lang, store.get().tongue, store.get().language, told]).toEqual(['en', 'en-GB', 'system', ['de', 'en']]);
  store.set(() => ({ language: 'de' }));
  page.changed();
  await new Promise((resolve) => setImmediate(resolve));
  expect([words, page.lang, told]).toEqual([de, 'de', ['de', 'en', 'de']]);
  vi.unstubAllGlobals();
});

test('the pseudo-language is longer, accented and in brackets', () => {
  const { deed, scan, ports } = pseudo(en);
  expect(scan.again).toMatch(/^\[.*\]$/);
  expect(scan.toKnow.length).toBeGreaterThanOrEqual(en.scan.toKnow.length * 1.4);
  expect(scan.toKnow.length).toBeLessThan(en.scan.toKnow.length * 1.8);
  expect(deed.step(0, 4)).toMatch(/^\[.*1.*4.*\]$/);
  expect(ports.ranges.registered.span).toBe(en.ports.ranges.registered.span);
  expect(/[aeo]/.test(scan.toKnow)).toBe(false);
});
