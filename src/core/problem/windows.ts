/** Problems of changing Windows Firewall: what it would not do, and what is not done in it. */
import { z } from 'zod';
import { count, deciding, many, name, namedPort, profile, targets } from './fields.ts';
import { ways } from './closing.ts';

const profiles = many(profile);

export const windows = z.discriminatedUnion('kind', [
  /** Policy takes the force from what is set on the computer itself, in these kinds of networks. */
  z.strictObject({ kind: z.enum(['windows-inert', 'windows-off-by-policy', 'windows-off-unknown']), profiles }),
  /** A rule of Portcullis's name is there and is not as Portcullis makes it. */
  z.strictObject({ kind: z.literal('windows-own-changed'), rule: name }),
  /** The script would be longer than a command line takes. */
  z.strictObject({ kind: z.literal('windows-too-long'), characters: count, most: count }),
  /** A remote session would be cut. agreed: closing with the connections ended as well would do it. */
  z.strictObject({ kind: z.literal('windows-session'), targets, agreed: z.boolean() }),
  z.strictObject({ kind: z.enum(['windows-sessions-unread', 'windows-no-timer', 'windows-odd-step']) }),
  /** It stays shut. by: the rules that block it; none: nothing lets it in. */
  z.strictObject({ kind: z.literal('windows-stays-shut'), port: namedPort, by: many(deciding) }),
  /** Nothing lets it in when the firewall is on. */
  z.strictObject({ kind: z.literal('windows-not-kept'), port: namedPort }),
  z.strictObject({ kind: z.enum(['windows-no-opening', 'windows-no-block']), targets }),
  /** The other ways to close are done by hand. */
  z.strictObject({ kind: z.literal('windows-by-hand'), ways }),
]);
export type WindowsProblem = z.output<typeof windows>;
