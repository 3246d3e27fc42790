/** Reading the machine without asking anybody: what this user may read, and the rules where the installed helper gives them freely. */
import { existsSync } from 'node:fs';
import type { Snapshot, Transcript } from '../core/model.ts';

/** A snapshot, and whether it holds what only root may read although this is not root. */
export interface Reading {
  readonly snapshot: Snapshot;
  readonly exact: boolean;
}

/** Was something refused that root would be given? */
export const lacks = ({ transcripts }: Snapshot): boolean => transcripts.some(({ failure }) => failure === 'refused');

/** The snapshot with the helper's transcripts in place of its own. */
export function withExact(snapshot: Snapshot, exact: readonly Transcript[]): Snapshot {
  if (exact.length === 0) return snapshot;
  const ids = new Set(exact.map(({ id }) => id));
  return { ...snapshot, transcripts: [...snapshot.transcripts.filter(({ id }) => !ids.has(id)), ...exact] };
}

/** Whether the helper is installed with its policy; without it there is nobody who would not ask. */
const POLICY = '/usr/share/polkit-1/actions/org.portcullis.policy';

/** @param gather never throws */
export async function readUnasked(gather: () => Promise<Snapshot>): Promise<Reading> {
  const snapshot = await gather();
  if (!lacks(snapshot) || !existsSync(POLICY)) return { snapshot, exact: false };
  const { readIfAllowed } = await import('./apply/unasked.ts');
  const exact = await readIfAllowed();
  return exact === null ? { snapshot, exact: false } : { snapshot: withExact(snapshot, exact), exact: true };
}
