/** What would change, and what was done. Types only. */
import type { Checked, Note, Warning } from '../told.ts';
import type { ProfileState } from './firewall.ts';
import type { Family, Protocol } from './machine.ts';
import type { ListenerReach } from './reach.ts';
import type { Report, Way } from './report.ts';

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
