/**
 * Rules of Windows Firewall in one form, whether the registry or Get-NetFirewallRule gave them.
 *
 * All conditions of a rule must hold; one that is not there holds for everything ([MS-FASP] 2.2.37, FW_RULE). What a reader
 * does not understand stays as a condition that may hold and may not (`narrows`, `open`), never as none.
 */
import type { AddressSet } from '../../address.ts';
import type { Intervals } from '../../intervals.ts';
import type { Family } from '../../model.ts';

export type Profile = 'domain' | 'private' | 'public';
export const PROFILES: readonly Profile[] = ['domain', 'private', 'public'];

/**
 * Where a rule was found: `policy` is group policy, `mdm` what a management service has set, `other` another place or one
 * that was not told, of which nobody can say whether it counts.
 */
export type Store = 'local' | 'policy' | 'mdm' | 'other';

/** Local or remote ports. */
export interface PortCondition {
  readonly sure: Intervals<number>;
  /** Words that may stand for any port (`RPC`, `Teredo`), and what was not understood. */
  readonly open: readonly string[];
}

/** Words that stand for addresses of this computer's surroundings. */
export type AddressWord = 'LocalSubnet' | 'DNS' | 'DHCP' | 'WINS' | 'DefaultGateway';

/** Addresses of one family. */
export interface AddressCondition {
  readonly set: AddressSet;
  readonly words: readonly AddressWord[];
  /** Words that may stand for any address (`IntErnet`), and what was not understood. */
  readonly open: readonly string[];
}

/** Interfaces: a rule names them by what `IF`, `IFType` or `InterfaceAlias` hold. */
export interface InterfaceCondition {
  readonly by: 'guid' | 'alias' | 'type';
  readonly names: readonly string[];
}

export interface WindowsRule {
  /** The registry's value name, which is the rule's InstanceID. */
  readonly id: string;
  readonly store: Store;
  /** What people read; may be a resource, `@FirewallAPI.dll,-28502`. */
  readonly name: string;
  readonly active: boolean;
  /** null: not understood, so it may be either. */
  readonly direction: 'in' | 'out' | null;
  /** null: not understood, so it may be any. */
  readonly action: 'allow' | 'block' | 'bypass' | null;
  /** null: all. */
  readonly profiles: readonly Profile[] | null;
  /** IP protocol number; null: any. */
  readonly protocol: number | null;
  /** null: any. */
  readonly localPorts: PortCondition | null;
  readonly remotePorts: PortCondition | null;
  /** null: any. A family that has no conditions while the other has does not match. */
  readonly local: { readonly [family in Family]: AddressCondition } | null;
  readonly remote: { readonly [family in Family]: AddressCondition } | null;
  /** Path of the program, perhaps with variables (`%SystemRoot%\…`), or `System`; null: any. */
  readonly app: string | null;
  /** Short name of a service, or `*` for any service; null: not for services alone. */
  readonly service: string | null;
  /** It is for programs in the app container of a package. */
  readonly packaged: boolean;
  /** The family name of the package for whose programs it is, in a container or not; null: not for those alone. */
  readonly family: string | null;
  /** All of them must hold. */
  readonly interfaces: readonly InterfaceCondition[];
  /** Traffic must be authenticated by IPsec; what is not is refused ([MS-FASP] 2.2.35, FW_RULE_FLAGS_AUTHENTICATE). */
  readonly secure: boolean;
  /** Conditions that cannot be decided from here, as the rule has them: `RMauth=…`. */
  readonly narrows: readonly string[];
}

/** A rule that could not be read at all: it may decide anything. */
export interface UnreadRule {
  readonly id: string;
  readonly store: Store;
  readonly unread: string;
}

export type AnyRule = WindowsRule | UnreadRule;

export const isUnread = (rule: AnyRule): rule is UnreadRule => 'unread' in rule;
