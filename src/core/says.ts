/**
 * What a finding says, as data that is the same in every language. Types only.
 *
 * The rules of advice decide it, `advice/english` words it for the report, the window's catalogues word it for a person.
 * Commands are given as a shell takes them. Listeners and forwarded ports are named by their ids in the report.
 */
import type { Reason } from './gaps/index.ts';
import type { Deciding, Family, FirewallId, Gap, InterfaceKind, PlaceKind, ProfileState, Target } from './model.ts';

export type Says =
  | SaysExposed
  | SaysLeadsOn
  | SaysOwnAddress
  | SaysFirewallOff
  | SaysFirewallAbsent
  | SaysFirewallAllows
  | SaysTwoFirewalls
  | { readonly kind: 'firewalld-panic' }
  | SaysFirewalldRestart
  | SaysFirewalldWide
  | SaysFirewalldTrusts
  | SaysReachUnknown
  | SaysPowerlessDeny
  | SaysUnusedOpening
  | SaysHalfOpening
  | SaysIdleRules
  | SaysTunnel
  | SaysWindows
  | SaysMacSetting
  | SaysMacUnlessPf
  | SaysMacPf
  | SaysMacOption;

/** The first of many, and how many more there are. */
export interface Few<T> {
  readonly first: readonly T[];
  readonly more: number;
}

// ---------------------------------------------------------------- who gets in

/** Who gets through; `partly`: only some addresses there, `one`: a single one. No place: somewhere on the network. */
export type Who =
  | { readonly are: 'internet' | 'containers' }
  | { readonly are: 'places'; readonly partly: boolean; readonly one?: true; readonly places: readonly ReachedPlace[] };

export type ReachedPlace =
  | { readonly on: 'lan'; readonly network: InterfaceKind }
  | { readonly on: 'vpn'; readonly interface: string | null }
  | { readonly on: Exclude<PlaceKind, 'lan' | 'vpn' | 'container'> };

// ---------------------------------------------------------------- listeners and forwarded ports

export interface SaysExposed {
  readonly kind: 'exposed';
  readonly listener: string;
  readonly who: Who;
  /** What the title ends with: through which ports only, that tries are slowed, or past which firewall. */
  readonly title: 'ports' | 'slowed' | 'past';
  readonly known: Known;
  /** What the rule of advice itself has to say; null: nothing beside what the catalog says. */
  readonly because: Because | null;
  /** From the internet over IPv6 alone, where people expect their router to stand in the way. */
  readonly overIPv6: boolean;
  /** Everybody who gets through is slowed after some tries. */
  readonly slowed: boolean;
  /** Somebody gets in by the listener's own port. */
  readonly direct: boolean;
  /** Other ports that a rule leads here, and through which somebody gets in. */
  readonly others: readonly number[];
  /** Those of them that pf lets by before any filter rule (`rdr pass`). */
  readonly letBy: readonly number[];
  /** A program passes on what comes to them (on Windows), and no rule does. */
  readonly passedOn: boolean;
  /** Its number is another one when it starts again: no rule by number is offered. */
  readonly passing: boolean;
}

/**
 * How far it is known what listens. `service`: by its program. `guess`: by its number, the program is unseen, or
 * (`runtime-guess`) runs programs of many kinds. `runtime`: such a program, and no guess. `uncatalogued`: a program that the
 * catalog does not have. `unseen`: not even the program.
 */
export type Known = 'service' | 'guess' | 'runtime-guess' | 'runtime' | 'uncatalogued' | 'unseen';

export type Because = 'published' | 'one-person' | 'log-in' | 'unless-needed' | Past | HttpSys | PassesOn;

/** The kernel listens for programs that answer web requests; `urls`: for which it is reserved; null: that was not read. */
export interface HttpSys {
  readonly urls: Few<string> | null;
}

/** A service passes on what comes to the port: to where, and what deletes the entry. */
export interface PassesOn {
  readonly passes: readonly { readonly to: string; readonly command: string | null }[];
}

/** That firewall is on, and another's rule lets people in before it is asked; the kernel's: none of its rules is in the way. */
interface Past {
  readonly firewall: FirewallId;
  readonly by: Deciding;
}

export interface SaysLeadsOn {
  readonly kind: 'leads-on';
  readonly forward: string;
  readonly who: Who;
  /** A firewall that is on and not asked. */
  readonly past: FirewallId | null;
  /** `172.17.0.2:80`, in each family where it leads on in both. */
  readonly targets: readonly string[];
  /** The programs of which one made the rule; none: a person may have. */
  readonly makers: readonly string[];
  /** The rule, where no program made it. */
  readonly rule: string | null;
  /** How to close it: by an option of the container's start, in the guest's network, or where the rule was made. */
  readonly close: { readonly by: 'option'; readonly option: string } | { readonly by: 'guest' | 'rule' };
}

export interface SaysOwnAddress {
  readonly kind: 'own-address';
  readonly forward: string;
  readonly who: Who;
  /** What closes it; null: no command does. */
  readonly command: string | null;
}

// ---------------------------------------------------------------- firewalls

/** Ports that others reach and that may not be needed; `unknown`: there may be more. */
export interface OpenPorts {
  readonly unneeded: number;
  readonly unknown: boolean;
}

export interface SaysFirewallOff {
  readonly kind: 'firewall-off';
  readonly firewall: FirewallId;
  readonly open: OpenPorts;
  /** What turns it on, where Portcullis does not. */
  readonly command: string | null;
  /** Policy has set it so in all networks that the computer is in: no command does it. */
  readonly byPolicy: boolean;
}

export interface SaysFirewallAbsent {
  readonly kind: 'firewall-absent';
  readonly open: OpenPorts;
}

export interface SaysFirewallAllows {
  readonly kind: 'firewall-allows';
  readonly firewall: FirewallId;
  readonly open: OpenPorts;
  readonly command: string | null;
  /** Policy has set it so in all networks that the computer is in: no command does it. */
  readonly byPolicy: boolean;
}

export interface SaysTwoFirewalls {
  readonly kind: 'two-firewalls';
  readonly firewalls: readonly FirewallId[];
}

/** What firewalld's next start changes, in its own words. */
export interface SaysFirewalldRestart {
  readonly kind: 'firewalld-restart';
  /** It lets more in then: what opens, and what is closed until then only. Otherwise less: the other way round. */
  readonly more: boolean;
  readonly begins: Few<string>;
  readonly ends: Few<string>;
}

export interface SaysFirewalldWide {
  readonly kind: 'firewalld-wide';
  readonly zone: string;
  readonly ports: Few<string>;
  /** What takes the first of them away; null: it cannot be written. */
  readonly command: string | null;
}

export interface SaysFirewalldTrusts {
  readonly kind: 'firewalld-trusts';
  readonly zone: string;
  /** None: it is the default zone. */
  readonly interfaces: readonly string[];
  /** null: none can be written. */
  readonly command: string | null;
}

// ---------------------------------------------------------------- what cannot be told

export interface SaysReachUnknown {
  readonly kind: 'reach-unknown';
  /** The one that it is about; null: several. */
  readonly listener: string | null;
  readonly count: number;
  readonly ports: Few<Target>;
  readonly cause: Cause;
}

/** What stands in the way: what was not read; where everything was, why rules could not be judged. Neither: part of the rules. */
export interface Cause {
  readonly gaps: readonly Gap[];
  readonly reasons: readonly Reason[];
  /** Reasons beyond those. */
  readonly more: number;
}

// ---------------------------------------------------------------- rules

/** A rule that does nothing, or not what it says, and why. */
export interface IdleSaid {
  readonly kind: 'shadowed' | 'redundant' | 'overridden';
  readonly firewall: FirewallId;
  readonly rule: string;
  readonly action: 'allow' | 'deny';
  /** The rules that make it so do the opposite of what it says. */
  readonly against: boolean;
  /** For which it is so. */
  readonly families: readonly Family[];
  readonly by: readonly Deciding[];
  /** What deletes it; null where nothing does, or where it still does something. */
  readonly deletion: string | null;
}

export interface SaysPowerlessDeny {
  readonly kind: 'powerless-deny';
  readonly rule: IdleSaid;
  /** The listener that it does not close. */
  readonly listener: string;
  readonly who: Who;
  readonly command: string;
}

export interface SaysIdleRules {
  readonly kind: 'idle-rules';
  readonly rules: Few<IdleSaid>;
}

/** A rule that opens a port. */
export interface OpeningSaid {
  readonly firewall: FirewallId;
  readonly rule: string;
}

export interface SaysUnusedOpening {
  readonly kind: 'unused-opening';
  readonly target: Target;
  readonly openings: readonly OpeningSaid[];
  /** A program listens there, on this computer only. */
  readonly here: boolean;
  /** The firewall is off, so that the rule does nothing yet. */
  readonly off: boolean;
}

/** Half of a rule, left in one family; the program there listens in the other. */
export interface SaysHalfOpening {
  readonly kind: 'half-opening';
  readonly target: Target;
  readonly family: Family;
  readonly openings: readonly OpeningSaid[];
  /** What deletes them; null: not all can be written. */
  readonly commands: readonly string[] | null;
}

// ---------------------------------------------------------------- tunnels

export interface SaysTunnel {
  readonly kind: 'tunnel';
  /** What the program is called. */
  readonly name: string;
  readonly pids: readonly number[];
  /** The port of this computer that is published; null: it cannot be seen which. */
  readonly port: number | null;
  /** The listeners there. */
  readonly listeners: readonly string[];
  readonly lets: TunnelLets;
  readonly stop: TunnelStop;
}

/** Who comes in: everybody who has the address, those who were let in, or whoever the server on the other side lets. */
export type TunnelLets = 'internet' | 'members' | 'server';

/** How to stop it for good. */
export type TunnelStop =
  /** End the program; `service`: or have its service no longer started. */
  | { readonly by: 'end'; readonly program: string; readonly service?: true }
  /** `look`: what shows first what there is. `end`: ending the program does, too. */
  | { readonly by: 'command'; readonly command: string; readonly look?: string; readonly end?: true }
  /** End it, or start it without that option. */
  | { readonly by: 'option'; readonly program: string; readonly option: string };

// ---------------------------------------------------------------- Windows

type SaysWindows =
  | SaysWindowsRefused
  | SaysWindowsGuests
  | SaysWindowsPrivate
  | SaysWindowsProfile
  | SaysWindowsUnfiltered
  | SaysWindowsInert
  | SaysWindowsReplaced;

/** Kind of a network, as Windows has them. */
export type NetworkProfile = ProfileState['name'];

/** Blocks that a question which was not answered with yes has left behind. */
export interface SaysWindowsRefused {
  readonly kind: 'windows-refused';
  /** Path of the program. */
  readonly program: string;
  /** In which networks the blocks count. */
  readonly profiles: readonly NetworkProfile[];
  /** What listens and is kept from others by them. */
  readonly listeners: Few<string>;
  /** Rules that let the program in, and over which they win. */
  readonly over: Few<string>;
  /** What deletes them; null: no command can be written. */
  readonly commands: readonly string[] | null;
}

/** Guests of Hyper-V, and Linux within Windows, have a firewall that is not judged. */
export interface SaysWindowsGuests {
  readonly kind: 'windows-guests';
  readonly adapters: readonly string[];
  readonly programs: readonly string[];
  /** networking: how WSL is set; null: not known. filter: what the Hyper-V firewall does for it where no rule says otherwise. */
  readonly wsl: {
    readonly networking: 'mirrored' | 'bridged' | 'none' | 'other' | null;
    readonly filter: 'off' | 'allows' | 'blocks' | null;
    /** What rules of that firewall let in: `TCP 5173`. */
    readonly openings: Few<string>;
  };
}

/** A network is set as private, and something is open for that reason alone. */
export interface SaysWindowsPrivate {
  readonly kind: 'windows-private';
  readonly interface: string;
  readonly network: InterfaceKind;
  readonly listeners: Few<string>;
  /** Listeners that others than now would reach as a public network: then nothing is offered. `mayOpen`: of which it cannot be told. */
  readonly opens: Few<string>;
  readonly mayOpen: Few<string>;
  readonly command: string | null;
}

/** The firewall is off, or lets in what no rule blocks, in one kind of network. */
export interface SaysWindowsProfile {
  readonly kind: 'windows-profile';
  readonly profile: NetworkProfile;
  readonly fault: 'off' | 'allows';
  /** Interfaces in such a network now; none: it does not matter before the next. */
  readonly interfaces: readonly string[];
  /** null: policy has set it so. */
  readonly command: string | null;
}

/** The firewall is on, and told to leave these interfaces alone. */
export interface SaysWindowsUnfiltered {
  readonly kind: 'windows-unfiltered';
  readonly profile: NetworkProfile;
  readonly interfaces: readonly string[];
  /** null: policy has set it so. */
  readonly command: string | null;
}

/** Rules made here that let nobody in. */
export interface SaysWindowsInert {
  readonly kind: 'windows-inert';
  readonly because: 'shielded' | 'policy';
  readonly profiles: readonly NetworkProfile[];
  readonly rules: Few<string>;
}

/** Another firewall says that it is in charge, or the service does not run. */
export interface SaysWindowsReplaced {
  readonly kind: 'windows-replaced';
  readonly by: string | null;
}
// ---------------------------------------------------------------- macOS

/** What a setting of macOS opens. */
export type MacSetting =
  | 'airplay'
  | 'screen'
  | 'management'
  | 'files'
  | 'login'
  | 'events'
  | 'printers'
  | 'media'
  | 'caching'
  | 'internet';

export interface SaysMacSetting {
  readonly kind: 'mac-setting';
  readonly listener: string;
  /** Other listeners that the same setting opens, where they are told with it. */
  readonly others: readonly string[];
  readonly setting: MacSetting;
  /** null: who reaches it cannot be told. */
  readonly who: Who | null;
}

/** pf was not read: what is open unless it filters, and how many ports are for this computer alone unless it leads there. */
export interface SaysMacUnlessPf {
  readonly kind: 'mac-unless-pf';
  readonly open: Few<Target>;
  readonly local: number;
}

/** pf is on: where rules stand, and which programs keep it on. */
export interface SaysMacPf {
  readonly kind: 'mac-pf';
  readonly anchors: Few<string>;
  readonly askers: Few<string>;
}

/** An option of the application firewall, with the command that turns it on, or off. */
export interface SaysMacOption {
  readonly kind: 'mac-stealth' | 'mac-signed';
  readonly command: string;
}
