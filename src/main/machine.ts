/** What the advisor asks of this machine: reading (`gather`) and changing (`apply`, loaded when it is first needed). */
import type { Change, Choice, Plan, Snapshot, Transcript } from '../core/model.ts';
import { problem } from '../core/problem.ts';
import { takeAhead } from './ahead.ts';
import type { Applied, Done } from './apply/index.ts';
import type { changesOnWindows } from './apply/windows/index.ts';
import { gather, readServices } from './gather/index.ts';
import { readGiven } from './reading.ts';
import { stateFolder } from './settings.ts';

interface Step {
  readonly phase: string;
  readonly text: string;
  readonly done: number | null;
  readonly of: number | null;
}

type OnProgress = (step: Step) => void;

export interface Machine {
  readonly gather: (onProgress: OnProgress) => Promise<Snapshot>;
  /** What systemd runs, and these units, for plans that stop or start some of it. */
  readonly services: (named: readonly string[]) => Promise<Transcript>;
  /** What only root can read, where nobody has to be asked for it; null: somebody would have to be. */
  readonly readGiven: () => Promise<readonly Transcript[] | null>;
  /** Every rule, with the right to read it asked for where it is needed; `choice`: what needs it, where a change does. */
  readonly readExact: (choice: Choice | null) => Promise<readonly Transcript[]>;
  readonly apply: (plan: Plan, onProgress: OnProgress) => Promise<Applied>;
  readonly confirm: (change: string, onProgress: OnProgress) => Promise<Done>;
  readonly undo: (change: string | undefined, onProgress: OnProgress) => Promise<Done>;
  readonly history: () => Promise<readonly Change[]>;
}

/** Who makes changes here. */
const changing = async (): Promise<typeof import('./apply/index.ts') | ReturnType<typeof changesOnWindows>> =>
  process.platform === 'win32'
    ? (await import('./apply/windows/index.ts')).changesOnWindows(stateFolder())
    : import('./apply/index.ts');

export const thisMachine: Machine = {
  gather: (onProgress) => takeAhead(onProgress) ?? gather({ onProgress }),
  services: readServices,
  readGiven,
  readExact: async (choice) => {
    if (process.platform === 'darwin') throw problem('unsupported', { kind: 'mac-exact' });
    return (await changing()).readExact(choice);
  },
  apply: async (plan, onProgress) => (await changing()).applyPlan(plan, { onProgress }),
  confirm: async (change, onProgress) => (await changing()).confirmChange(change, { onProgress }),
  undo: async (change, onProgress) => (await changing()).undoChange(change, { onProgress }),
  history: async () => (await changing()).history(),
};
