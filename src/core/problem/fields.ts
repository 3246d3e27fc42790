/** Fields that more than one kind of problem or warning has, as they cross from one program to another. */
import { z } from 'zod';
import type { Doing, Left, LeftWhy, NamedChange, NamedEnd, NamedPort, Thing } from '../told.ts';

export const family = z.union([z.literal(4), z.literal(6)]);
export const protocol = z.enum(['tcp', 'udp']);
export const port = z.number().int().min(1).max(65535);

const LINE = /^[^\p{Cc}\u2028\u2029]*$/u;

/** One line of text in which nothing steers. */
export const line = (limit: number) => z.string().max(limit).regex(LINE);

/** Is that so of every text in it? */
export const steersNowhere = (value: unknown): boolean =>
  typeof value === 'string'
    ? LINE.test(value)
    : typeof value !== 'object' || value === null || Object.values(value).every(steersNowhere);

/** What a program, a file or the system said, as it was. */
export const said = z.string().max(8192);

export const many = <T extends z.ZodType>(one: T) => z.array(one).max(10_000).readonly();

export const name = line(256);
export const names = many(name);
export const path = line(4096);
export const paths = many(path);
/** What to type. */
export const command = z.string().max(8192);
/** A rule in its firewall's own words. */
export const rule = line(8192);
export const pid = z.number().int().min(0);
export const count = z.number().int().min(0).max(1_000_000);

/** A kind of network, as Windows Firewall has them. */
export const profile = z.enum(['domain', 'private', 'public']);
export const target = z.strictObject({ protocol, port });
export const targets = many(target);
export const namedPort: z.ZodType<NamedPort> = z.strictObject({ protocol, port, name: name.nullable() });
export const end: z.ZodType<NamedEnd> = z.strictObject({ listener: line(128), name });
export const ends = many(end);
export const changeId = line(64);
export const change: z.ZodType<NamedChange> = z.strictObject({ id: changeId, summary: line(2000) });

/** A rule that decided, and its firewall. */
export const deciding = z.strictObject({ firewall: line(64), rule });

export const doing: z.ZodType<Doing> = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.enum(['close', 'reopen']),
    targets,
    audience: z.enum(['everyone', 'all-but-this-network', 'internet']),
    stops: z.boolean(),
    turnsOn: z.boolean(),
  }),
  z.strictObject({ is: z.enum(['enable-firewall', 'recover']) }),
  z.strictObject({ is: z.literal('remove-opening'), targets }),
  z.strictObject({ is: z.literal('undo'), change: changeId.nullable() }),
]);

export const thing: z.ZodType<Thing> = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('ufw') }),
  z.strictObject({ is: z.literal('rule'), family, rule }),
  z.strictObject({ is: z.literal('block'), target }),
  z.strictObject({ is: z.literal('zone-rule'), target, zone: name }),
  z.strictObject({ is: z.literal('unit'), unit: name }),
  z.strictObject({ is: z.literal('windows-block'), target }),
  z.strictObject({ is: z.literal('windows-rule'), rule }),
  z.strictObject({ is: z.literal('profile'), profile }),
]);

const why: z.ZodType<LeftWhy> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['differs', 'there', 'no-ipv6', 'unit-gone', 'rule-changed', 'unseen']) }),
  z.strictObject({ kind: z.enum(['needed', 'made-by-hand', 'taken-by-hand', 'taken-too']), later: change }),
  z.strictObject({ kind: z.enum(['belonged', 'taken-before']), to: change }),
  z.strictObject({ kind: z.literal('replaced'), by: rule }),
]);

export const leftFields = { kind: z.literal('left'), thing, why };
/** What an undo leaves as it is. */
export const lefts: z.ZodType<readonly Left[]> = many(z.strictObject(leftFields));
