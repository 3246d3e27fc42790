/**
 * Rules that are for programs: who holds a port decides which of them are asked. The same engine walks the rules of each
 * holder, once for all that it holds.
 *
 * A program may also pass on what comes to its port (a relay). Who gets through to the relay gets to where it leads, by no
 * rule of the firewall: from there on the packets are this computer's own.
 */
import { parseAddress } from '../address.ts';
import { type Doubt, reasonsFrom } from '../gaps/index.ts';
import type { Netfilter } from '../firewalls/netfilter/model.ts';
import type { Forward, Listener, Question, Socket } from '../model.ts';
import type { Judge, WayJudge } from './index.ts';
import { type Ways, reachBy } from './listener.ts';
import { withPort } from './tools.ts';

export interface Held {
  /** Rules for this listener, by who holds it. The same object for the same rules. `index` false: found by asking each. */
  readonly rulesFor: (listener: Listener, index: boolean) => Netfilter;
  /** Rules for a port that is asked about, by who holds it as far as anybody does. */
  readonly rulesAt: (question: Question, index: boolean) => Netfilter;
  readonly relays: readonly Relay[];
  /** Some relay may lead anywhere here: it is not known where. */
  readonly relaysUnread: boolean;
  /** There may be more ways to this listener than the rules show. */
  readonly unseen?: (listener: Listener) => boolean;
  /** Why something that no list shows may take what comes to a port, by rules that are not these; null: nothing may. */
  readonly hidden?: (at: Pick<Question, 'protocol' | 'port'> & Partial<Pick<Question, 'destination'>>) => Doubt | null;
  /** Rules that are for all, where some lead on to other computers. */
  readonly common?: Netfilter;
}

interface Relay {
  /** Where it takes. */
  readonly listener: Listener;
  /** An address, or a name where only that is known. */
  readonly to: { readonly address: string; readonly port: number };
  /** Is that this computer itself? */
  readonly here: boolean;
  /** The interface whose network it is in; null: another one. */
  readonly interface: string | null;
  readonly kind: Forward['to']['kind'];
  /** Who passes it on: `portproxy`. */
  readonly firewall: string;
}

export function heldJudge(
  { rulesFor, rulesAt, relays, relaysUnread, unseen, hidden, common }: Held,
  judgeOf: (netfilter: Netfilter) => WayJudge,
  index: boolean,
): Judge {
  const known = new Map<Netfilter, WayJudge>();
  const judge = (netfilter: Netfilter): WayJudge => {
    const one = known.get(netfilter) ?? judgeOf(netfilter);
    known.set(netfilter, one);
    return one;
  };
  const waysTo = (listener: Listener, seen: readonly Listener[]): Ways => {
    const own = judge(rulesFor(listener, index)).waysTo(listener);
    const through = relays
      .filter((relay) => relay.here && !seen.includes(relay.listener) && leadsTo(relay, listener))
      .map((relay) => waysTo(relay.listener, [...seen, relay.listener]));
    return through.reduce((all, { ways, unseen }) => ({ ways: [...all.ways, ...ways], unseen: all.unseen || unseen }), {
      ways: own.ways,
      unseen:
        own.unseen ||
        (relaysUnread && listener.protocol === 'tcp') ||
        unseen?.(listener) === true ||
        hidden?.({ protocol: listener.protocol, port: listener.port }) != null,
    });
  };
  const reachOf = (listener: Listener) => reachBy(waysTo(listener, [listener]));
  return {
    ask: (question) => {
      const answer = judge(rulesAt(question, index)).ask(question);
      const other = answer.verdict === 'blocked' ? (hidden?.(question) ?? null) : null;
      return other === null ? answer : { ...answer, verdict: 'unknown', ...reasonsFrom([other]) };
    },
    reachOf,
    forwards: () => [
      ...(common === undefined ? [] : judge(common).forwards()),
      ...relays
        .filter(({ here }) => !here)
        .map(({ listener, to, interface: name, kind, firewall }): Forward => {
          const { protocol, port } = listener;
          return {
            id: `${protocol}/${port}>${withPort(to.address, to.port)}`,
            protocol,
            port,
            lastPort: port,
            via: 'rule',
            to: { ...to, interface: name, kind },
            firewall,
            container: null,
            ...reachOf(listener),
          };
        }),
    ],
  };
}

/** Does what it passes on end at one of those sockets? */
const leadsTo = ({ to, listener: { protocol } }: Relay, { sockets }: Listener): boolean =>
  sockets.some((socket) => socket.protocol === protocol && socket.port === to.port && takes(socket, to.address));

/** A name that is this computer may be any of its addresses. */
function takes({ address }: Socket, to: string): boolean {
  if (address === '0.0.0.0' || address === '::' || address === to) return true;
  const [own, wanted] = [parseAddress(address), parseAddress(to)];
  if (own === null || wanted === null) return true;
  return own.family === wanted.family && own.value === wanted.value;
}
