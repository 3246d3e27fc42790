/**
 * What is to be known before a plan is carried out, as data that is the same in every language. Types only.
 *
 * `plan/english` words it for the terminal, the window's catalogues for a person. A port's or a listener's `name` is what
 * the report calls it.
 */
import type { Family, Target } from './model.ts';

/** A listener, or a port that leads on, by its id in the report. */
export interface NamedEnd {
  readonly listener: string;
  readonly name: string;
}

/** A port, and what listens there first; null: nothing does. */
export interface NamedPort extends Target {
  readonly name: string | null;
}

/** A change of the history: its id, and what it is called there. */
export interface NamedChange {
  readonly id: string;
  readonly summary: string;
}

/** What a change put in force, or took out of it. */
export type Thing =
  | { readonly is: 'ufw' }
  /** A rule of ufw in its own words. */
  | { readonly is: 'rule'; readonly family: Family; readonly rule: string }
  /** A port that is closed in Portcullis's own table. */
  | { readonly is: 'block'; readonly target: Target }
  | { readonly is: 'zone-rule'; readonly target: Target; readonly zone: string }
  | { readonly is: 'unit'; readonly unit: string };

/** Why an undo leaves something as it is. `later`: a change made after the one that is taken back. */
export type LeftWhy =
  /** It is not as that change left it any more. */
  | { readonly kind: 'differs' }
  /** It is there again already. */
  | { readonly kind: 'there' }
  /** A later change needs it; took it away, and somebody made it again; made it again, and somebody took it away; took it away as well. */
  | { readonly kind: 'needed' | 'made-by-hand' | 'taken-by-hand' | 'taken-too'; readonly later: NamedChange }
  /** It belonged to another change, which does not stand any more. */
  | { readonly kind: 'belonged'; readonly to: NamedChange }
  /** ufw leaves IPv6 alone. */
  | { readonly kind: 'no-ipv6' }
  /** That rule of ufw stands in its place. */
  | { readonly kind: 'replaced'; readonly by: string };

export interface Left {
  readonly kind: 'left';
  readonly thing: Thing;
  readonly why: LeftWhy;
}

export type Warning =
  /** The firewall cannot do it, for a reason of its own, so it is done in Portcullis's own table. */
  | { readonly kind: 'ahead'; readonly because: string }
  /** Private ranges that are let in, and that other networks have too. */
  | { readonly kind: 'shared-networks'; readonly networks: readonly string[] }
  /** Nothing listens there; `unread`: that could not be read. */
  | { readonly kind: 'nothing-listens' | 'unread'; readonly target: Target }
  /** A person chose to keep it. */
  | { readonly kind: 'kept-port'; readonly port: NamedPort }
  | { readonly kind: 'kept-end'; readonly end: NamedEnd }
  /** The firewall is turned on. */
  | { readonly kind: 'turns-on' }
  /** The same, by an undo. */
  | { readonly kind: 'turns-on-again'; readonly closes: readonly NamedEnd[] }
  | { readonly kind: 'also-closes'; readonly ends: readonly NamedEnd[] }
  | { readonly kind: 'stays-open' | 'in-use'; readonly port: NamedPort }
  /** A rule for TCP and UDP is removed. */
  | { readonly kind: 'both-protocols'; readonly rule: string }
  /** Another program has emptied nftables since these were closed. */
  | { readonly kind: 'closed-again'; readonly targets: readonly Target[] }
  /** Only where firewalld uses these zones, which are bound to where the computer is now. */
  | { readonly kind: 'zones-here'; readonly zones: readonly string[] }
  /** What firewalld does in these zones is not what it has kept. */
  | { readonly kind: 'zones-differ'; readonly zones: readonly string[] }
  | { readonly kind: 'connections-stay'; readonly target: Target; readonly count: number }
  /** It has to be confirmed; `because`: it touches a session, or that could not be read; null: it was asked for. */
  | { readonly kind: 'confirm'; readonly seconds: number; readonly because: 'session' | 'unread' | null }
  /** Units that need what is stopped. */
  | { readonly kind: 'stops-too'; readonly units: readonly string[] }
  /** Ports on which what is stopped listens as well. */
  | { readonly kind: 'ports-too'; readonly targets: readonly Target[] }
  /** Units that ask for what is stopped, or are themselves started by something else. */
  | { readonly kind: 'wanted-by' | 'not-enabled'; readonly units: readonly string[] }
  /** A program is ended. */
  | { readonly kind: 'unsaved' }
  /** ufw is turned off by an undo. */
  | { readonly kind: 'turns-off'; readonly opens: readonly NamedEnd[] }
  | { readonly kind: 'lets-in'; readonly ends: readonly NamedEnd[] }
  | { readonly kind: 'starts'; readonly units: readonly string[] }
  | Left;
