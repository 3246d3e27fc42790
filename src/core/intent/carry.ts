/** An intent of another machine as choices for this one. What it names and this machine does not have is said. */
import type { Intent, IntentClose } from '../firewalls/export.ts';
import type { Audience, NewChoice, Report, Target } from '../model.ts';
import { isListWhole } from '../listeners/whole.ts';
import { isAsWanted, isShutFor, leadingOn } from '../plan/as-wanted.ts';
import { ownNetworks } from './own-networks.ts';
import { byPort, DHCP_PORTS } from './parts.ts';

/** Something that a person must know before a plan is made. */
export type CarryRemark =
  /** Nothing listens there: there is nothing to close, or to keep. */
  | { readonly kind: 'not-listening'; readonly of: 'close' | 'keep'; readonly target: Target }
  /** What listens was not read whole: whether there is something to close there, or to keep, cannot be told. */
  | { readonly kind: 'unknown-listening'; readonly of: 'close' | 'keep'; readonly target: Target }
  /** The same of everything that is not kept: there may be more than is known. */
  | { readonly kind: 'unknown-rest' }
  /** No firewall here closes by default what is not kept: what listens now is closed, and not what listens later. */
  | { readonly kind: 'rest-of-now' }
  /** Those who are to be shut out cannot reach it as it is. */
  | { readonly kind: 'closed-already'; readonly target: Target; readonly audience: Audience }
  /** Rules lead on what comes to a whole range of ports: it is left as it is. */
  | { readonly kind: 'range-stays'; readonly target: Target; readonly lastPort: number }
  /** A container or a guest is reached at an address of its own, through this machine: it is left as it is. */
  | { readonly kind: 'address-stays'; readonly target: Target; readonly address: string }
  /**
   * Who is not shut out depends on the machine. here: networks of this one beyond those that are not shut out anywhere;
   * there: networks of the other one that are shut out here, but for what is this one's as well.
   */
  | {
      readonly kind: 'own-networks';
      readonly target: Target;
      readonly here: readonly string[];
      readonly there: readonly string[];
    };

export interface Carried {
  /** To be carried out first, and the rest to be worked out anew after it; null: the firewall is not off. */
  readonly first: NewChoice | null;
  readonly closing: readonly NewChoice[];
  readonly remarks: readonly CarryRemark[];
}

const same = (a: Target, b: Target): boolean => a.protocol === b.protocol && a.port === b.port;
const targetOf = ({ protocol, port }: Target): Target => ({ protocol, port });
const audienceOf = ({ for: whom }: IntentClose): Audience =>
  whom === 'everyone' ? 'everyone' : whom.allBut === 'private' ? 'internet' : 'all-but-this-network';

/** What leads on and no plan closes. The same range may lead on in both families. */
function staying(report: Report): readonly CarryRemark[] {
  const found = byPort(report.forwards.filter((one) => !isShutFor(one, report, 'everyone'))).flatMap(
    ({ via, protocol, port, lastPort, to: { address } }): readonly CarryRemark[] => {
      const target = { protocol, port };
      if (via === 'route') return [{ kind: 'address-stays', target, address }];
      return port === lastPort ? [] : [{ kind: 'range-stays', target, lastPort }];
    },
  );
  return found.filter((one, at) => found.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at);
}

export function carried(intent: Intent, report: Report): Carried {
  const listens = (target: Target): boolean =>
    report.listeners.some((one) => same(one, target)) || leadingOn(report, target).length > 0;
  const whole = isListWhole(report);
  const silent = (of: 'close' | 'keep', target: Target): CarryRemark => ({
    kind: whole ? 'not-listening' : 'unknown-listening',
    of,
    target,
  });
  const remarks: CarryRemark[] = [];
  const wanted: { readonly target: Target; readonly audience: Audience }[] = [];
  for (const item of byPort(intent.close)) {
    const [target, audience] = [targetOf(item), audienceOf(item)];
    const isClosed = isAsWanted(report, target, audience);
    if (!listens(target) || (isClosed && !whole)) remarks.push(silent('close', target));
    else if (isClosed) remarks.push({ kind: 'closed-already', target, audience });
    else {
      wanted.push({ target, audience });
      const networks = item.for === 'everyone' ? null : ownNetworks(report, audience, item.for.networks);
      if (networks !== null) remarks.push({ kind: 'own-networks', target, ...networks });
    }
  }
  for (const kept of byPort(intent.keep)) {
    if (!listens(kept)) remarks.push(silent('keep', targetOf(kept)));
  }
  if (intent.rest === 'close') {
    if (!whole) remarks.push({ kind: 'unknown-rest' });
    const doors = report.forwards.filter(({ via, port, lastPort }) => via === 'rule' && port === lastPort);
    const others = byPort([...report.listeners, ...doors].map(targetOf)).filter(
      (target, at, every) => every.findIndex((one) => same(one, target)) === at,
    );
    for (const target of others) {
      const named = [...intent.keep, ...intent.close].some((one) => same(one, target));
      const isNeeded = target.protocol === 'udp' && DHCP_PORTS.includes(target.port);
      if (!named && !isNeeded && !isAsWanted(report, target, 'everyone')) wanted.push({ target, audience: 'everyone' });
    }
    remarks.push(...staying(report));
  }
  const closing = (['everyone', 'all-but-this-network', 'internet'] as const).flatMap((audience): NewChoice[] => {
    const targets = wanted.filter((one) => one.audience === audience).map(({ target }) => target);
    return targets.length === 0 ? [] : [{ kind: 'close', targets, audience, way: 'firewall' }];
  });
  const isOff = report.firewalls.some(({ id, active }) => id === 'ufw' && active === false);
  const first: NewChoice | null =
    intent.rest === 'close' && isOff ? { kind: 'enable-firewall', keep: intent.keep.map(targetOf) } : null;
  const closesByDefault = report.firewalls.some(
    ({ id, active, defaults }) => id === 'ufw' && active === true && /^(deny|reject)$/.test(defaults.inbound),
  );
  if (intent.rest === 'close' && first === null && !closesByDefault) remarks.push({ kind: 'rest-of-now' });
  return { first, closing, remarks };
}
