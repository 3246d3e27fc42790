/** Attacks that change what a plan says. Each takes a real plan; the id is made right afterwards, unless that is the attack. */
import { withLine } from '../../../src/core/firewalls/ufw/tuple.ts';
import type { Operation, UfwTuple } from '../../../src/core/model.ts';
import { stepOf, summaryOf } from '../../../src/core/plan/index.ts';
import type { Random } from '../generate/random.ts';
import type { Order } from './bases.ts';
import { anyPath, get, type Path, pathsTo, put } from './fields.ts';
import { anyOperation, anyTuple } from './operations.ts';
import { ADDRESSES, anything, APPS, COMMENTS, INTERFACES, NUMBERS, PORTS, PROTOCOLS, TEXTS } from './texts.ts';

export type OnPlan = (order: Order, random: Random) => Order;

const steps = (order: Order) => order['steps'] as readonly { readonly operation: Operation; readonly says: string }[];
const bare = (operation: Operation) => ({ operation, says: stepOf(operation).says });
const withSteps = (order: Order, operations: readonly Operation[]): Order => ({
  ...order,
  steps: operations.map(bare),
});
const operations = (order: Order): readonly Operation[] => steps(order).map(({ operation }) => operation);

function somewhere(order: Order, random: Random, keys: readonly string[], values: readonly unknown[]): Order {
  const paths = pathsTo(order, (key) => keys.includes(String(key)));
  // The steps first of all: what is said elsewhere is only said.
  const deciding = paths.filter(([first]) => first === 'steps' || first === 'choice');
  const from = deciding.length > 0 && random.chance(0.85) ? deciding : paths;
  return from.length === 0 ? oneField(order, random) : put(order, random.pick(from), random.pick(values));
}

export const oneField: OnPlan = (order, random) => put(order, anyPath(order, random), anything(random));

const taken: OnPlan = (order, random) => put(order, anyPath(order, random), undefined);

export const fields: OnPlan = (order, random) =>
  random.weighted([[oneField, 5] as const, [taken, 1] as const])(order, random);

const KEYS = [
  'argv',
  'command',
  'commands',
  'args',
  'shell',
  'env',
  'path',
  'file',
  'exec',
  'cwd',
  'input',
  'toString',
  'constructor',
  'prototype',
  '__proto__',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
  'kind ',
  'Kind',
  'tuple',
  'disable',
  '',
  '\u0000',
  'ſteps',
];
const VALUES: readonly unknown[] = [
  ['/bin/sh', '-c', 'reboot'],
  [['rm', '-rf', '/etc/ufw']],
  'reboot',
  { isAdmin: true, shell: '/bin/sh' },
  '/etc/shadow',
  true,
  null,
  0,
];

export const unknownKeys: OnPlan = (order, random) => {
  const objects = pathsTo(order, () => true).filter((path) => {
    const value = get(order, path);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  });
  const path: Path = random.chance(0.3) || objects.length === 0 ? [] : random.pick(objects);
  return put(order, [...path, random.pick(KEYS)], random.pick(VALUES));
};

export const otherOperations: OnPlan = (order, random) => {
  const own = operations(order);
  const at = random.below(own.length + 1);
  const many = Array.from({ length: 1 + random.below(3) }, () => anyOperation(random));
  const next = random.chance(0.5) ? [...own.slice(0, at), ...many, ...own.slice(at)] : many;
  const changed = withSteps(order, next);
  if (random.chance(0.2)) return { ...changed, undo: [bare(anyOperation(random))] };
  if (random.chance(0.2))
    return { ...changed, layers: random.some(['ufw', 'nftables', 'services', 'programs', 'connections', 'pf'], 3) };
  return changed;
};

const deleting = (tuple: UfwTuple): Operation => ({ kind: 'ufw-delete', tuple });

/** Somebody's rule under this plan's name; or a rule of which the line says something else than the fields. */
export const foreignTuples: OnPlan = (order, random) => {
  const tuple = anyTuple(random);
  const other = anyTuple(random);
  const lie = random.weighted<() => UfwTuple>([
    [() => tuple, 3],
    [() => ({ ...tuple, line: other.line }), 3],
    [() => ({ ...tuple, dport: other.dport }), 2],
    [() => ({ ...tuple, family: tuple.family === 4 ? 6 : 4 }), 1],
    [() => ({ ...tuple, line: `${tuple.line} comment=${random.pick(COMMENTS)}` }), 1],
    [
      () => ({ ...tuple, line: `${tuple.line}${random.pick([' ', '\t', '\n', '  in', ' #', '\u00a0', '\u2003x'])}` }),
      1,
    ],
    [() => ({ ...tuple, line: tuple.line.replaceAll(' ', random.pick(['  ', '\t', '\u00a0', '\u2003', '\v'])) }), 1],
    [() => ({ ...tuple, [random.pick(Object.keys(tuple))]: anything(random) }), 2],
  ])();
  const own = operations(order);
  const at = random.below(own.length + 1);
  return withSteps(order, [...own.slice(0, at), deleting(lie), ...own.slice(at)]);
};

/** A rule's tuple with other parts, and its line made anew from them, so that fields and line agree. */
function remade(order: Order, random: Random, change: (tuple: UfwTuple) => UfwTuple): Order {
  const own = operations(order);
  const at = own.findIndex(({ kind }) => kind === 'ufw-delete');
  const old = own[at];
  const tuple = old?.kind === 'ufw-delete' ? old.tuple : anyTuple(random);
  const made = change(tuple);
  let line = '';
  try {
    line = withLine(made).line;
  } catch {
    line = tuple.line;
  }
  return withSteps(
    order,
    own.map((one, index) => (index === Math.max(at, 0) ? deleting({ ...made, line }) : one)),
  );
}

export const comments: OnPlan = (order, random) => {
  if (random.chance(0.9)) return remade(order, random, (tuple) => ({ ...tuple, comment: random.pick(COMMENTS) }));
  const says = random.pick(TEXTS);
  const path = random.pick(
    pathsTo(order, (key) =>
      ['comment', 'name', 'says', 'summary', 'listener', 'rule', 'why', 'interface'].includes(String(key)),
    ),
  );
  return put(order, path, says);
};

export const namesOfThings: OnPlan = (order, random) =>
  remade(order, random, (tuple) => {
    const key = random.pick(['interfaceIn', 'interfaceOut', 'dapp', 'sapp'] as const);
    return { ...tuple, [key]: random.pick(key.startsWith('interface') ? INTERFACES : APPS) };
  });

export const addresses: OnPlan = (order, random) => {
  const value = random.pick(ADDRESSES);
  if (random.chance(0.2)) return remade(order, random, (tuple) => ({ ...tuple, [random.pick(['src', 'dst'])]: value }));
  const own = operations(order);
  const at = random.below(own.length);
  const except = { except: random.chance(0.5) ? [value] : [value, random.pick(ADDRESSES)] };
  const changed = own.map((one, index) => {
    if (index !== at) return one;
    if (one.kind === 'ufw-prepend') return { ...one, from: value, families: random.pick([one.families, [4], [6]]) };
    return one.kind === 'table-close' || one.kind === 'table-open' ? { ...one, ...except } : one;
  }) as readonly Operation[];
  if (changed[at] === own[at])
    return somewhere(order, random, ['from', 'src', 'dst', 'except', 'address', 'families'], ADDRESSES);
  try {
    return withSteps(order, changed);
  } catch {
    return { ...order, steps: changed.map((operation) => ({ operation, says: '' })) };
  }
};

export const ports: OnPlan = (order, random) =>
  random.chance(0.75)
    ? somewhere(order, random, ['port', 'dport', 'sport'], [...PORTS, ...NUMBERS])
    : somewhere(order, random, ['protocol', 'action', 'direction'], PROTOCOLS);

/** The same port in choice and steps, and the words made anew: everything agrees, but with a port that is none. */
export const agreeingPorts: OnPlan = (order, random) => {
  const wanted = random.pick(random.chance(0.5) ? PORTS : NUMBERS);
  const changed = pathsTo(order, (key) => key === 'port' || key === 'dport')
    .filter(([first]) => first === 'steps' || first === 'choice')
    .reduce((at, path) => put(at, path, wanted), order);
  try {
    return { ...changed, summary: summaryOf(changed['choice'] as Parameters<typeof summaryOf>[0], false) };
  } catch {
    return changed;
  }
};

export const lies: OnPlan = (order, random) =>
  random.weighted<() => Order>([
    [
      () =>
        put(
          order,
          ['choice', 'audience'],
          random.pick(['everyone', 'all-but-this-network', 'internet', 'nobody', 'Everyone', '']),
        ),
      3,
    ],
    [
      () =>
        put(
          order,
          ['choice', 'kind'],
          random.pick(['close', 'reopen', 'enable-firewall', 'remove-opening', 'open', 'undo']),
        ),
      3,
    ],
    [
      () =>
        put(
          order,
          ['choice', 'targets'],
          [{ protocol: random.pick(['tcp', 'udp']), port: random.pick([22, 2222, 3000, 9999]) }],
        ),
      3,
    ],
    [
      () =>
        put(
          order,
          ['choice', 'way'],
          random.pick(['firewall', 'own-table', 'stop', 'container', 'bind-loopback', 'shell']),
        ),
      1,
    ],
    [
      () => ({
        ...order,
        summary: random.pick([
          'Nothing at all',
          `${String(order['summary'])} `,
          `${String(order['summary'])}\n`,
          'Turn the firewall on',
          ...TEXTS,
        ]),
      }),
      4,
    ],
    [() => ({ ...order, confirmWithin: random.pick([0, 9, 11, 30, 31, 601, -10, 1e9, '10', null, 10.5]) }), 3],
    [() => put(order, ['choice', 'confirm'], random.pick([0, 9, 10, 31, 601, -10, 1e9, '10', null, 10.5])), 2],
    [
      () => ({
        ...order,
        rulesDigest: random.pick([
          '0'.repeat(64),
          'A'.repeat(64),
          'a'.repeat(63),
          `${'a'.repeat(63)}\n`,
          '../../etc/shadow',
        ]),
      }),
      2,
    ],
    [
      () =>
        put(
          order,
          ['effects'],
          ((order['effects'] ?? []) as { before: unknown; after: unknown }[]).map((one) => ({
            ...one,
            after: one.before,
          })),
        ),
      1,
    ],
    [() => ({ ...order, schema: random.pick([0, 2, '1', 1.5, null]) }), 1],
    [
      () => ({
        ...order,
        createdAt: random.pick([
          'now',
          '2026-13-40T99:99:99Z',
          '2026-11-20',
          '2026-11-20T18:00:00+99:99',
          '; reboot',
          0,
        ]),
      }),
      1,
    ],
  ])();

export const otherOrder: OnPlan = (order, random) => {
  const own = operations(order);
  const at = random.below(own.length);
  return withSteps(
    order,
    random.weighted<() => readonly Operation[]>([
      [() => own.toReversed(), 2],
      [() => random.shuffled(own), 2],
      [() => [...own, ...own], 2],
      [() => [...own, own[at]!], 2],
      [() => own.filter((_, index) => index !== at), 3],
      [() => [], 1],
      [() => own.slice(0, 1), 1],
      [() => Array.from({ length: random.pick([500, 5000, 5001]) }, () => own[at]!), 1],
      [() => [{ kind: 'ufw-enable' }, ...own], 1],
    ])(),
  );
};

export const twoAtOnce: OnPlan = (order, random) => {
  const all = [oneField, otherOperations, foreignTuples, comments, namesOfThings, addresses, ports, lies, otherOrder];
  try {
    return random.pick(all)(random.pick(all)(order, random), random);
  } catch {
    // What the first has left is no plan any more that the second could change.
    return oneField(order, random);
  }
};
