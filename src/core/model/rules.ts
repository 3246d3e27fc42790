/** Rules in words. Types only. */
import type { Target } from './change.ts';
import type { FirewallId, ProfileState } from './firewall.ts';
import type { Gap } from './gathering.ts';
import type { Family } from './machine.ts';
import type { Deciding } from './reach.ts';

/** What becomes of a rule, as far as it can be told. */
type RuleUse =
  /** It opens a port, and something listens there for others. */
  | 'in-use'
  /** It stands in the kernel; nothing speaks against it. */
  | 'in-force'
  /** It opens a port, and nothing listens there for others. */
  | 'nothing-listens'
  /** No packet comes to it that it could match. */
  | 'never-matches'
  /** Without it all would end as it does. */
  | 'no-effect'
  /** Its firewall is off. */
  | 'off'
  | 'unknown';

/** One rule of a firewall, with what it does. */
export interface RuleInWords {
  /** Unique in its list. */
  readonly id: string;
  readonly firewall: FirewallId;
  /** Where it stands: `zone public`, `INPUT`, `inet filter input`; null where the firewall has one list of rules. */
  readonly place: string | null;
  /** As its firewall writes it. */
  readonly text: string;
  /** `forward`: leads what comes to another port or computer. `depends`: what it does cannot be said in a word. */
  readonly action: 'allow' | 'limit' | 'deny' | 'reject' | 'forward' | 'depends';
  /** `through`: what this computer passes on for others. */
  readonly traffic: 'in' | 'out' | 'through';
  /** `22/tcp`, `8000-8010/udp`, `icmp`; null: everything. Empty: it cannot be said in short. */
  readonly about: readonly string[] | null;
  /** Addresses and networks; null: anyone. */
  readonly from: readonly string[] | null;
  /** Those that it leaves out. */
  readonly except: readonly string[];
  /** Through which interfaces; empty: any. */
  readonly on: readonly string[];
  /** `replies`: to connections that exist. `invalid`: packets that belong to none. `itself`: this computer's own. */
  readonly only: 'replies' | 'invalid' | 'itself' | null;
  /** It asks for more than is said here. */
  readonly more: boolean;
  readonly families: readonly Family[];
  /** `tool`: a program put it there, `tool` names it. */
  readonly owner: 'you' | 'portcullis' | 'tool';
  readonly tool: string | null;
  readonly use: RuleUse;
  /** Why it is of no use: the rules that make it so. */
  readonly because: readonly Deciding[];
  /** What `remove-opening` would take away: ports that it opens and on which nothing listens. */
  readonly opening: readonly Target[];
  /** What a rule of Windows Firewall has beside; absent for all others. */
  readonly windows?: WindowsRuleWords;
}

export interface WindowsRuleWords {
  /** In which networks; null: in all. */
  readonly profiles: readonly ProfileState['name'][] | null;
  /** Path of the program that it is for, or `System`; null: any. */
  readonly program: string | null;
  /** Short name of the service that it is for, or `*` for any service; null: not for services alone. */
  readonly service: string | null;
  /** It is for an app of the store alone. */
  readonly app: boolean;
  /** The group that it is shown in: a name, or the id of one (`@FirewallAPI.dll,-28502`); null: none, or not told. */
  readonly group: string | null;
  /**
   * `off`: this rule is. `firewall-off`: the firewall is, wherever the rule is for. `policy`: group policy ignores it.
   * `shielded`: all incoming connections are blocked there. `elsewhere`: it counts, in no network that this computer is in.
   */
  readonly standing: 'off' | 'firewall-off' | 'policy' | 'shielded' | 'elsewhere' | 'counts';
}

export interface RuleBook {
  readonly takenAt: string;
  readonly rules: readonly RuleInWords[];
  /** Rules that could not be read, so that the list may not be whole. */
  readonly unread: readonly Gap[];
  /** False: there were too many rules to check of each whether it is of use. */
  readonly useComplete: boolean;
}
