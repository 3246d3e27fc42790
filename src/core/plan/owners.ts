/**
 * Whose a thing is that changes put in force and took out. The same rule made twice is two makings, of two changes; one that
 * an undo brought back is the one that was taken. What the history does not know of is somebody else's.
 */
import { type Ledger, marksOn, rootOf } from './ledger.ts';

/** One making of a thing. Compared by identity. */
export interface Making {
  /** The change of the ledger that made it; null: somebody else. */
  readonly maker: number | null;
}

export interface Story {
  /** What each change, undos among them, left in force. */
  readonly puts: ReadonlyMap<number, Making>;
  /** What each took out. One that moved it stands in both. */
  readonly takes: ReadonlyMap<number, Making>;
  /** What is in force as far as the history knows; null: nothing. */
  readonly now: Making | null;
}

export function storyOf(ledger: Ledger, key: string): Story {
  const puts = new Map<number, Making>();
  const takes = new Map<number, Making>();
  let now: Making | null = null;
  for (const at of ledger.keys()) {
    for (const { there } of marksOn(ledger, key, at)) {
      if (there) {
        now = takes.get(at) ?? broughtBack(ledger, at, puts, takes) ?? { maker: at };
        puts.set(at, now);
      } else {
        // Somebody made it, or it was there from the beginning.
        takes.set(at, now ?? { maker: null });
        now = null;
      }
    }
  }
  return { puts, takes, now };
}

/** What an undo brings back: what the change had taken that it is about. */
function broughtBack(ledger: Ledger, at: number, puts: Story['puts'], takes: Story['takes']): Making | undefined {
  const about = ledger[at]?.about ?? null;
  if (about === null) return undefined;
  const root = rootOf(ledger, at);
  return takes.get(about) ?? puts.get(root) ?? takes.get(root);
}
