/** What a change on Windows needs: of this computer, and of core. A test gives its own. */
import { predict, windows } from '../../../core/firewalls/registry.ts';
import type { Change, Operation, Plan, Report, Snapshot } from '../../../core/model.ts';
import { demandLocalRules, rulesDigest, takeBack } from '../../../core/plan/index.ts';
import { gather } from '../../gather/index.ts';
import { sha256 } from '../files.ts';
import { recheck } from '../recheck.ts';
import { type Elevated, elevateScript } from './elevate.ts';

export interface WindowsSystem {
  /** Where the journal is. */
  readonly folder: string;
  /** Everything, as the person who asks. Never throws. */
  readonly gather: () => Promise<Snapshot>;
  /** The script that carries operations out: status 0 done and checked, 3 stale, 4 put back, 5 not put back, 6 not elevated. */
  readonly script: (operations: readonly Operation[]) => string;
  /** Never throws. */
  readonly elevate: (script: string) => Promise<Elevated>;
  /** What the computer will print after them. */
  readonly predict: (snapshot: Snapshot, operations: readonly Operation[]) => Snapshot;
  /** Refuses what is not as the plan saw it; else who will reach what. */
  readonly recheck: (plan: Plan, snapshot: Snapshot, changes: readonly Change[]) => Report;
  readonly digest: (snapshot: Snapshot) => string;
  /** Throws a ProblemError also where the rules could not be read. */
  readonly takeBack: typeof takeBack;
}

/** Only what is for Windows Firewall gets into a plan there; the script refuses all else. */
function script(operations: readonly Operation[]): string {
  if (!operations.every(windows.isWindows)) throw new Error('not for Windows Firewall');
  return windows.changeScript(operations);
}

export const thisComputer = (folder: string): WindowsSystem => ({
  folder,
  gather: () => gather({}),
  script,
  elevate: elevateScript,
  predict,
  recheck,
  digest: (snapshot) => rulesDigest(snapshot, sha256),
  takeBack: (changes, change, snapshot) => {
    // Of what was not read nothing is in force, and all would seem to be taken back.
    demandLocalRules(snapshot);
    return takeBack(changes, change, snapshot);
  },
});
