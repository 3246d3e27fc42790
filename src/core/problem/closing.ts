/** Problems of closing and opening ports: what has to be known first, and what a rule would not do. */
import { z } from 'zod';
import { deciding, end, ends, many, name, namedPort, pid, port, said, target, targets } from './fields.ts';
import { gapHow, gapWhat, gapWhy, reason } from './gaps.ts';

/** A way to close a port without a firewall's help. */
const wayOut = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('publishing'), port }),
  z.strictObject({ by: z.literal('container') }),
  z.strictObject({ by: z.literal('unit'), unit: name }),
  z.strictObject({ by: z.literal('program'), program: name.nullable(), pid: pid.nullable() }),
  /** The system itself listens, which cannot be ended: for a service or a program. */
  z.strictObject({ by: z.literal('system'), pid }),
  /** By its own settings; `service`: its id in the catalog, and what that says of it. */
  z.strictObject({
    by: z.literal('settings'),
    service: z.strictObject({ id: name, bindLocal: said }).nullable(),
  }),
]);
export type WayOut = z.output<typeof wayOut>;
export const ways = many(wayOut);

export const closing = z.discriminatedUnion('kind', [
  /** what: null, the kernel's rules. how: null, scanning again. exact: reading every rule would settle it. */
  z.strictObject({
    kind: z.literal('rules-unknown'),
    what: gapWhat.nullable(),
    why: gapWhy,
    how: gapHow.nullable(),
    exact: z.boolean(),
  }),
  /** firewalld: it is there, and off. own: the ports that could be closed in Portcullis's own table. */
  z.strictObject({ kind: z.literal('no-firewall'), firewalld: z.boolean(), own: targets.nullable(), ways }),
  /** macOS is judged and not changed. close: the ports that a script could close. */
  z.strictObject({ kind: z.literal('mac-unchanged'), close: targets.nullable() }),
  /** What only root may read is not asked for there. */
  z.strictObject({ kind: z.literal('mac-exact') }),
  z.strictObject({ kind: z.literal('nftables-missing') }),
  /** The first lines of ufw's files that ufw would lose. */
  z.strictObject({ kind: z.literal('foreign-lines'), lines: many(said) }),
  z.strictObject({ kind: z.enum(['ufw-not-loaded', 'ufw-ipv6-lost']) }),
  z.strictObject({ kind: z.literal('nobody-reaches'), targets }),
  /** firewalld is the firewall, and this is not what is done in it. */
  z.strictObject({ kind: z.literal('firewalld-governs') }),
  /** Other ports are led to it, which ufw does not tell apart. */
  z.strictObject({ kind: z.literal('led-to'), doors: many(port), target, ways }),
  /** It is led to other ports before the firewall sees it: a rule for it there shuts out nobody who comes so. */
  z.strictObject({ kind: z.literal('leads-on'), target, to: targets, ways }),
  /** The other ways to close are done by hand. */
  z.strictObject({ kind: z.literal('way-by-hand'), ways }),
  z.strictObject({ kind: z.literal('closing-unknown'), target, reason: reason.nullable(), ways }),
  /** A rule there would not close it. by: the first rules that let somebody in. */
  z.strictObject({
    kind: z.literal('still-let-in'),
    of: z.enum(['ufw', 'firewalld', 'windows']),
    port: namedPort,
    by: many(deciding),
    ways,
  }),
  z.strictObject({ kind: z.literal('would-not-open'), by: z.enum(['ufw', 'firewalld']), port: namedPort }),
  z.strictObject({ kind: z.literal('would-let-in'), port: namedPort }),
  z.strictObject({ kind: z.literal('must-stay-open'), port: namedPort }),
  z.strictObject({ kind: z.literal('also-changes'), ends }),
  z.strictObject({ kind: z.literal('also-changes-one'), end }),
  z.strictObject({ kind: z.literal('shuts-nobody-out'), targets }),
  /** Whoever reaches it comes by other ports, which lead to it. others: what else was chosen. table: they are to be closed in Portcullis's own table. */
  z.strictObject({
    kind: z.literal('comes-by-others'),
    targets,
    doors: targets,
    others: targets,
    table: z.boolean(),
  }),
  /** decided: the rule that lets somebody in still. */
  z.strictObject({
    kind: z.literal('would-not-close'),
    by: z.enum(['own-table', 'firewalld', 'windows']),
    end,
    decided: deciding.nullable(),
  }),
  z.strictObject({ kind: z.literal('opens-for-all') }),
  /** Opened in Portcullis's own table it would be shut still. */
  z.strictObject({ kind: z.literal('blocked-otherwise'), target }),
  z.strictObject({ kind: z.enum(['blocked-already', 'no-such-block']) }),
  /** ufw's state was lost while planning. */
  z.strictObject({ kind: z.literal('state-lost') }),
  /** zones: or none of firewalld's zones blocks it. */
  z.strictObject({ kind: z.literal('open-already'), targets, zones: z.boolean() }),
  z.strictObject({ kind: z.literal('no-rule-alone'), targets }),
  z.strictObject({ kind: z.literal('firewall-on-already') }),
  z.strictObject({ kind: z.enum(['firewalld-stopped', 'firewalld-panic']) }),
  z.strictObject({ kind: z.literal('zone-slows'), zone: name, target }),
  /** Nothing listens, so whom the zones let in cannot be told. */
  z.strictObject({ kind: z.literal('zones-untold'), target }),
  z.strictObject({ kind: z.enum(['zone-lets-in', 'zone-shuts-out']), port: namedPort }),
]);
export type ClosingProblem = z.output<typeof closing>;
