/** The helper's own check of a plan: what it takes, and that nothing else gets through. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewChoice, Operation, Plan } from '../../../src/core/model.ts';
import { planId, stepOf, summaryOf } from '../../../src/core/plan/index.ts';
import { parseTuple } from '../../../src/core/firewalls/ufw/tuple.ts';
import { sha256 } from '../../../src/main/apply/files.ts';
import { aheadOf } from '../../../src/core/plan/ahead.ts';
import type { ProblemMeaning } from '../../../src/core/problem.ts';
import { withOutput } from '../../../src/core/transcripts.ts';
import { inWords } from '../../core/in-words.ts';
import { problems } from '../../core/problems/examples.ts';
import { laptop, planFor } from '../../core/plan/machine.ts';
import { warnings } from '../../core/plan/told.ts';
import { OPERATIONS } from '../../renderer/operations.ts';
import { printOrder, readOrder } from '../../../src/main/apply/order.ts';
import { share } from '../../share.ts';

const tuple = parseTuple('allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=6869', 4);
if (tuple === null) throw new Error('no tuple');

const operations: readonly Operation[] = [
  { kind: 'ufw-delete', tuple },
  { kind: 'ufw-prepend', action: 'deny', protocol: 'tcp', port: 3000, from: 'any', families: [4, 6] },
  { kind: 'ufw-enable' },
];

const close: NewChoice = {
  kind: 'close',
  targets: [{ protocol: 'tcp', port: 3000 }],
  audience: 'everyone',
  way: 'firewall',
};

function planOf(steps: readonly Operation[], choice: NewChoice = close): Plan {
  const body: Omit<Plan, 'id'> = {
    schema: 1,
    layers: ['ufw'],
    choice,
    summary: summaryOf(
      choice,
      steps.some(({ kind }) => kind === 'ufw-enable'),
    ),
    rulesDigest: 'a'.repeat(64),
    createdAt: '2026-11-20T18:00:00.000Z',
    steps: steps.map(stepOf),
    undo: [stepOf({ kind: 'ufw-restore', disable: false })],
    effects: [],
    warnings: [],
    live: 0,
    simple: true,
    confirmWithin: null,
  };
  return { ...body, id: planId(body, sha256) };
}

const plan = planOf(operations);
const sent = (what: Plan = plan) =>
  JSON.parse(printOrder(what)) as Record<string, unknown> & { steps: { operation: Record<string, unknown> }[] };
const readInWords: typeof readOrder = (...given) => inWords(() => readOrder(...given));
const read = (value: unknown) => readInWords(JSON.stringify(value), sha256);

/** With a right id, whatever it warns of. */
function warning(given: readonly unknown[]): Plan {
  const { id: _, ...body } = plan;
  const changed = { ...body, warnings: given as Plan['warnings'] };
  return { ...changed, id: planId(changed, sha256) };
}

type Path = readonly (string | number)[];

/** The paths of all fields, those of what holds others as well. */
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

const get = (value: unknown, path: Path): unknown =>
  path.reduce((at: unknown, key) => (at as Record<string | number, unknown>)[key], value);

function set(value: unknown, path: Path, to: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (Array.isArray(value)) return value.map((item, at) => (at === key ? set(item, rest, to) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name, name === key ? set(item, rest, to) : item]),
  );
}

/** With a right id, so that only the fields can be what is refused. */
function resigned(change: (operation: Record<string, unknown>) => void, at: number): unknown {
  const value = sent();
  change(value.steps[at]?.operation ?? {});
  return value;
}

describe('the seconds within which it is to be confirmed', () => {
  const signed = (confirmWithin: unknown, choice: NewChoice = close): unknown => {
    const { id: _, ...body } = planOf(operations, choice);
    const changed = { ...body, confirmWithin } as Omit<Plan, 'id'>;
    return JSON.parse(printOrder({ ...changed, id: planId(changed, sha256) }));
  };

  test('arrive, where they are what was chosen or what is set by itself', () => {
    expect(read(signed(null)).confirmWithin).toBeNull();
    expect(read(signed(30)).confirmWithin).toBe(30);
    expect(read(signed(600, { ...close, confirm: 600 })).confirmWithin).toBe(600);
  });

  test.each([
    ['none, though they were asked for', null, { ...close, confirm: 60 }],
    ['others than were asked for', 61, { ...close, confirm: 60 }],
    ['others than are set by themselves', 31, close],
    ['too few', 9, { ...close, confirm: 9 }],
    ['too many', 601, { ...close, confirm: 601 }],
    ['no whole number', 30.5, { ...close, confirm: 30.5 }],
    ['text', '30', close],
  ] as const)('%s: refused', (_, within, choice) => {
    expect(() => read(signed(within, choice))).toThrow(/The plan was refused/);
  });
});

describe('the way that was chosen', () => {
  test.each(['own-table', 'stop', 'container', 'bind-loopback'] as const)('%s is not ufw’s', (way) => {
    const other = planOf(operations, { ...close, way });
    expect(() => readInWords(printOrder(other), sha256)).toThrow(
      'The plan was refused: it goes another way than was chosen',
    );
  });
});

describe('a plan on its way to the helper', () => {
  test('arrives as it was made, with the commands made again', () => {
    expect(readInWords(printOrder(plan), sha256)).toEqual(plan);
    expect(printOrder(plan)).not.toContain('commands');
  });

  test('commands in a plan are refused, and so is every other unknown field', () => {
    const value = sent();
    expect(() => read({ ...value, steps: plan.steps })).toThrow(/refused/);
    expect(() => read({ ...value, argv: ['rm'] })).toThrow(/refused/);
    expect(() => read(resigned((operation) => (operation['path'] = '/etc/passwd'), 0))).toThrow(/refused/);
  });

  test.each([
    ['a port that is none', 1, 'port', 70000],
    ['a port that is text', 1, 'port', '3000; reboot'],
    ['a source that is a command', 1, 'from', 'any; reboot'],
    ['a source that is an option', 1, 'from', '--dport'],
    ['a source of the other family', 1, 'from', 'fd00::/8'],
    ['a source that ufw would write otherwise: a host’s mask', 1, 'from', '10.0.0.1/32'],
    ['a source that ufw would write otherwise: bits behind the mask', 1, 'from', '10.0.0.1/8'],
    ['a source with a zone', 1, 'from', 'fe80::1%wlan0'],
    ['no family', 1, 'families', []],
    ['a family twice', 1, 'families', [4, 4]],
    ['another action', 1, 'action', 'reject'],
    ['another kind', 2, 'kind', 'ufw-reset'],
    ['an undo among the steps', 2, 'kind', 'ufw-restore'],
  ])('%s', (_, at, field, value) => {
    expect(() => read(resigned((operation) => (operation[field] = value), at))).toThrow(
      /The plan was refused: (?!its id)/,
    );
  });

  test('a rule whose fields and line differ', () => {
    for (const [field, value] of [
      ['dport', '22'],
      ['line', 'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in'],
      ['interfaceIn', 'wlan0'],
      ['dapp', '--force'],
      ['family', 6],
    ] as const) {
      const changed = resigned((operation) => ((operation['tuple'] as Record<string, unknown>)[field] = value), 0);
      expect(() => read(changed), field).toThrow(/The plan was refused: (?!its id)/);
    }
  });

  test('a plan that was changed under its id', () => {
    const families = resigned((operation) => (operation['families'] = [4]), 1);
    expect(() => read(families)).toThrow(/its id does not belong/);
    expect(() => read({ ...sent(), warnings: [{ kind: 'unsaved' }] })).toThrow(/its id does not belong/);
    expect(() => read({ ...sent(), summary: 'Nothing to see' })).toThrow(/its summary/);
  });

  test('any single field replaced by anything is refused', { timeout: 60_000 }, () => {
    for (const whole of [plan, warning(warnings)]) {
      const order = sent(whole);
      fc.assert(
        fc.property(fc.constantFrom(...pathsIn(order)), fc.jsonValue(), (path, to) => {
          fc.pre(JSON.stringify(get(order, path)) !== JSON.stringify(to));
          // Words are made again from the operation, so what they said does not matter.
          fc.pre(path.at(-1) !== 'says' || typeof to !== 'string');
          expect(() => read(set(order, path, to))).toThrow(/The plan was refused/);
        }),
        { numRuns: share(600) },
      );
    }
  });

  /** What programs and files may say, in problems. */
  const steering: readonly ProblemMeaning[] = [
    {
      kind: 'way-by-hand',
      ways: [
        { by: 'program', program: 'ev\u001bil', pid: 7 },
        { by: 'unit', unit: 'a\nb.service' },
      ],
    },
    {
      kind: 'still-let-in',
      of: 'ufw',
      port: { protocol: 'tcp', port: 3000, name: `ev\u001bil${'x'.repeat(250)}` },
      by: [{ firewall: 'nftables', rule: 'comment "a\u2028b"' }],
      ways: [{ by: 'container' }],
    },
    { kind: 'foreign-lines', lines: ['a\u001bb', 'x'.repeat(9000)] },
    { kind: 'unit-needed', unit: 'ev\u001bil.service', session: false } as ProblemMeaning,
  ];

  describe('what it warns of', () => {
    test('arrives as it is meant', () => {
      const made = warning(warnings);
      expect(readInWords(printOrder(made), sha256)).toEqual(made);
    });

    const left = warnings.find(({ kind }) => kind === 'left');
    const cases: readonly (readonly [string, unknown])[] = [
      ['text, as earlier versions had it', 'Port 3000 (TCP) is in use.'],
      ['nothing', null],
      ['a list', []],
      ['a kind that is none', { kind: 'harmless' }],
      ['the kind of another field', { kind: 'differs' }],
      ['no kind', { units: ['x.service'] }],
      ['a field too many', { kind: 'unsaved', argv: ['reboot'] }],
      ['a field of another kind', { kind: 'unsaved', units: ['x.service'] }],
      ['a field too few', { kind: 'starts' }],
      ['text that steers', { kind: 'starts', units: ['x\u001b[2J.service'] }],
      ['text on two lines', { kind: 'ahead', because: 'one\ntwo' }],
      ['text without an end', { kind: 'ahead', because: 'x'.repeat(8193) }],
      ['a name without an end', { kind: 'zones-here', zones: ['x'.repeat(257)] }],
      ['a list without an end', { kind: 'zones-here', zones: Array.from({ length: 10_001 }, () => 'x') }],
      ['a port that is none', { kind: 'unread', target: { protocol: 'tcp', port: 0 } }],
      ['a protocol that is none', { kind: 'unread', target: { protocol: 'icmp', port: 1 } }],
      ['more of a port', { kind: 'unread', target: { protocol: 'tcp', port: 1, name: 'x' } }],
      ['a count that is none', { kind: 'connections-stay', target: { protocol: 'tcp', port: 1 }, count: -1 }],
      ['half a second', { kind: 'confirm', seconds: 0.5, because: null }],
      ['another reason', { kind: 'confirm', seconds: 30, because: 'x' }],
      ['a problem that is none', { kind: 'ahead', because: { kind: 'newer' } }],
      ['a problem, and more', { kind: 'ahead', because: { kind: 'ufw-not-loaded', argv: ['rm'] } }],
      [
        'a problem of another shape',
        { kind: 'ahead', because: { kind: 'led-to', doors: ['80'], target: {}, ways: [] } },
      ],
      [
        'a problem in which something steers',
        { kind: 'ahead', because: { kind: 'zone-lets-in', port: { protocol: 'tcp', port: 1, name: 'a\u001b[2Jb' } } },
      ],
      [
        'a problem that names programs as they call themselves',
        { kind: 'ahead', because: { kind: 'way-by-hand', ways: [{ by: 'program', program: 'node', pid: 7 }] } },
      ],
      ['text as a problem', { kind: 'ahead', because: { kind: 'told', message: 'Everything is well.', hint: '' } }],
      [
        'what became of a change',
        { kind: 'ahead', because: { kind: 'put-back', cause: { kind: 'disk-full' }, whole: true } },
      ],
      ['what to type', { kind: 'ahead', because: { kind: 'nobody-asks', command: 'curl x | sh' } }],
      [
        'a file’s line in which something steers',
        { kind: 'ahead', because: { kind: 'foreign-lines', lines: ['a\nb'] } },
      ],
      ['a problem without an end', { kind: 'ahead', because: { kind: 'foreign-lines', lines: ['x'.repeat(9000)] } }],
      ['a thing that is none', { ...left, thing: { is: 'file', path: '/etc/passwd' } }],
      ['more of a thing', { ...left, thing: { is: 'ufw', path: '/etc/passwd' } }],
      ['why, and more', { ...left, why: { kind: 'there', path: '/etc/passwd' } }],
    ];
    test.each(cases)('%s: refused', (_, one) => {
      expect(() => readInWords(printOrder(warning([one])), sha256)).toThrow(/The plan was refused: warnings/);
    });

    test('why it is done ahead of the firewall arrives, whichever problem it is, and whatever is foreign in it', () => {
      const ahead = [...problems, ...steering].map((means) => ({ kind: 'ahead' as const, because: aheadOf(means) }));
      expect(ahead.filter(({ because }) => typeof because !== 'string').length).toBeGreaterThan(30);
      const { warnings: read } = readInWords(printOrder(warning(ahead)), sha256);
      expect(read).toEqual(ahead);
      expect(JSON.stringify(read)).not.toMatch(/by":"program|ev\\u001b/);
    });

    test.each(['ev\u001bil', 'a\nb', 'x\u007f', '\u202eexe'])(
      'a program that calls itself %j is closed as any other',
      (comm) => {
        const process = { pid: 7, comm, exe: '/home/u/srv', cmdline: 'srv', cgroup: '/user.slice', inodes: [100] };
        const snapshot = withOutput(
          laptop({ ahead: ['-A INPUT -p tcp --dport 3000 -j ACCEPT'] }),
          'owners',
          [],
          `${JSON.stringify(process)}\n`,
        );
        const choice: NewChoice = {
          kind: 'close',
          targets: [{ protocol: 'tcp', port: 3000 }],
          audience: 'everyone',
          way: 'firewall',
        };
        const made = planFor(snapshot, choice);
        expect(made.warnings.map((one) => (typeof one === 'string' ? one : one.kind))).toContain('ahead');
        expect(readOrder(printOrder(made), sha256).warnings).toEqual(made.warnings);
      },
    );

    test('without an end: refused', () => {
      const many = Array.from({ length: 1001 }, () => ({ kind: 'unsaved' }));
      expect(() => readInWords(printOrder(warning(many)), sha256)).toThrow(/The plan was refused: warnings/);
    });
  });

  describe('operations that do not belong to the choice, rightly signed', () => {
    const deny: Operation = {
      kind: 'ufw-prepend',
      action: 'deny',
      protocol: 'tcp',
      port: 3000,
      from: 'any',
      families: [4, 6],
    };
    const allow: Operation = { ...deny, action: 'allow' };
    const enable: Operation = { kind: 'ufw-enable' };
    const other = parseTuple('deny tcp 22 0.0.0.0/0 any 0.0.0.0/0 in', 4);
    const route = parseTuple('route:allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in', 4);
    if (other === null || route === null) throw new Error('no tuple');
    const opening: NewChoice = { kind: 'remove-opening', targets: [{ protocol: 'tcp', port: 3000 }] };
    const reopen: NewChoice = { ...close, kind: 'reopen' };
    const near: NewChoice = { ...close, audience: 'all-but-this-network' };
    const refused: readonly (readonly [string, readonly Operation[], NewChoice])[] = [
      ['closing that opens', [allow], close],
      ['closing that opens another port', [deny, { ...allow, port: 22 }], close],
      ['closing another port', [{ ...deny, port: 22 }], close],
      ['closing for all but a network that opens to all', [allow], near],
      ['closing that takes a rule of another port away', [{ kind: 'ufw-delete', tuple: other }, deny], close],
      ['closing that takes a forwarding rule away', [{ kind: 'ufw-delete', tuple: route }, deny], close],
      ['opening another port', [{ ...allow, port: 22 }], reopen],
      ['opening that turns ufw on', [allow, enable], reopen],
      ['removing an opening that opens', [allow], opening],
      ['ufw turned on before the end', [enable, deny], close],
      ['closing that puts a rule in', [{ kind: 'ufw-insert', tuple, number: 1 }, deny], close],
      ['turning the firewall on that turns it off', [{ kind: 'ufw-disable' }], { kind: 'enable-firewall', keep: [] }],
    ];
    test.each(refused)('%s', (_, steps, choice) => {
      expect(() => read(JSON.parse(printOrder(planOf(steps, choice))))).toThrow(/The plan was refused: (?!its)/);
    });
    const taken: readonly (readonly [string, readonly Operation[], NewChoice])[] = [
      ['keeping a port while turning ufw on', [{ ...allow, port: 22 }, deny, enable], close],
      ['letting the network in', [deny, { ...allow, from: '192.168.1.0/24', families: [4] }], near],
      ['letting the network in slowly', [deny, { ...allow, action: 'limit', from: '10.0.0.0/8', families: [4] }], near],
      ['opening again', [{ kind: 'ufw-delete', tuple }, allow], reopen],
      ['removing an opening', [{ kind: 'ufw-delete', tuple }], opening],
    ];
    test.each(taken)('but not: %s', (_, steps, choice) => {
      const made = planOf(steps, choice);
      expect(read(JSON.parse(printOrder(made)))).toEqual(made);
    });
  });

  describe('one that takes a change back', () => {
    const undoPlan = (operation: Operation): Plan => {
      const { id: _, ...body } = planOf([operation]);
      const undo = {
        ...body,
        choice: { kind: 'undo', change: '20261120T104300-a1b2c3' },
        summary: 'Take back “x”',
      } as const;
      return { ...undo, id: planId(undo, sha256) };
    };
    const insert = (line: string, number: number | null = 2): Operation => ({
      kind: 'ufw-insert',
      tuple: parseTuple(line, 4) ?? tuple,
      number,
    });

    test('arrives; what it belongs to is told by the journal alone', () => {
      for (const operation of [
        insert('deny tcp 3000 0.0.0.0/0 any 10.0.0.0/8 in comment=6869', null),
        { kind: 'ufw-disable' } as const,
      ]) {
        const made = undoPlan(operation);
        expect(readInWords(printOrder(made), sha256)).toEqual(made);
      }
    });

    test.each([
      ['a rule that passes on', insert('route:allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in')],
      ['a profile’s rule', insert('allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 WWW%20Full - in')],
      ['a rule that ufw would write otherwise', insert('allow tcp 3000 0.0.0.0/0  any 0.0.0.0/0')],
      ['a place that is none', insert('allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in', 0)],
    ])('%s: refused', (_, operation) => {
      expect(() => readInWords(printOrder(undoPlan(operation)), sha256)).toThrow(/The plan was refused: (?!its)/);
    });
  });

  test('garbage', () => {
    for (const text of ['', 'null', '[]', '{', '"x"', '{"schema":1}', 'ufw allow 22']) {
      expect(() => readInWords(text, sha256)).toThrow(/The plan was refused/);
    }
  });
});

describe('rules in zones of firewalld', () => {
  const drop: Operation = {
    kind: 'firewalld-add',
    zone: 'public',
    action: 'drop',
    protocol: 'tcp',
    port: 3000,
    source: 'any',
  };
  const accept: Operation = { ...drop, action: 'accept', source: '192.168.77.0/24' };
  const some: NewChoice = { ...close, audience: 'internet' };
  const reopen: NewChoice = { ...close, kind: 'reopen' };
  const order = (operation: unknown, choice: NewChoice = close, more: Partial<Plan> = {}) => {
    const { id: _, ...body } = planOf([], choice);
    const steps = [{ operation, says: '', commands: [] }] as unknown as Plan['steps'];
    const zoned = { ...body, layers: ['firewalld' as const], undo: [stepOf({ kind: 'firewalld-restore' })], ...more };
    const said = { ...zoned, steps: steps.map((step) => ({ ...step, says: 'x' })) };
    return readInWords(printOrder({ ...said, id: 'a'.repeat(64) }), sha256);
  };
  /** Everything about it is right but the id, which does not belong to these words. */
  const RIGHT = /its id does not belong/;

  test.each<[string, Operation, NewChoice]>([
    ['a block', drop, close],
    ['a network that stays', accept, some],
    ['a network that no longer stays', { ...accept, kind: 'firewalld-remove' }, close],
    ['a block taken out', { ...drop, kind: 'firewalld-remove' }, reopen],
    ['everybody let in', { ...drop, action: 'accept' }, reopen],
  ])('%s is taken', (_, operation, choice) => expect(() => order(operation, choice)).toThrow(RIGHT));

  test.each<[string, unknown, NewChoice]>([
    ['a zone’s name that is none', { ...drop, zone: 'public --add-service=http' }, close],
    ['one that begins with a dash', { ...drop, zone: '-x' }, close],
    ['one with a path', { ...drop, zone: '../../x' }, close],
    ['an address that is none', { ...accept, source: '1.2.3.4" drop rule family="ipv4' }, some],
    ['a block of some', { ...drop, source: '10.0.0.0/8' }, close],
    ['another port', { ...drop, port: 22 }, close],
    ['letting in while closing for everyone', accept, close],
    ['letting everybody in while closing', { ...accept, source: 'any' }, some],
    ['taking a block out while closing', { ...drop, kind: 'firewalld-remove' }, close],
    ['blocking while opening', drop, reopen],
    ['a priority of its own', { ...drop, priority: 5 }, close],
    ['putting files back as a step', { kind: 'firewalld-restore' }, close],
  ])('%s is refused', (_, operation, choice) => {
    expect(() => order(operation, choice)).toThrow();
    expect(() => order(operation, choice)).not.toThrow(RIGHT);
  });

  test('another firewall’s way back is refused', () =>
    expect(() => order(drop, close, { undo: [stepOf({ kind: 'table-restore' })] })).toThrow(/way back/));
});

/** The helper is of Linux: what is for Windows Firewall is no plan of its own, be it as whole as it may. */
test('of Windows: every operation is refused, by its layer and by its kind', () => {
  const all = Object.values<readonly Operation[]>(OPERATIONS)
    .flat()
    .filter(({ kind }) => kind.startsWith('windows-'));
  expect(all.length).toBeGreaterThan(6);
  for (const operation of all) {
    const { id: _, ...whole } = planOf([...operations, operation]);
    for (const [layers, said] of [
      [['ufw', 'windows'], /layers/],
      [['ufw'], /steps/],
    ] as const) {
      const body = { ...whole, layers };
      const text = printOrder({ ...body, id: planId(body, sha256) });
      expect(() => inWords(() => readOrder(text, sha256)), operation.kind).toThrow(said);
    }
  }
});
