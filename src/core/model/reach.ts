/** Who can get through to a port, and by which rule. Types only. */
import type { Reason } from '../gaps/index.ts';
import type { Family, Protocol } from './machine.ts';

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
