/** What every firewall that a change may be made in offers to the transaction. */
import type { Layer, Operation, Snapshot } from '../../../core/model.ts';
import type { Checked } from '../../../core/told.ts';
import type { PutBack } from '../kernel.ts';

/** What the helper changes. */
export const HELPED = ['ufw', 'firewalld', 'nftables', 'services', 'connections'] as const satisfies readonly Layer[];
export type Helped = (typeof HELPED)[number];

/** SHA-256 of files by their path; null: there is no such file. */
export type Left = Readonly<Record<string, string | null>>;

export interface LayerWork<B extends { readonly layer: Helped }> {
  /** What is there now. `states`: what the change begins with, and after each step. Null: it is not as the first has it. */
  readonly save: (states: readonly Snapshot[]) => Promise<B | null>;
  /** Make sure that putting back cannot fail for want of room. */
  readonly standBy: (before: B) => Promise<void>;
  /** Carry out step number `at` (from 0). Throws where things are then not those of `expected`. `hold`: see `lock.ts`. */
  readonly carryOut: (operation: Operation, at: number, expected: Snapshot, hold: number) => Promise<void>;
  /** Its files as they are now, as far as the operations reach. */
  readonly left: (operations: readonly Operation[]) => Promise<Left>;
  /** Files that hold what neither the change nor a cut-off write of it can have left: somebody else's work. */
  readonly foreign: (before: B, left: readonly Left[]) => Promise<readonly string[]>;
  /** Files and kernel as they were saved. Throws with what failed, after doing all that could be done. */
  readonly restore: (before: B) => Promise<PutBack>;
  /** What was put back. `ours`: all of it. */
  readonly restored: (ours: boolean) => readonly Checked[];
  /** For how long a change holds, where people would not expect it to end. */
  readonly lasting: () => readonly Checked[];
  /** What to type to look at it. */
  readonly look: string;
  /** Where its files are. */
  readonly folder: string;
}
