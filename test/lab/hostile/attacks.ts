/** All attacks: the number of one and the seed of all give exactly that one. */
import { type Random, random } from '../generate/random.ts';
import { attack, type Attack } from './attack.ts';
import { type Order, signed } from './bases.ts';
import { askers, files } from './on-files.ts';
import * as plans from './on-plans.ts';
import { environment, silence, streams, whileWaiting } from './on-surroundings.ts';
import { bytes, keysInText, keyTwice, tooMuch } from './on-text.ts';
import { ids, words } from './on-words.ts';

type Make = (order: Order, random: Random) => Attack;

/** `other`: plans for other machines; `waiting`: those of this one that have to be confirmed. */
export interface Bases {
  readonly own: readonly Order[];
  readonly other: readonly Order[];
}

const send = (kind: string, expect: Attack['expect'], order: Order): Attack =>
  attack(kind, expect, { input: Buffer.from(JSON.stringify(order)) });

/** Changed, with the id that belongs to the change; a few in every kind with the id as it was. */
const changed =
  (kind: string, change: plans.OnPlan): Make =>
  (order, random) => {
    const next = change(order, random);
    return send(kind, 'either', signed(next));
  };

const raw =
  (kind: string, make: (order: Order, random: Random) => Buffer): Make =>
  (order, random) =>
    attack(kind, 'either', { input: make(order, random) });

const unsigned: Make = (order, random) => {
  const change = random.pick([plans.fields, plans.otherOperations, plans.ports, plans.comments, plans.lies, plans.otherOrder]);
  return send('any of these changes, with the id left as it was', 'either', change(order, random));
};

const KINDS: readonly (readonly [weight: number, make: Make])[] = [
  [16, changed('one field: of a wrong type, huge, or missing', plans.fields)],
  [8, changed('unknown keys: argv, commands, prototypes', plans.unknownKeys)],
  [4, raw('keys that only JSON can hold, and keys twice', (order, at) => (at.chance(0.6) ? keysInText(order, at) : keyTwice(order, at)))],
  [7, changed('operations of other layers or ports, restoring as a step', plans.otherOperations)],
  [7, changed('somebody else’s rules, and rules whose line says something else', plans.foreignTuples)],
  [6, changed('comments and names: quotes, line ends, $(), NUL, ANSI, bidi', plans.comments)],
  [5, changed('interfaces and application profiles', plans.namesOfThings)],
  [6, changed('addresses and networks', plans.addresses)],
  [5, changed('ports and protocols', plans.ports)],
  [4, changed('ports that are none, with choice and summary to match', plans.agreeingPorts)],
  [7, changed('choice, audience, summary, confirmation that do not match', plans.lies)],
  [4, changed('steps reordered, doubled, dropped', plans.otherOrder)],
  [5, changed('two of these at once', plans.twoAtOnce)],
  [8, unsigned],
  [3, raw('more than there may be: bytes, depth, entries', tooMuch)],
  [7, raw('bytes: no UTF-8, surrogates, BOM, half a line, two lines, noise', bytes)],
  [7, words],
  [6, ids],
  [6, files],
  [5, askers],
  [7, environment],
  [4, streams],
];

/** Of a whole run so many: they take half a minute each, and seconds. */
const SILENT = 2500;
const WAITING = 250;

const OWN = 0.85;

export function attackOf(seed: number, number: number, bases: Bases): Attack {
  const at = random((seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0);
  const own = at.pick(bases.own);
  if (number % SILENT === SILENT - 1) return silence(own, at);
  const waiting = bases.own.filter((order) => order['confirmWithin'] !== null);
  if (number % WAITING === WAITING - 1 && waiting.length > 0) return whileWaiting(at.pick(waiting), at);
  const order = at.chance(OWN) || bases.other.length === 0 ? own : at.pick(bases.other);
  return at.weighted(KINDS.map(([weight, make]) => [make, weight] as const))(order, at);
}
