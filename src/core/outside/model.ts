/** What decides beside the rules of the firewalls, in one form. */
import type { AddressSet } from '../address.ts';
import { type Doubt, unreadDoubt } from '../gaps/index.ts';
import type { Intervals } from '../intervals.ts';
import type { Family, Gap, Protocol } from '../model.ts';

export interface Outsider {
  /** What it is, why it makes an answer unknown, and what settles it. */
  readonly gap: Gap;
  /** How an answer says that it is unknown for it. */
  readonly doubt: Doubt;
  /** `drop`: it can only take packets away, so what is blocked stays blocked. `anything`: it may also lead them elsewhere. */
  readonly power: 'drop' | 'anything';
  /** Names of the interfaces that packets come in at; null: all. */
  readonly interfaces: ReadonlySet<string> | null;
  readonly families: readonly Family[];
  /** TCP alone where it acts on answers: a connection does not come about without them, a datagram is there. */
  readonly protocols: readonly Protocol[];
  /** Sources and destinations that it may act on; null: all. */
  readonly sources: AddressSet | null;
  readonly destinations: AddressSet | null;
  readonly ports: Intervals<number> | null;
  /** It acts on sockets of this cgroup and of those below it; null: on packets, whatever socket they are for. */
  readonly cgroup: string | null;
  /** It chooses the socket for a packet, and may choose one that is bound to loopback. */
  readonly steers: boolean;
}

/** Everything, and the least that can be said of it, but for what is known. */
export const outsider = (gap: Gap, changes: Partial<Omit<Outsider, 'gap' | 'doubt'>>): Outsider => ({
  gap,
  doubt: unreadDoubt(gap),
  power: 'anything',
  interfaces: null,
  families: [4, 6],
  protocols: ['tcp', 'udp'],
  sources: null,
  destinations: null,
  ports: null,
  cgroup: null,
  steers: false,
  ...changes,
});
