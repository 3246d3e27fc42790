/**
 * What is to be known before a plan is carried out, and what was checked after it, as data that is the same in every
 * language. Types only.
 *
 * `plan/english` words it for the terminal, the window's catalogues for a person. A port's or a listener's `name` is what
 * the report calls it.
 */
import type { Reason } from './gaps/index.ts';
import type { Audience, Family, ProfileState, Target } from './model.ts';
import type { AheadWhy, Cause } from './problem.ts';

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

/** What a program that changes something is doing, for others that wait for it. */
export type Doing =
  | {
      readonly is: 'close' | 'reopen';
      readonly targets: readonly Target[];
      readonly audience: Audience;
      /** What listens is stopped. */
      readonly stops: boolean;
      /** The firewall is turned on with it. */
      readonly turnsOn: boolean;
    }
  | { readonly is: 'enable-firewall' | 'recover' }
  | { readonly is: 'remove-opening'; readonly targets: readonly Target[] }
  /** The id of the change; null: the newest, whichever that is. */
  | { readonly is: 'undo'; readonly change: string | null };

/** What a change put in force, or took out of it. */
export type Thing =
  | { readonly is: 'ufw' }
  /** A rule of ufw in its own words. */
  | { readonly is: 'rule'; readonly family: Family; readonly rule: string }
  /** A port that is closed in Portcullis's own table. */
  | { readonly is: 'block'; readonly target: Target }
  | { readonly is: 'zone-rule'; readonly target: Target; readonly zone: string }
  | { readonly is: 'unit'; readonly unit: string }
  /** A rule of Portcullis's in Windows Firewall that blocks a port; somebody's rule, by what it is called, on or off. */
  | { readonly is: 'windows-block'; readonly target: Target }
  | { readonly is: 'windows-rule'; readonly rule: string }
  /** Windows Firewall in a kind of network. */
  | { readonly is: 'profile'; readonly profile: ProfileState['name'] };

/** Why an undo leaves something as it is. `later`: a change made after the one that is taken back. */
export type LeftWhy =
  /** It is not as that change left it any more. */
  | { readonly kind: 'differs' }
  /** It is there again already. */
  | { readonly kind: 'there' }
  /** A later change needs it; took it away, and somebody made it again; made it again, and somebody took it away; took it away as well. */
  | { readonly kind: 'needed' | 'made-by-hand' | 'taken-by-hand' | 'taken-too'; readonly later: NamedChange }
  /** It belonged to another change, which does not stand any more; one that stands had taken it away before. */
  | { readonly kind: 'belonged' | 'taken-before'; readonly to: NamedChange }
  /** The unit was removed, or masked. */
  | { readonly kind: 'unit-gone' }
  /** A rule was deleted, or changed. */
  | { readonly kind: 'rule-changed' }
  /** Whether it still stands cannot be seen: its zone is not in use. */
  | { readonly kind: 'unseen' }
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
  /** The firewall cannot do it, so it is done in Portcullis's own table. because: text, of an earlier version. */
  | { readonly kind: 'ahead'; readonly because: AheadWhy | string }
  /** Private ranges that are let in, and that other networks have too. */
  | { readonly kind: 'shared-networks'; readonly networks: readonly string[] }
  /** Nothing listens there; `unread`: that could not be read. */
  | { readonly kind: 'nothing-listens' | 'unread'; readonly target: Target }
  /** None of those who were to be shut out gets in there: nothing is done for it. */
  | { readonly kind: 'nobody-to-shut-out'; readonly target: Target }
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
  /** A rule of Windows Firewall that somebody else made is turned off, or on. `covers` absent: it is for one port alone. */
  | {
      readonly kind: 'windows-rule-off' | 'windows-rule-on';
      readonly rule: string;
      readonly covers?: WindowsCovers | undefined;
    }
  /** Windows ends connections that are open now and would be blocked. */
  | { readonly kind: 'windows-cuts'; readonly target: Target; readonly count: number }
  /** There the rule does nothing, since policy does not let it count. */
  | { readonly kind: 'windows-inert-in'; readonly profiles: readonly ProfileState['name'][] }
  /** There it stays as open as it is, since policy alone decides. */
  | { readonly kind: 'windows-by-policy'; readonly interfaces: readonly string[] }
  /** Windows Firewall is turned off by an undo. */
  | {
      readonly kind: 'windows-off';
      readonly profiles: readonly ProfileState['name'][];
      readonly opens: readonly NamedEnd[];
    }
  | Left;

/** What a rule of Windows Firewall is for. */
export interface WindowsCovers {
  readonly does: 'lets-in' | 'blocks';
  readonly protocol: 'tcp' | 'udp' | 'any' | 'other';
  /** `8080`, `3000-3999`, or words that the rule has for ports; null: all of them. */
  readonly ports: readonly string[] | null;
  /** How many there are beside these. */
  readonly more: number;
  /** Its path as the rule has it; null: whichever it is. */
  readonly program: string | null;
  readonly service: string | null;
}

// ---------------------------------------------------------------- afterwards

/** One thing that was found after a change, or after it was put back. */
export type Checked =
  /** Nobody else reaches it now; those whom the plan foresaw do; nothing listens there any more. */
  | { readonly kind: 'nobody-reaches' | 'as-predicted' | 'gone'; readonly end: NamedEnd }
  /** After it was put back: the same reach it as before the change, or others do. */
  | { readonly kind: 'same-as-before' | 'others-than-before'; readonly end: NamedEnd }
  /** After it was put back: who reaches it now cannot be told, and could before; why, as far as that is known. */
  | { readonly kind: 'reach-untold'; readonly end: NamedEnd; readonly reason: Reason | null }
  /** So many other ports, each reached by the same as before. */
  | { readonly kind: 'others-same'; readonly count: number }
  /** The connections that were to be ended were; or that could not be read. */
  | { readonly kind: 'connections-ended' | 'connections-unread'; readonly port: number }
  | { readonly kind: 'connections-left'; readonly port: number; readonly count: number }
  /** Nothing loads the own table when the computer starts. */
  | { readonly kind: 'until-restart' }
  /** Byte for byte as they were. */
  | { readonly kind: 'files-back'; readonly of: 'ufw' | 'firewalld' }
  /** What is in force is what it was. */
  | { readonly kind: 'rules-back'; readonly of: 'ufw' | 'firewalld' | 'own-table' }
  /** firewalld does not run now. */
  | { readonly kind: 'rules-at-start' }
  /** `all`: each could be started again. */
  | { readonly kind: 'services-back'; readonly all: boolean }
  /** Connections that were ended do not come back by themselves. */
  | { readonly kind: 'connections-gone' }
  /** Nothing but the next change puts it back, should the computer stop while it waits. */
  | { readonly kind: 'no-systemd' }
  /** It was confirmed. */
  | { readonly kind: 'stays' }
  | { readonly kind: 'all-back' }
  /** The end could not be written into the history. Text: of an earlier version. */
  | { readonly kind: 'unwritten'; readonly reason: Cause | string }
  | { readonly kind: 'noted'; readonly note: Note }
  /** So many more, which another version wrote. */
  | { readonly kind: 'unworded'; readonly count: number };

/** Was all put back? `but-others`: except what others changed meanwhile. `files`: these were left, since others changed them. */
export type Back = 'whole' | 'but-others' | { readonly files: readonly string[] };

/** What became of a change. */
export type Note =
  /** It waited to be confirmed: it was not to be kept, nobody confirmed it in time, or it could not wait (text: of an earlier version). */
  | { readonly kind: 'unwanted'; readonly back: Back }
  | { readonly kind: 'unconfirmed'; readonly seconds: number; readonly back: Back }
  | { readonly kind: 'unable-to-wait'; readonly reason: Cause | string; readonly back: Back }
  /** It was interrupted, and will be put back. */
  | { readonly kind: 'interrupted' }
  /** It was interrupted before anything was changed; or what was saved cannot be read. */
  | { readonly kind: 'not-begun' | 'unreadable' }
  /** It was interrupted, while it waited, or while it was put back; put back later. */
  | { readonly kind: 'recovered' | 'recovered-waiting' | 'recovered-undo'; readonly back: Exclude<Back, object> }
  /** It was interrupted, and others have changed these files since. */
  | { readonly kind: 'unrecovered'; readonly files: readonly string[] }
  /** It was interrupted, and what became of it was not seen: it may be in force. Nobody puts it back without being asked. */
  | { readonly kind: 'may-stand' }
  /** Its time is over, and nothing was heard. */
  | { readonly kind: 'unheard' }
  /** It has no end yet. */
  | { readonly kind: 'under-way' }
  /** A step did not go, or did not come so. files: others were changing these, so they were left. */
  | { readonly kind: 'not-as-planned'; readonly cause: Cause; readonly files: readonly string[] };
