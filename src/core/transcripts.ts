/** Looking things up in a Snapshot. Every reader starts here, so that a failed read is turned into a gap in one place. */
import { type GapHow, type GapWhat, type GapWhy, gap } from './gaps/index.ts';
import type { Gap, Snapshot, Transcript } from './model.ts';

export function find(snapshot: Snapshot, id: string): Transcript | undefined {
  return snapshot.transcripts.find((transcript) => transcript.id === id);
}

/** Why a transcript is not usable, or null when it is. */
export function whyNot(transcript: Transcript | undefined): GapWhy | null {
  if (transcript === undefined) return { kind: 'not-gathered' };
  const { failure, stderr } = transcript;
  if (failure !== 'failed') return failure === null ? null : { kind: failure };
  return { kind: failure, said: stderr.split('\n', 1)[0]?.trim() ?? '' };
}

/** The gap that a missing or failed transcript leaves, or null when it is usable. */
export function gapOf(transcript: Transcript | undefined, what: GapWhat, how: GapHow): Gap | null {
  const why = whyNot(transcript);
  return why === null ? null : gap({ what, why, how });
}

/** A copy of the snapshot in which one transcript prints something else. Used to predict what a plan will do. */
export function withOutput(snapshot: Snapshot, id: string, argv: readonly string[], stdout: string): Snapshot {
  const old = find(snapshot, id);
  const replaced: Transcript = {
    id,
    kind: old?.kind ?? 'command',
    argv: old?.argv ?? argv,
    exit: 0,
    signal: null,
    stdout,
    stderr: '',
    startedAt: snapshot.takenAt,
    ms: 0,
    failure: null,
  };
  const others = snapshot.transcripts.filter((transcript) => transcript.id !== id);
  return { ...snapshot, transcripts: [...others, replaced] };
}
