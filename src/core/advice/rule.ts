/** What an advice rule gets and gives. */
import type { Tunnel } from '../catalog/index.ts';
import type {
  AdviceKind,
  Family,
  FirewallId,
  FirewallState,
  Gap,
  InterfaceKind,
  Platform,
  ReportForward,
  ReportListener,
  Severity,
  Target,
  Way,
} from '../model.ts';
import type { FirewalldNotes, WindowsNotes } from '../firewalls/registry.ts';
import type { RuleFault } from '../hygiene/index.ts';
import type { Says } from '../says.ts';
import type { MacNotes } from './mac-notes.ts';

/** An allow rule of the user's for one port. */
export interface Opening {
  readonly target: Target;
  readonly firewall: FirewallId;
  /** The rule in the firewall's own words. */
  readonly rule: string;
  /** In which it stands: half of a rule may have been deleted. */
  readonly families: readonly Family[];
  /** The command that deletes it in the one family that is left. */
  readonly removal: readonly string[];
}

export type WindowsAdvice = WindowsNotes & {
  /** What is open only because a network is set as private, by its interface. */
  readonly openAsPrivate: readonly {
    readonly interface: string;
    readonly command: string | null;
    readonly listeners: readonly string[];
    /** Ids of what others than now would reach if it were public, or may: listeners, and doors that lead on. */
    readonly opens: readonly string[];
    readonly mayOpen: readonly string[];
  }[];
};

export interface AdviceFacts {
  readonly listeners: readonly ReportListener[];
  readonly forwards: readonly ReportForward[];
  readonly firewalls: readonly FirewallState[];
  readonly openings: readonly Opening[];
  /** Rules of people that do nothing, or not what they say. */
  readonly idle: readonly RuleFault[];
  /** What was not read of that which a verdict needs. */
  readonly gaps: readonly Gap[];
  readonly platform: Platform;
  /** Programs that publish something of this computer through a connection of their own. */
  readonly tunnels: readonly Tunnel[];
  /** How the firewalls of a Mac are set; null elsewhere. */
  readonly mac: MacNotes | null;
  /** What firewalld's own settings say; null where it does not run, or they were not read. */
  readonly firewalld: FirewalldNotes | null;
  /** What there is to say about a Windows computer; null elsewhere. */
  readonly windows: WindowsAdvice | null;
  /** Makes "your network" into "this Wi-Fi". */
  readonly interfaces: readonly { readonly name: string; readonly kind: InterfaceKind }[];
}

/** A finding without what the list adds: its id, the listener's, and its sentences. */
export interface Draft {
  readonly advice: AdviceKind;
  readonly severity: Severity;
  readonly ways: readonly Way[];
  readonly says: Says;
}

/** Looks at one listener that somebody else can reach and that the user did not say they need. One finding a listener: the first rule speaks. */
export interface ListenerRule {
  readonly name: string;
  readonly about: 'listener';
  readonly advise: (listener: ReportListener, facts: AdviceFacts) => Draft | null;
}

/** Looks at the machine as a whole. */
export interface MachineRule {
  readonly name: string;
  readonly about: 'machine';
  readonly advise: (facts: AdviceFacts) => readonly (Draft & {
    readonly key: string;
    readonly listener: string | null;
    /** Listeners of which the rules after it say no more. */
    readonly speaksFor?: readonly string[];
  })[];
}

export type Rule = ListenerRule | MachineRule;
