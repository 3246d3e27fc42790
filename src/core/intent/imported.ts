/** An intent of another machine as a window is given it: light, since a page loads it. */
import type { Intent } from '../firewalls/export.ts';
import type { Carried, CarryRemark } from './carry.ts';

/** What a file holds, and what it comes to on this machine. */
export interface ImportedIntent extends Carried {
  readonly intent: Intent;
}

/** Characters of a file as a message of a window holds them; on the terminal larger ones are read. */
export const LARGEST_INTENT = 900_000;

/** More is open, or may be, than is closed by it. */
export const leavesDoubt = ({ kind }: CarryRemark): boolean =>
  kind === 'unknown-listening' || kind === 'unknown-rest' || kind === 'range-stays' || kind === 'address-stays';
