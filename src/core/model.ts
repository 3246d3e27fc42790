/**
 * The words that every room shares. Types only: nothing here runs.
 *
 * Snapshot (what was printed) -> Facts (what was read) -> Report (who can reach what, and what to do)
 *                                                            -> Plan (what would change) -> Change (what was done)
 */
import type { GapMeaning, Reason } from './gaps/index.ts';
import type { Says } from './says.ts';
import type { Checked, Note, Warning } from './told.ts';

// ---------------------------------------------------------------- gathering

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

// ---------------------------------------------------------------- machine

export type Protocol = 'tcp' | 'udp';
export type Family = 4 | 6;
export type InterfaceKind = 'loopback' | 'wifi' | 'ethernet' | 'mobile' | 'vpn' | 'tailnet' | 'container' | 'other';

export interface InterfaceAddress {
  readonly family: Family;
  /** Without prefix and zone: `192.168.1.5`, `fe80::1`. */
  readonly address: string;
  readonly prefix: number;
  readonly scope: 'host' | 'link' | 'global';
}

export interface Interface {
  readonly name: string;
  readonly index: number;
  readonly kind: InterfaceKind;
  readonly up: boolean;
  readonly addresses: readonly InterfaceAddress[];
  /** It answers under its own addresses alone, not under those of other interfaces (the strong host model of Windows). */
  readonly ownOnly?: boolean;
  /** IP does not run over it: nothing comes in by it, not even what is sent to a group. */
  readonly withoutIp?: boolean;
}

export interface Route {
  readonly family: Family;
  /** CIDR; the default route is `0.0.0.0/0` or `::/0`. */
  readonly destination: string;
  readonly interface: string;
  readonly gateway: string | null;
}

/** One entry of a routing table, as the kernel looks it up. */
export interface RouteEntry {
  readonly family: Family;
  /** By its name or number: `main`, `local`, `51820`. */
  readonly table: string;
  /** `unicast`, `local`, `broadcast`, `multicast`, `anycast`, or one that leads nowhere: `blackhole`, `throw` … */
  readonly type: string;
  /** CIDR. */
  readonly destination: string;
  /** The lower is taken. */
  readonly metric: number;
  /** Several for a route over several hops. */
  readonly interfaces: readonly string[];
  /** Only for packets of one source or one type of service. */
  readonly partial: boolean;
}

/** One rule of policy routing (`ip rule`): which packets look into which table. */
export interface PolicyRule {
  readonly priority: number;
  /** It holds for what it does not describe. */
  readonly not: boolean;
  /** CIDR; null: any. */
  readonly from: string | null;
  readonly to: string | null;
  readonly mark: { readonly value: number; readonly mask: number } | null;
  readonly inInterface: string | null;
  readonly outInterface: string | null;
  /** It asks for more than that (a user, a protocol, a port …). */
  readonly more: boolean;
  readonly action:
    | {
        readonly do: 'lookup';
        readonly table: string /** Prefixes of that length or shorter do not count. */;
        readonly suppress: number | null;
      }
    | { readonly do: 'goto'; readonly priority: number }
    | { readonly do: 'refuse' | 'pass' | 'unknown' };
}

/** How the kernel finds where a packet goes. */
export interface Routing {
  readonly entries: readonly RouteEntry[];
  /** null: they were not read. */
  readonly rules: { readonly [family in Family]: readonly PolicyRule[] | null };
}

/** A socket that waits for others: TCP in LISTEN, UDP that is bound and not connected. */
export interface Socket {
  readonly protocol: Protocol;
  /** 6 with `v6only: false` takes IPv4 as well. */
  readonly family: Family;
  /** `0.0.0.0` or `::` for the wildcard; never null, never a zone. */
  readonly address: string;
  readonly port: number;
  /** Only for family 6; null = the source cannot tell. */
  readonly v6only: boolean | null;
  /** SO_BINDTODEVICE or the zone of a link-local address. */
  readonly device: string | null;
  readonly inode: number | null;
  readonly uid: number | null;
  /** Path below the cgroup root, `/system.slice/ssh.service`. */
  readonly cgroup: string | null;
  /** Known only from sources that print it with the row (netstat). */
  readonly pid: number | null;
}

export interface Owner {
  readonly pid: number | null;
  /** Short program name: `node`; null = not allowed to know. */
  readonly program: string | null;
  readonly path: string | null;
  readonly commandLine: string | null;
  /** systemd unit: `ssh.service`; with socket activation the `.socket`. */
  readonly unit: string | null;
  /** Windows: the services of one process, where it has several. */
  readonly services?: readonly string[];
  readonly container: string | null;
  /** Numeric uid as text, or the account's name where it is known. */
  readonly user: string | null;
  /** False: the owner is only as much as could be seen without rights. */
  readonly complete: boolean;
}

export type PortRange = 'well-known' | 'registered' | 'dynamic';

/** Sockets of one protocol, port and owner. */
export interface Listener {
  /** `tcp/3000`; where two owners share a port, `tcp/53@127.0.0.53`. */
  readonly id: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly range: PortRange;
  readonly sockets: readonly Socket[];
  readonly owner: Owner;
}

/** A live connection of this machine. */
export interface Connection {
  readonly protocol: Protocol;
  readonly direction: 'inbound' | 'outbound';
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  readonly program: string | null;
}

// ---------------------------------------------------------------- reach

export type Verdict = 'open' | 'limited' | 'blocked' | 'unknown';

/** The rule that decided, in the firewall's own words. */
export interface Deciding {
  /** `ufw`, `iptables`, `nftables`, `docker`, `firewalld`, `kernel`, `socket`. */
  readonly firewall: string;
  readonly rule: string;
}

/** What one way in (interface, family, address) lets through. Address lists are CIDRs or `a-b` ranges. */
export interface Reach {
  readonly interface: string;
  readonly family: Family;
  /** The local address that is spoken to; a link-local one with its zone. */
  readonly address: string;
  /** The port that is knocked at: the listener's own, or one that a rule redirects to it. */
  readonly port: number;
  readonly open: readonly string[];
  readonly limited: readonly string[];
  readonly unknown: readonly string[];
  readonly decidedBy: readonly Deciding[];
  /** Why the unknown ones are unknown. */
  readonly reasons: readonly string[];
  /** The same in types, one for each of them. A plan need not carry it. */
  readonly doubts: readonly Reason[];
  /** The rules that do something to these packets, in the order in which the kernel comes to them. */
  readonly trace: readonly TraceStep[];
}

export type PlaceKind = 'lan' | 'vpn' | 'tailnet' | 'container' | 'internet';

export interface Place {
  readonly kind: PlaceKind;
  readonly interface: string | null;
  /** `some`: only part of this place's addresses get through. */
  readonly verdict: Verdict | 'some';
}

export type Exposure = 'self' | 'some' | 'network' | 'internet' | 'unknown';

/** Who can reach one listener. */
export interface ListenerReach {
  readonly exposure: Exposure;
  /** False when anything wider than `exposure` is unknown. */
  readonly exposureComplete: boolean;
  readonly places: readonly Place[];
  readonly reach: readonly Reach[];
}

/**
 * A door that leads on: what comes to a port goes to a container, a guest or another computer, whether or not anything
 * listens here.
 */
export interface Forward extends ListenerReach {
  /** `tcp/8080>172.17.0.2:80`; where it is spoken to by its own address, `tcp/172.17.0.2:80`. */
  readonly id: string;
  readonly protocol: Protocol;
  /** The port that is knocked at, the first one where a whole range leads on. */
  readonly port: number;
  readonly lastPort: number;
  /**
   * `rule`: a rule turns this computer's port to there. `route`: who sends packets for its own address through this
   * computer gets there, as a neighbour can who adds a route.
   */
  readonly via: 'rule' | 'route';
  readonly to: {
    /** One address, or `a-b` where a rule names several. */
    readonly address: string;
    readonly port: number;
    /** Where packets leave for it; null: there is no route. */
    readonly interface: string | null;
    readonly kind: 'container' | 'guest' | 'computer';
  };
  /** Whose rule it is: `docker`, `podman`, `libvirt`, `iptables`, `nftables` … */
  readonly firewall: string;
  /** Name or id, where it is known. */
  readonly container: string | null;
}

/** One step of a packet's way through the rules. */
export interface TraceStep {
  readonly hook: string;
  readonly chain: string;
  readonly rule: string;
  /** What the step did: `accept`, `drop`, `reject`, `jump ufw-user-input`, `redirect`, `dnat`, `notrack`, `return`. */
  readonly effect: string;
  /** Whose rule it is, as in `Deciding`. */
  readonly firewall: string;
  /** The rule in that firewall's own words, `allow 3000/tcp`; the same as `rule` where it has none. */
  readonly words: string;
  /** The sources that it did this to, as CIDRs or `a-b` ranges; the others went on. At most 16, `more` counts the rest. */
  readonly sources: readonly string[];
  readonly more: number;
  /** `everyone`: all sources. `rest`: all that the base chain had not decided about before. */
  readonly share: 'everyone' | 'rest' | 'some';
  /**
   * `rate`: only as long as a rate is kept, or only beyond it. `ports`: only from some source ports. `perhaps`: whether
   * the rule matches cannot be told.
   */
  readonly when: 'always' | 'rate' | 'ports' | 'perhaps';
  /** The verdict that it settled for them; null: another step did. */
  readonly decides: Verdict | null;
}

export interface Question {
  readonly protocol: Protocol;
  readonly interface: string;
  /** One source address; a link-local one carries its zone. */
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly sourcePort?: number | undefined;
}

export interface Answer {
  readonly verdict: Verdict;
  readonly decidedBy: readonly Deciding[];
  readonly trace: readonly TraceStep[];
  readonly reasons: readonly string[];
  /** The same in types, one for each of them. */
  readonly doubts: readonly Reason[];
}

// ---------------------------------------------------------------- firewalls

export type FirewallId = 'ufw' | 'firewalld' | 'nftables' | 'iptables' | 'windows' | 'pf' | 'alf';
export type Policy = 'allow' | 'deny' | 'reject' | 'unknown';

export interface FirewallState {
  readonly id: FirewallId;
  /** null = cannot tell. */
  readonly active: boolean | null;
  readonly defaults: { readonly inbound: Policy; readonly outbound: Policy };
  /** Number of rules; null = cannot tell. */
  readonly rules: number | null;
  /** Where it is switched on and off for kinds of networks (Windows). */
  readonly profiles?: readonly ProfileState[];
}

/** What a firewall does in one kind of network. */
export interface ProfileState {
  readonly name: 'domain' | 'private' | 'public';
  readonly active: boolean | null;
  readonly inbound: Policy;
  /** Interfaces that are in such a network now. */
  readonly interfaces: readonly string[];
}

// ---------------------------------------------------------------- catalog

type Risk = 'high' | 'medium' | 'low';

export interface Service {
  readonly id: string;
  readonly name: string;
  /** One sentence that anybody understands. */
  readonly purpose: string;
  readonly category:
    | 'development'
    | 'database'
    | 'remote-access'
    | 'file-sharing'
    | 'printing'
    | 'discovery'
    | 'media'
    | 'sync'
    | 'game'
    | 'vpn'
    | 'container'
    | 'system'
    | 'web'
    | 'messaging';
  readonly ports: readonly { readonly protocol: Protocol; readonly from: number; readonly to: number }[];
  /** Names of programs (`comm` or basename of the path), lower case. */
  readonly programs: readonly string[];
  readonly risk: Risk;
  /** What somebody on the same network could do with it. */
  readonly ifExposed: string;
  readonly ifClosed: string;
  /** How to make it listen on this computer only, if it can. */
  readonly bindLocal: string | null;
  /** Does it serve others by design (ssh, file sharing), so that closing needs a thought? */
  readonly servesOthers: boolean;
  /** Where the facts come from: a document's address. */
  readonly source: string;
}

/** How a listener was named. */
export interface Identity {
  readonly service: Service | null;
  /** `program`: known by who runs it. `port`: only the number says so. `none`: not known. */
  readonly by: 'program' | 'port' | 'none';
  /** Short name for people: `Development web server`, or the program's name. */
  readonly name: string;
  /** Name in the IANA registry for this number, if any. */
  readonly registered: string | null;
}

// ---------------------------------------------------------------- report

export type AdviceKind = 'close' | 'restrict' | 'keep' | 'review';
export type Severity = 'high' | 'medium' | 'low';
export type Way =
  | 'firewall'
  | 'own-table'
  | 'bind-loopback'
  | 'stop'
  | 'container'
  | 'install-firewall'
  | 'enable-firewall'
  /** Rules of this computer do not count: only whoever manages it can. A piece of advice, never a choice. */
  | 'by-policy';

export interface Finding {
  /** `exposed-dev-server:tcp/3000`; the part before the colon names the advice rule. */
  readonly id: string;
  /** The listener it is about, or null. */
  readonly listener: string | null;
  readonly advice: AdviceKind;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly ifClosed: string;
  readonly ways: readonly Way[];
  /** What the three sentences say, for whoever words it in another language. */
  readonly says: Says;
}

/** A rule of somebody's that could be deleted, or that does not do what it says, and because of which others. */
interface IdleRule {
  /**
   * shadowed: no packet comes to it that it could match. redundant: what follows decides the same. overridden: another
   * rule undoes what it does.
   */
  readonly kind: 'shadowed' | 'redundant' | 'overridden';
  readonly firewall: 'ufw' | 'iptables' | 'nftables';
  /** In the firewall's own words. */
  readonly rule: string;
  readonly action: 'allow' | 'deny';
  /** For which it is so. */
  readonly families: readonly Family[];
  readonly because: readonly Deciding[];
}

export interface ReportListener extends ListenerReach {
  readonly id: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly range: PortRange;
  readonly addresses: readonly {
    readonly address: string;
    readonly family: Family;
    /** `any`: wildcard; `interface`: one address; `link`: link-local; `loopback`; `multicast`. */
    readonly scope: 'any' | 'interface' | 'link' | 'loopback' | 'multicast';
    readonly device: string | null;
  }[];
  readonly owner: Owner;
  readonly service: { readonly id: string; readonly name: string } | null;
  readonly identity: Identity;
  /** The user said "I need this one". */
  readonly kept: boolean;
}

export interface ReportForward extends Forward {
  /** A listener here that holds the port's place (Docker's proxy); it tells the same. */
  readonly listener: string | null;
  /** The user said "I need this one". */
  readonly kept: boolean;
}

export interface Report {
  readonly schema: 1;
  readonly takenAt: string;
  readonly platform: Platform;
  /** It was judged from a snapshot that was saved: of which computer; null: its name was taken out. Absent: of this one, now. */
  readonly saved?: { readonly host: string | null };
  /** True when nothing is missing that a verdict needs. */
  readonly complete: boolean;
  readonly unread: readonly Gap[];
  readonly firewalls: readonly FirewallState[];
  readonly interfaces: readonly {
    readonly name: string;
    readonly kind: InterfaceKind;
    readonly addresses: readonly string[];
  }[];
  readonly listeners: readonly ReportListener[];
  /** Ports that rules lead on to containers, guests and other computers. */
  readonly forwards: readonly ReportForward[];
  readonly connections: { readonly inbound: number; readonly outbound: number };
  readonly findings: readonly Finding[];
  readonly idleRules: readonly IdleRule[];
  /** False: there were too many rules to look at them all. */
  readonly idleRulesComplete: boolean;
}

// ---------------------------------------------------------------- rules in words

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

// ---------------------------------------------------------------- plan and change

export type Audience = 'everyone' | 'all-but-this-network' | 'internet';

/** Something new that a person chose. */
export type NewChoice = (
  | {
      readonly kind: 'close' | 'reopen';
      readonly targets: readonly Target[];
      readonly audience: Audience;
      readonly way: Exclude<Way, 'by-policy'>;
      /** Closing only: end the connections that are open now and that could not be made any more. */
      readonly drop?: boolean | undefined;
    }
  | { readonly kind: 'enable-firewall'; readonly keep: readonly Target[] }
  | { readonly kind: 'remove-opening'; readonly targets: readonly Target[] }
) & {
  /** Put it back after so many seconds unless it is confirmed. Absent: only where a remote session could be cut. */
  readonly confirm?: number | undefined;
};

/** Take a change of the history back, whatever has come after it. */
export interface UndoChoice {
  readonly kind: 'undo';
  /** Its id. */
  readonly change: string;
  readonly confirm?: number | undefined;
}

/** What a person chose. */
export type Choice = NewChoice | UndoChoice;

export interface Target {
  readonly protocol: Protocol;
  readonly port: number;
}

/**
 * One `### tuple ###` of ufw's user.rules. Fields as ufw writes them: `any`, `0.0.0.0/0`, `3000`, `8000:8010`, `22,80`.
 * Source: ufw 0.36.2, backend_iptables.py `_write_rules`.
 */
export interface UfwTuple {
  readonly family: Family;
  /** `allow`, `deny`, `reject`, `limit`, with `_log` or `_log-all` kept in `log`. */
  readonly action: string;
  readonly log: string | null;
  readonly route: boolean;
  readonly protocol: string;
  readonly dport: string;
  readonly dst: string;
  readonly sport: string;
  readonly src: string;
  readonly dapp: string | null;
  readonly sapp: string | null;
  readonly direction: string;
  readonly interfaceIn: string | null;
  readonly interfaceOut: string | null;
  readonly comment: string | null;
  /** The line as it stands in the file, after `### tuple ### `. */
  readonly line: string;
}

/**
 * What a change can be made in. `nftables`: Portcullis's own table; `services`: systemd; `programs`: a process of one's own;
 * `connections`: those that are open; `windows`: Windows Firewall.
 */
export type Layer = 'ufw' | 'firewalld' | 'nftables' | 'services' | 'programs' | 'connections' | 'windows';

/** A change of the firewall in typed fields. The helper turns it into commands by itself; no command text is ever passed. */
export type Operation =
  /** Remove one tuple of the user's, named exactly, because the plan needs it out of the way. */
  | { readonly kind: 'ufw-delete'; readonly tuple: UfwTuple }
  /** Put a rule first, for both families (`families` says which will hold it). */
  | {
      readonly kind: 'ufw-prepend';
      readonly action: 'allow' | 'limit' | 'deny';
      readonly protocol: Protocol;
      readonly port: number;
      /** CIDR or `any`. */
      readonly from: string;
      readonly families: readonly Family[];
    }
  /**
   * Undo only: put one rule of the user's back between its neighbours. `number`: the place as ufw counts it, IPv4 before
   * IPv6; null: at the end of its family.
   */
  | { readonly kind: 'ufw-insert'; readonly tuple: UfwTuple; readonly number: number | null }
  | { readonly kind: 'ufw-enable' }
  /** Undo only. */
  | { readonly kind: 'ufw-disable' }
  /** Undo only: put ufw's files back byte for byte and load them; `disable`: ufw was off before. */
  | { readonly kind: 'ufw-restore'; readonly disable: boolean }
  /**
   * Close a port in Portcullis's own nftables table, or take exactly that away again. `except`: networks (CIDR) that the
   * table leaves to the rules of the others; none: nobody gets past it.
   */
  | {
      readonly kind: 'table-close' | 'table-open';
      readonly protocol: Protocol;
      readonly port: number;
      readonly except: readonly string[];
    }
  /** Undo only: put the table and its file back as they were. */
  | { readonly kind: 'table-restore' }
  /** Stop a unit of systemd, or start it; `boot`: and have it no longer, or again, started with the computer. */
  | { readonly kind: 'service-stop' | 'service-start'; readonly unit: string; readonly boot: boolean }
  /** Undo only: the services that ran run again, and start with the computer as they did. */
  | { readonly kind: 'service-restore' }
  /** Ask a program of one's own to end. `inodes`: the sockets by which it is known to be the one that is meant. */
  | {
      readonly kind: 'program-end';
      readonly pid: number;
      readonly program: string;
      readonly inodes: readonly number[];
    }
  /** End the TCP connections to a port that these addresses have. */
  | {
      readonly kind: 'connections-drop';
      readonly port: number;
      readonly from: readonly string[];
    }
  /** Put one rule into a zone of firewalld, ahead of all others, or take it out: both now and for its next start. */
  | {
      readonly kind: 'firewalld-add' | 'firewalld-remove';
      readonly zone: string;
      readonly action: 'accept' | 'drop';
      readonly protocol: Protocol;
      readonly port: number;
      /** CIDR, address or `any`; what is dropped is dropped from `any`. */
      readonly source: string;
    }
  /** Undo only: put firewalld's files back byte for byte, and what acts now as it was. */
  | { readonly kind: 'firewalld-restore' }
  /**
   * Block new connections to a port in Windows Firewall, by a rule of Portcullis's own whose name is made of these fields, or
   * take exactly that rule away again. `from`: `any`, or addresses and `a-b` ranges; `profiles`: in these, none: in all.
   */
  | {
      readonly kind: 'windows-block' | 'windows-unblock';
      readonly protocol: Protocol;
      readonly port: number;
      readonly from: 'any' | readonly string[];
      readonly profiles: readonly ProfileState['name'][];
    }
  /**
   * Turn one rule of the local store off or on again, and change nothing else of it. `id`: its name in the registry, which is
   * its InstanceID; `rule`: its whole text there as it was read, before this is done.
   */
  | { readonly kind: 'windows-disable' | 'windows-enable'; readonly id: string; readonly rule: string }
  /** Turn Windows Firewall on in a kind of network. `windows-profile-off`: undo only. */
  | { readonly kind: 'windows-profile-on' | 'windows-profile-off'; readonly profile: ProfileState['name'] };

export interface Step {
  readonly operation: Operation;
  /** For people: what this does. */
  readonly says: string;
  /** The commands as they will be run, argv by argv. For show: the helper makes its own. */
  readonly commands: readonly (readonly string[])[];
}

/** What the plan predicts for one listener. */
export interface Effect {
  readonly listener: string;
  readonly name: string;
  readonly before: ListenerReach;
  readonly after: ListenerReach;
}

export interface Plan {
  readonly schema: 1;
  /** SHA-256 of the plan's canonical JSON without this field; hex. */
  readonly id: string;
  /** The firewalls that it changes, in the order of its steps. */
  readonly layers: readonly Layer[];
  readonly choice: Choice;
  /** One sentence: `Close port 3000 (TCP) for everyone`. */
  readonly summary: string;
  /** SHA-256 (hex) over the rules that the plan was made from. */
  readonly rulesDigest: string;
  readonly createdAt: string;
  readonly steps: readonly Step[];
  /** One a layer that can be put back, in their order. None: it cannot be undone. */
  readonly undo: readonly Step[];
  /** Listeners whose reach changes. */
  readonly effects: readonly Effect[];
  /** Anything that people should know before: sessions, what else is affected. Text: an earlier version made the plan. */
  readonly warnings: readonly (Warning | string)[];
  /** Connections that are open now, could not be made any more, and can be ended: chosen with `drop`. */
  readonly live: number;
  /** True when one click is enough (one port, no open session, nothing kept). */
  readonly simple: boolean;
  /** Put back by itself after so many seconds, unless it is confirmed; null: it stays. */
  readonly confirmWithin: number | null;
}

/** `waiting`: it is in force, and is put back at its deadline unless it is confirmed. */
export type ChangeState = 'waiting' | 'applied' | 'undone' | 'rolled-back' | 'failed';

/** One line of the journal. */
export interface Change {
  readonly id: string;
  readonly at: string;
  readonly summary: string;
  readonly layers: readonly Layer[];
  readonly state: ChangeState;
  readonly plan: Plan;
  /** For `rolled-back` and `failed`: what happened. For `undone`: what could not be put back. */
  readonly note: string | null;
  /** What the note says, for whoever words it in another language; absent where an earlier version wrote text alone. */
  readonly says?: Note;
  /** For `waiting`: when it is put back. ISO 8601, UTC. */
  readonly deadline?: string;
  /** For `undone`: the later change that took it back; absent where everything was put back as it was. */
  readonly undoneBy?: string;
  /**
   * ufw's rules before it, in their order, where it takes one away: `ufw 4 allow tcp 3000 …`, with the family. By them
   * the rule finds its place again.
   */
  readonly rules?: readonly string[];
}

export interface Outcome {
  readonly change: Change;
  /** What was checked by gathering and judging anew. Text: a note that has no other form. */
  readonly checked: readonly (Checked | string)[];
  readonly verified: boolean;
  readonly report: Report;
}

export type ExportFormat =
  | 'ufw'
  | 'firewalld'
  | 'firewalld-xml'
  | 'nftables'
  | 'iptables'
  | 'ansible'
  | 'windows'
  | 'netsh'
  /** macOS: its packet filter, by port. */
  | 'pf'
  /** macOS: its application firewall, by program. */
  | 'alf'
  | 'intent';

export interface RuleFile {
  readonly format: ExportFormat;
  readonly filename: string;
  readonly content: string;
  readonly undoFilename: string;
  /** Empty, and so is its name, where what the file does is undone where it was done. */
  readonly undoContent: string;
  /** What this format could not say. */
  readonly notExpressed: readonly string[];
}
