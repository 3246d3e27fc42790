/** What was printed, and what could not be read. Types only. */
import type { GapMeaning } from '../gaps/index.ts';

/** Why a transcript does not hold what was asked for. `null` means that the command ended by itself. */
export type Failure = 'missing' | 'refused' | 'timeout' | 'killed' | 'too-large' | 'failed';

/** One thing that was read from the machine, kept as it was printed. */
export interface Transcript {
  /** Stable name that readers look up, e.g. `ss.listening`, `iptables-save`, `file:/etc/ufw/ufw.conf`. */
  readonly id: string;
  /** `command`: argv was run. `file`: argv is `['read', path]`. `collected`: gathered by our own code, stdout is JSON lines. */
  readonly kind: 'command' | 'file' | 'collected';
  readonly argv: readonly string[];
  /** Exit status; null when it never started or a signal ended it. Files: 0 when read. */
  readonly exit: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Milliseconds it took. */
  readonly ms: number;
  readonly failure: Failure | null;
}

export type Platform = 'linux' | 'win32' | 'darwin';

/** Everything that was gathered from one machine at one time. Can be saved, replayed anywhere, attached to a bug report. */
export interface Snapshot {
  readonly schema: 1;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly platform: Platform;
  readonly host: string;
  /** Effective uid of the process that gathered, -1 where there is none (Windows). */
  readonly uid: number;
  readonly redacted: boolean;
  readonly transcripts: readonly Transcript[];
}

/** Something that could not be read: never an empty list, always a reason and a way to settle it. */
export interface Gap {
  /** What is not known, in plain words: `kernel rules`. */
  readonly what: string;
  readonly why: string;
  /** What would settle it: a command or a sentence. */
  readonly how: string;
  /** The same in types: the three texts are made of it. */
  readonly means: GapMeaning;
}

/** What a reader of transcripts gives back. `value` holds what could be read even where `gaps` says that it is not all. */
export interface Reading<T> {
  readonly value: T;
  readonly gaps: readonly Gap[];
}
