/** Reading the machine without asking anybody: what this user may read, and the rules where the installed helper gives them freely. */
import { existsSync } from 'node:fs';
import type { Snapshot, Transcript } from '../core/model.ts';

/** A snapshot, and whether it holds what only root may read although this is not root. */
export interface Reading {
  readonly snapshot: Snapshot;
  readonly exact: boolean;
}

/** Was something refused that root would be given? On Windows nothing is read that an administrator would have to ask for. */
export const lacks = ({ platform, transcripts }: Snapshot): boolean =>
  platform !== 'win32' && transcripts.some(({ failure }) => failure === 'refused');

/** The snapshot with others of its transcripts, or more. */
export function withTranscripts(snapshot: Snapshot, others: readonly Transcript[]): Snapshot {
  if (others.length === 0) return snapshot;
  const ids = new Set(others.map(({ id }) => id));
  return { ...snapshot, transcripts: [...snapshot.transcripts.filter(({ id }) => !ids.has(id)), ...others] };
}

/** @param readGiven what only root can read, where nobody has to be asked for it; null: somebody would have to be */
export async function readUnasked(
  gather: () => Promise<Snapshot>,
  readGiven: () => Promise<readonly Transcript[] | null>,
): Promise<Reading> {
  const snapshot = await gather();
  const given = lacks(snapshot) ? await readGiven() : null;
  return given === null ? { snapshot, exact: false } : { snapshot: withTranscripts(snapshot, given), exact: true };
}

/** Whether the helper is installed with its policy; without it there is nobody who would not ask. */
const POLICY = '/usr/share/polkit-1/actions/org.portcullis.policy';

/** On this machine. Never throws. */
export async function readGiven(): Promise<readonly Transcript[] | null> {
  if (process.platform === 'win32' || !existsSync(POLICY)) return null;
  return (await import('./apply/unasked.ts')).readIfAllowed();
}
