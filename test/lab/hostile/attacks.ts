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

/** `other`: plans for other machines. */
export interface Bases {
  readonly own: readonly Order[];
  readonly other: readonly Order[];
}

const send = (order: Order): Attack => attack('either', { input: Buffer.from(JSON.stringify(order)) });

/** Changed for certain: a plan as it was made is no attack. */
function differently(change: plans.OnPlan, order: Order, random: Random): Order {
  const next = change(order, random);
  return JSON.stringify(next) === JSON.stringify(order) ? differently(plans.fields, order, random) : next;
}

/** With the id that belongs to the change. */
const changed =
  (change: plans.OnPlan): Make =>
  (order, random) =>
    send(signed(differently(change, order, random)));

const raw =
  (make: (order: Order, random: Random) => Buffer): Make =>
  (order, random) =>
    attack('either', { input: make(order, random) });

const unsigned: Make = (order, random) => {
  const { fields, otherOperations, ports, comments, lies, otherOrder } = plans;
  return send(differently(random.pick([fields, otherOperations, ports, comments, lies, otherOrder]), order, random));
};

const keys = (order: Order, random: Random): Buffer =>
  random.chance(0.8) ? keysInText(order, random) : keyTwice(order, random);

const SILENCE = 'standard input that stays silent for ever';
const WAITING = 'words while a change waits to be confirmed';

const KINDS: readonly (readonly [name: string, weight: number, make: Make])[] = [
  ['one field: of a wrong type, huge, or missing', 16, changed(plans.fields)],
  ['unknown keys: argv, commands, prototypes', 8, changed(plans.unknownKeys)],
  ['keys that only JSON can hold, and keys twice', 4, raw(keys)],
  ['operations of other layers or ports, restoring as a step', 7, changed(plans.otherOperations)],
  ['somebody else’s rules, and rules whose line says something else', 7, changed(plans.foreignTuples)],
  ['comments and names: quotes, line ends, $(), NUL, ANSI, bidi', 6, changed(plans.comments)],
  ['interfaces and application profiles', 5, changed(plans.namesOfThings)],
  ['addresses and networks', 6, changed(plans.addresses)],
  ['ports and protocols', 5, changed(plans.ports)],
  ['ports that are none, with choice and summary to match', 4, changed(plans.agreeingPorts)],
  ['choice, audience, summary, confirmation that do not match', 7, changed(plans.lies)],
  ['steps reordered, doubled, dropped', 4, changed(plans.otherOrder)],
  ['two of these at once', 5, changed(plans.twoAtOnce)],
  ['any of these, with the id left as it was', 8, unsigned],
  ['more than there may be: bytes, depth, entries', 3, raw(tooMuch)],
  ['bytes: no UTF-8, surrogates, BOM, half a line, two lines, noise', 7, raw(bytes)],
  ['words on the command line: verbs, too many, options, bytes', 7, words],
  ['ids of changes: confirm, undo, recover', 6, ids],
  ['the plan in a file: links, FIFOs, other owners, swapped', 6, files],
  ['who asks: PKEXEC_UID, SUDO_UID, and a question that said something else', 5, askers],
  ['settings and locales of the caller', 7, environment],
  ['standard streams that are closed or lead elsewhere, limits, signals', 4, streams],
];

export const NAMES: readonly string[] = [...KINDS.map(([name]) => name), SILENCE, WAITING];

/** One in so many: they take half a minute each, and seconds. */
const SILENT_EVERY = 2500;
const WAITING_EVERY = 250;

/** Share of the attacks that begin with a plan of this machine. */
const OWN = 0.85;

export function attackOf(
  seed: number,
  number: number,
  { own, other }: Bases,
): { readonly kind: string; readonly one: Attack } {
  const at = random((seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0);
  const order = at.chance(OWN) || other.length === 0 ? at.pick(own) : at.pick(other);
  if (number % SILENT_EVERY === SILENT_EVERY - 1) return { kind: SILENCE, one: silence(order, at) };
  const waiting = own.filter((one) => one['confirmWithin'] !== null);
  if (number % WAITING_EVERY === WAITING_EVERY - 1 && waiting.length > 0) {
    return { kind: WAITING, one: whileWaiting(at.pick(waiting), at) };
  }
  const [kind, make] = at.weighted(KINDS.map(([name, weight, maker]) => [[name, maker] as const, weight] as const));
  return { kind, one: make(order, at) };
}
