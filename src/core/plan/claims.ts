/**
 * May an undo take a thing out, or put it back? Only what is the doing of the change that it is about, and only where no
 * other change that will stand then says otherwise. Of a later one that is about the same thing, it is asked first.
 */
import type { LeftWhy, NamedChange } from '../told.ts';
import { appliedAs, type Ledger, rootOf, stands } from './ledger.ts';
import type { Making, Story } from './owners.ts';

interface Claim {
  readonly ledger: Ledger;
  /** The change of the ledger that is taken back; it is in force. */
  readonly at: number;
  readonly story: Story;
  /** What is to be taken out or put back. */
  readonly making: Making;
  /** The thing is there: now, and as far as this undo has come. */
  readonly wasThere: boolean;
  readonly isThere: boolean;
}

type Asked = Pick<Claim, 'ledger' | 'at' | 'story'>;

type Refusal = { readonly onTop: NamedChange };

const named = ({ id, summary }: NamedChange): NamedChange => ({ id, summary });
const nameOf = (ledger: Ledger, at: number): NamedChange => named((ledger[at] as Ledger[number]).change);

/** Will that change stand afterwards? */
const willStand = ({ ledger, at }: Asked, one: number): boolean => stands(ledger, one) !== (one === rootOf(ledger, at));

/** The last change that will stand, is no undo, and about which that is so; what an undo does belongs to its change. */
function lastThat(claim: Asked, is: (one: number) => boolean): number | null {
  const { ledger, at } = claim;
  const root = rootOf(ledger, at);
  const found = ledger.findLastIndex(
    ({ about }, one) => about === null && one !== root && is(one) && willStand(claim, one),
  );
  return found < 0 ? null : found;
}

/** It took that out for good; one that only moved it did not. */
const tookOut = ({ puts, takes }: Story, one: number): boolean => takes.has(one) && !puts.has(one);

/** A later change that will stand and moved it: it is where that one put it. */
const movedBy = (claim: Asked, making: Making): number | null => {
  const { story } = claim;
  const root = rootOf(claim.ledger, claim.at);
  return lastThat(claim, (one) => one > root && story.takes.get(one) === making && story.puts.get(one) === making);
};

/** Who answers for what is there now: who made it, or moved it since, and will stand; null: nobody here. */
export function answersFor(asked: Asked): number | null {
  const { now } = asked.story;
  if (now === null) return null;
  const isMade = now.maker !== null && willStand(asked, now.maker);
  return movedBy(asked, now) ?? (isMade ? now.maker : null);
}

/** The same, of another change than the one that is taken back: of what that one is about only who moved it since. */
const otherFor = (claim: Claim): number | null =>
  claim.story.now === claim.making ? movedBy(claim, claim.making) : answersFor(claim);

/** Why what a change had put in force stays as it is; null: it can be taken out. */
export function whyStays(claim: Claim): LeftWhy | null {
  const { ledger, at, story, making, isThere } = claim;
  if (!isThere) return { kind: 'differs' };
  const other = otherFor(claim);
  if (other !== null) return { kind: 'needed', later: nameOf(ledger, other) };
  if (story.now === making) return null;
  if (story.now !== null) return { kind: 'differs' };
  // As far as the history knows it is gone.
  const taker = lastThat(claim, (one) => one > rootOf(ledger, at) && tookOut(story, one));
  return taker === null ? { kind: 'differs' } : { kind: 'made-by-hand', later: nameOf(ledger, taker) };
}

/** It was left in force, and nobody here took it out since: somebody else has. */
function isLost({ puts, takes }: Story, making: Making): boolean {
  const last = (of: Story['puts']): number =>
    Math.max(-1, ...[...of].flatMap(([at, one]) => (one === making ? [at] : [])));
  return last(puts) >= last(takes);
}

/** Why what a change had taken out does not come back; null: it can. `onTop`: that change has to be taken back first. */
export function whyNotBack(claim: Claim): LeftWhy | Refusal | null {
  const { ledger, at, story, making, isThere } = claim;
  const root = rootOf(ledger, at);
  const { maker } = making;
  const isDead = maker !== null && !willStand(claim, maker);
  const taker = lastThat(claim, (one) => tookOut(story, one) && story.takes.get(one) === making);
  if (isThere) {
    const other = isDead || taker !== null ? null : otherFor(claim);
    return other === null ? { kind: 'there' } : { onTop: named(appliedAs(ledger, other)) };
  }
  if (isDead) return { kind: 'belonged', to: nameOf(ledger, maker) };
  // What somebody made anew is the same to a person.
  const isTheirs = (one: number): boolean => tookOut(story, one) && story.takes.get(one)?.maker === null;
  const later = taker !== null && taker > root ? taker : lastThat(claim, (one) => one > root && isTheirs(one));
  if (later !== null) return { kind: 'taken-too', later: nameOf(ledger, later) };
  if (taker !== null) return { kind: 'taken-before', to: nameOf(ledger, taker) };
  if (story.now === making && claim.wasThere) return null;
  if (isLost(story, making)) return { kind: 'differs' };
  const other = answersFor(claim);
  return other === null ? null : { kind: 'taken-by-hand', later: nameOf(ledger, other) };
}

/** A later change that will stand and took out what another, standing too, had made: it comes first. */
export function onTop(claim: Asked): NamedChange | null {
  const { ledger, at, story } = claim;
  const root = rootOf(ledger, at);
  const later = lastThat(claim, (one) => {
    const maker = story.takes.get(one)?.maker ?? null;
    return one > root && tookOut(story, one) && maker !== null && maker !== root && willStand(claim, maker);
  });
  return later === null ? null : named(appliedAs(ledger, later));
}
