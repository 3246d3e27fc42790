/** Looking things up in a Snapshot. Every reader starts here, so that a failed read is turned into a gap in one place. */
import type { Failure, Gap, Snapshot, Transcript } from './model.ts';

export function find(snapshot: Snapshot, id: string): Transcript | undefined {
  return snapshot.transcripts.find((transcript) => transcript.id === id);
}

const WHY: Record<Failure, string> = {
  missing: 'the program or file is not there',
  refused: 'needs administrator rights',
  timeout: 'it took too long and was ended',
  killed: 'it was ended by a signal',
  'too-large': 'it printed more than can be taken in',
  failed: 'it reported an error',
};

/** Why a transcript is not usable, or null when it is. */
export function whyNot(transcript: Transcript | undefined): string | null {
  if (transcript === undefined) return 'it was not gathered';
  if (transcript.failure === null) return null;
  const first = transcript.stderr.split('\n', 1)[0]?.trim() ?? '';
  return transcript.failure === 'failed' && first !== '' ? `${WHY.failed}: ${first}` : WHY[transcript.failure];
}

/** The gap that a missing or failed transcript leaves, or null when it is usable. */
export function gapOf(transcript: Transcript | undefined, what: string, how: string): Gap | null {
  const why = whyNot(transcript);
  return why === null ? null : { what, why, how };
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
