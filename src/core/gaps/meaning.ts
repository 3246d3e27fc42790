/** What could not be read, why, and what would settle it; and why something is unknown: what a reader means, in no language. */
import type { Failure, Family } from '../model.ts';

export interface GapMeaning {
  readonly what: GapWhat;
  readonly why: GapWhy;
  readonly how: GapHow;
}

/** A network device by its name; by its number where it has no name that was read. */
export type Device = string | number;

/** What is not known. */
export type GapWhat =
  | {
      readonly kind:
        | 'addresses'
        | 'sysctls'
        | 'listening'
        | 'connections'
        /** Which IPv6 ports take IPv4 as well. */
        | 'dual-stack'
        | 'owners'
        | 'units'
        /** The tables of iptables as the kernel has them. */
        | 'kernel-tables'
        | 'nftables'
        /** The list that `nft` prints, as a change needs it. */
        | 'nftables-list'
        /** Portcullis's own table in the kernel. */
        | 'own-table'
        | 'ufw-on'
        | 'ufw-defaults'
        | 'firewalld-in-kernel'
        /** One rule that was read and cannot be judged. */
        | 'part-of-a-rule'
        /** The same of several. */
        | 'parts-of-rules'
        /** What a person chose to keep open. */
        | 'kept';
    }
  /** family: null, of both. */
  | { readonly kind: 'routes'; readonly family: Family | null }
  /** by: null, whoever shows them. */
  | {
      readonly kind: 'kernel-rules';
      readonly by: 'iptables' | 'nftables' | null;
      readonly family: Family | null;
      readonly legacy: boolean;
    }
  /** A table of nftables: `inet filter`. */
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'file' | 'ufw-rules-end' | 'ufw-rule'; readonly path: string }
  | { readonly kind: 'ufw-setting'; readonly setting: string }
  | { readonly kind: 'ufw-rules'; readonly family: Family }
  | { readonly kind: 'firewalld'; readonly part: 'on' | 'default-zone' | 'active-zones' | 'panic' | 'zones' }
  | {
      readonly kind: 'firewalld-entry';
      readonly of: 'zone' | 'policy' | 'service' | 'kept-zone' | 'kept-policy';
      readonly name: string;
    }
  /** What decides beside the rules. part: null, all of it. */
  | { readonly kind: 'beside'; readonly part: BesidePart | null }
  | { readonly kind: 'xdp'; readonly device: string; readonly programs: readonly string[] }
  | { readonly kind: 'vrf'; readonly vrf: string }
  | { readonly kind: 'tc-filters'; readonly device: Device; readonly hook: 'ingress' | 'egress' }
  | { readonly kind: 'bpf'; readonly at: BpfPlace; readonly programs: readonly string[] }
  | { readonly kind: 'ipsec'; readonly from: string; readonly to: string }
  /**
   * Of Windows Firewall; `policy`: what group policy and management services set; `services`, `products`: the lists that say
   * whether its service runs, and whether another firewall has taken its place.
   */
  | {
      readonly kind: 'windows';
      readonly part: 'rules' | 'policy' | 'settings' | 'services' | 'products' | 'port-proxy';
    }
  /** Of macOS: its packet filter; an anchor of it; its application firewall, and the programs in its list. */
  | { readonly kind: 'mac'; readonly part: 'pf' | 'pf-redirects' | 'application-firewall' | 'application-list' }
  | { readonly kind: 'pf-anchor'; readonly anchor: string };

/** named: a part that only the collector knows. */
export type BesidePart =
  | { readonly kind: 'traffic-control' | 'ipsec' | 'nftables' | 'bpf' }
  | { readonly kind: 'named'; readonly name: string };

export type BpfPlace =
  | { readonly on: 'device'; readonly device: Device }
  | { readonly on: 'sk-lookup' | 'netfilter' }
  /** unit: null, all programs. */
  | { readonly on: 'cgroup'; readonly unit: string | null };

/** Why it is not known, or why it makes an answer unknown. */
export type GapWhy =
  | { readonly kind: Exclude<Failure, 'failed'> }
  /** said: the first line of what the program said; empty: nothing. */
  | { readonly kind: 'failed'; readonly said: string }
  | {
      readonly kind:
        | 'not-gathered'
        | 'nonsense'
        | 'netstat-blind'
        | 'ended-early'
        | 'nft-missing'
        /** Whether the table sleeps is not told. */
        | 'dormancy'
        /** Rules that only iptables shows in full. */
        | 'iptables-only'
        | 'not-nftables'
        | 'written-by-others'
        | 'would-be-lost'
        /** This version reads it and does not show it. */
        | 'not-shown'
        | 'setting-invalid'
        | 'file-cut'
        | 'file-damaged'
        | 'file-unreadable'
        // What decides beside the rules, and how.
        | 'depends-on-vrf'
        | 'chooses-socket'
        | 'decides-beside'
        | 'sees-program'
        | 'drops-some'
        | 'drops-source'
        | 'only-ipsec'
        /** Which computer that is, is not told. */
        | 'leads-to-name'
        /** Sockets have an address that no adapter has. */
        | 'address-of-none';
    }
  | { readonly kind: 'sees-answers' | 'sees-packets'; readonly many: boolean }
  | { readonly kind: 'acts-before'; readonly at: 'bridge' | 'device' }
  | { readonly kind: 'garbled'; readonly by: 'ip' | 'nft' | 'firewalld' | 'powershell' | MacProgram }
  /** of: the program; null, our own collector. */
  | { readonly kind: 'lines-garbled'; readonly count: number; readonly of: 'ss' | 'netstat' | 'lsof' | null }
  | { readonly kind: 'settings-refused'; readonly count: number }
  | { readonly kind: 'complained'; readonly program: 'ss'; readonly said: string }
  /** Of Windows Firewall: its service does not run (null), or another firewall has taken its place. */
  | { readonly kind: 'no-force'; readonly other: string | null }
  /**
   * Linux within Windows (WSL) listens, or may, at this computer's own addresses, and Windows does not list it. filter: what
   * the Hyper-V firewall does to what comes in for it where no rule of it says otherwise; null: not known.
   */
  | { readonly kind: 'within-wsl'; readonly sure: boolean; readonly filter: 'off' | 'allows' | 'blocks' | null }
  /**
   * Of osquery. `rules`: its tables hold only a part of them. `query`: what its query left out is not logged. `start`: its
   * log does not go back to the first result. `table`: no table that was logged holds it. `places`: which network namespace is
   * the computer's own.
   */
  | { readonly kind: 'osquery'; readonly of: 'rules' | 'query' | 'start' | 'table' | 'places' }
  /** The collector gave up before it had looked everywhere, and said so. */
  | { readonly kind: 'gave-up'; readonly said: string }
  /** The system's own message. */
  | { readonly kind: 'message'; readonly said: string }
  | { readonly kind: 'not-whole'; readonly program: string; readonly fault: Fault }
  | { readonly kind: 'nft-in-chain'; readonly chain: string }
  | { readonly kind: 'legacy-loaded'; readonly why: GapWhy }
  | { readonly kind: 'ufw-line'; readonly line: string }
  | { readonly kind: 'undecided'; readonly reason: Reason };

/** Programs that macOS is read with. */
type MacProgram = 'ifconfig' | 'pfctl' | 'socketfilterfw';

/** Where what `iptables-save` printed is cut or garbled. */
export type Fault =
  | { readonly kind: 'unfinished-table' | 'missing-table'; readonly table: string }
  | { readonly kind: 'garbled'; readonly line: string }
  | { readonly kind: 'stray-commit' | 'cut-line' };

/** What would settle it. */
export type GapHow =
  | {
      readonly kind: /** Read every rule, with the right to. */
        | 'exact'
        /** The same, and not inside a container. */
        | 'exact-outside'
        | 'as-root'
        /** The same on Windows. */
        | 'as-administrator'
        | 'scan-again'
        /** On the computer that a log of osquery is about. */
        | 'scan-there'
        | 'install-iproute2'
        | 'install-perl'
        | 'other-tools'
        | 'own-table'
        /** Those of macOS's application firewall. */
        | 'application-settings'
        | 'named-rule';
    }
  /** `run`: it is asked for as a sentence. */
  | { readonly kind: 'command' | 'run' | 'run-as-administrator'; readonly command: string }
  /** In the settings of another firewall, by its name. */
  | { readonly kind: 'other-firewall'; readonly name: string }
  /** `look-into`: as a sentence of its own. */
  | { readonly kind: 'edit' | 'look-at' | 'look-into' | 'look-or-remove'; readonly path: string };

/** Why something is unknown. */
export type Reason =
  | { readonly kind: 'unread'; readonly what: GapWhat; readonly why: GapWhy }
  /** A match or a target that is not understood, or not decidable from here, as the rule has it. */
  | { readonly kind: 'rule'; readonly text: string }
  /** A set that rules add to. */
  | { readonly kind: 'set-grows'; readonly set: string }
  | { readonly kind: 'set-full'; readonly text: string; readonly of: 'set' | 'map' }
  | { readonly kind: 'set-unread'; readonly text: string; readonly set: string }
  | { readonly kind: 'source-type'; readonly types: readonly string[] }
  | { readonly kind: 'ct-status'; readonly statuses: readonly string[] }
  | { readonly kind: 'nested' | 'chain-unread'; readonly chain: string }
  | { readonly kind: 'no-interface'; readonly interface: string }
  /** Of Windows: what kind of network an interface is on. */
  | { readonly kind: 'network-kind'; readonly interface: string }
  /**
   * Of macOS's application firewall. `signed`: it lets in signed programs that are not in its list, and whether this one is
   * signed is not known. `asks`: the program is in no list, so a person was asked, or will be. `program`: which one listens is
   * not known, or a listed one may be it. `essential`: all is blocked but basic services of the system, and which those are.
   */
  | {
      readonly kind: 'application';
      readonly about: 'signed' | 'asks' | 'program' | 'essential';
      /** A path; null: not known. */
      readonly program: string | null;
    }
  /** Rules for some programs or services, and which one listens is not known. `apps`: for apps (packages). */
  | { readonly kind: 'holder'; readonly rules: readonly string[]; readonly apps: boolean }
  /**
   * What rules of Windows Firewall ask for and cannot be decided from here, as the registry has it: `LPort=RPC`. No rules:
   * what the words stand for is not known, whatever rule has them.
   */
  | { readonly kind: 'asks'; readonly rules: readonly string[]; readonly asks: readonly string[] }
  | {
      readonly kind:
        | 'hidden-family'
        | 'tracking'
        | 'chain-order'
        | 'sent-somewhere'
        | 'several-places'
        | 'route-localnet'
        | 'forwarding'
        | 'tangled'
        | 'rewritten-source'
        | 'mark'
        | 'source-bits'
        /** How answers to the source would leave. */
        | 'answers'
        | 'answers-unread'
        | 'policy-routing'
        | 'source-port'
        | 'takes-ipv4'
        // Of a question.
        | 'no-address'
        | 'two-families';
    };
