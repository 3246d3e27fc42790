/** A rule of pf, as pfctl prints it. Sources: pf.conf(5) and pfctl(8) of macOS; Apple, pfctl, pfctl_parser.c. */
import type { Interval } from '../../intervals.ts';
import type { Family } from '../../model.ts';

/** An address as a rule has it. */
export type PfAddress =
  | { readonly kind: 'any' }
  | { readonly kind: 'range'; readonly family: Family; readonly range: Interval<bigint> }
  | { readonly kind: 'table'; readonly name: string }
  /** `(en0)`: the addresses that it has; `(en0:network)`: their networks. */
  | { readonly kind: 'interface'; readonly name: string; readonly network: boolean }
  /** Not understood, or not decidable from here: `no-route`, `urpf-failed`, `(en0:peer)`. */
  | { readonly kind: 'open'; readonly text: string };

/** `= 22`, `3000:3010`, `!= ssh`, `1 >< 10` (between, without the ends), `1 <> 10` (outside). */
export interface PfPort {
  readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=' | ':' | '><' | '<>';
  /** A number, or the name of a service. */
  readonly first: string;
  /** Only for the last three. */
  readonly last: string | null;
}

export interface PfEnd {
  readonly not: boolean;
  readonly address: PfAddress;
  readonly port: PfPort | null;
}

/** What every kind of rule may ask of a packet. */
export interface PfConditions {
  readonly direction: 'in' | 'out' | null;
  readonly interface: { readonly not: boolean; readonly name: string } | null;
  readonly family: Family | null;
  /** Name or number. */
  readonly protocol: string | null;
  readonly source: PfEnd;
  readonly destination: PfEnd;
  /** `flags S/SA`: of these the first must be set, and no other. */
  readonly flags: { readonly set: string; readonly of: string } | null;
  /** Words that ask for more, and that are not decided here: `user = 501`, `tagged X`, `probability 50%`. */
  readonly narrows: readonly string[];
}

export type PfLine = PfFilter | PfAnchor | PfTranslation | PfUnread;

export interface PfFilter extends PfConditions {
  readonly kind: 'filter';
  readonly text: string;
  readonly action: 'pass' | 'block';
  /** It answers what it blocks. */
  readonly returns: boolean;
  readonly quick: boolean;
  /** Words that lead what passes elsewhere: `route-to (en1 10.0.0.1)`, `divert-to …`. */
  readonly diverts: readonly string[];
  /** Options that let only so many connections pass: `max-src-conn-rate 3/10`. */
  readonly limits: readonly string[];
}

export interface PfAnchor extends PfConditions {
  readonly kind: 'anchor';
  readonly text: string;
  readonly of: 'filter' | 'nat' | 'rdr' | 'binat';
  /** null: its rules stand in it, in braces. */
  readonly name: string | null;
  readonly rules: readonly PfLine[];
  readonly quick: boolean;
}

export interface PfTranslation extends PfConditions {
  readonly kind: 'translation';
  readonly text: string;
  readonly of: 'nat' | 'rdr' | 'binat';
  /** `no rdr`: what matches is not translated. */
  readonly no: boolean;
  /** What it translates is passed without asking the filter. */
  readonly pass: boolean;
  readonly to: PfTarget | null;
}

export interface PfTarget {
  readonly addresses: readonly PfAddress[];
  /** `8080`, `8000:8010`; the text as it stands where it is neither. */
  readonly port: string | null;
}

/** It may do anything. */
interface PfUnread {
  readonly kind: 'unread';
  readonly text: string;
}
