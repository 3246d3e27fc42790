/** Listeners and forwarded ports: what they are, who gets there, and why. */
import { findingIdOf, type Tone, toneOf } from '../../advice/remedy.ts';
import { togetherReasons } from '../../gaps/index.ts';
import type { Finding, ListenerReach, Report, ReportForward, ReportListener } from '../../model.ts';
import { decidingRules } from '../../reach/summary.ts';
import { visible } from '../../visible.ts';
import type { ReportSource } from '../source.ts';
import { decided, firewallCalled } from './named.ts';
import { type ToldWay, waysOf } from './ways.ts';

interface ToldReach {
  readonly tone: Tone;
  readonly who: string;
  readonly whoLong: string;
  /** The rules that decide, in a sentence; null: the ways themselves have to say it. */
  readonly why: string | null;
  readonly ways: readonly ToldWay[];
}

export interface ToldListener extends ToldReach {
  readonly listener: ReportListener;
  /** `3000/tcp`. */
  readonly port: string;
  readonly name: string;
  /** Its name rests on its number alone. */
  readonly byNumber: boolean;
  /** `node (web.service)`. */
  readonly program: string;
  /** What is spoken to: addresses, with the device where it is bound to one. */
  readonly listens: readonly string[];
  readonly findings: readonly Finding[];
}

export interface ToldForward extends ToldReach {
  readonly forward: ReportForward;
  /** `8080/tcp`, `8000-8010/tcp`. */
  readonly door: string;
  /** `172.17.0.2:80 (a container on docker0)`. */
  readonly to: string;
  readonly ruleOf: string;
  readonly findings: readonly Finding[];
}

export function* listenersOf(source: ReportSource): Generator<ToldListener> {
  const { report, words } = source;
  const about = findingsBy(report, ({ listener }) => listener);
  for (const listener of report.listeners) {
    const { port, protocol, identity, addresses } = listener;
    yield {
      listener,
      port: `${port}/${protocol}`,
      name: visible(words.identityName(listener)),
      byNumber: identity.by === 'port',
      program: programOf(listener, source),
      listens: addresses.map(({ address, device }) => visible(device === null ? address : `${address}%${device}`)),
      findings: about.get(listener.id) ?? [],
      ...reachOf(listener, addresses, source),
    };
  }
}

/** Those that no listener tells already, and ends that are spoken to at their own address, as far as others get there. */
export function* forwardsOf(source: ReportSource): Generator<ToldForward> {
  const { report, words } = source;
  const about = findingsBy(report, ({ id }) => id);
  for (const forward of report.forwards) {
    if (forward.via === 'rule' ? forward.listener !== null : toneOf(forward) === 'self') continue;
    const { protocol, port, lastPort, to, via, container } = forward;
    const address = visible(to.address.includes(':') ? `[${to.address}]:${to.port}` : `${to.address}:${to.port}`);
    const what = words.leadsTo[to.kind] + (container === null ? '' : ` ${visible(container)}`);
    yield {
      forward,
      door: via === 'route' ? words.ownAddress : `${port === lastPort ? port : `${port}-${lastPort}`}/${protocol}`,
      to: `${address} (${what}${to.interface === null ? '' : `, ${visible(to.interface)}`})`,
      ruleOf: firewallCalled(forward.firewall),
      findings: about.get(findingIdOf(forward)) ?? [],
      ...reachOf(forward, null, source),
    };
  }
}

function findingsBy(
  { findings }: Report,
  key: (finding: Finding) => string | null,
): ReadonlyMap<string, readonly Finding[]> {
  const map = new Map<string, Finding[]>();
  for (const finding of findings) {
    const of = finding.advice === 'keep' ? null : key(finding);
    if (of === null) continue;
    const list = map.get(of);
    if (list === undefined) map.set(of, [finding]);
    else list.push(finding);
  }
  return map;
}

function programOf({ owner }: ReportListener, { words }: ReportSource): string {
  const { program, unit, container } = owner;
  if (program === null) {
    if (container !== null) return `${words.leadsTo.container} (${visible(container.slice(0, 12))})`;
    return unit === null ? words.notAllowedToKnow : visible(unit);
  }
  return unit === null ? visible(program) : `${visible(program)} (${visible(unit)})`;
}

function reachOf(
  reach: ListenerReach,
  addresses: readonly { readonly scope: string }[] | null,
  source: ReportSource,
): ToldReach {
  const { report, words } = source;
  return {
    tone: toneOf(reach),
    who: visible(words.who(reach, report)),
    whoLong: visible(words.whoLong(reach, report)),
    why: because(reach, addresses, source),
    ways: waysOf(reach, source),
  };
}

/** How many rules are named in a sentence; the rest is counted. */
const NAMED = 3;

function because(
  reach: ListenerReach,
  addresses: readonly { readonly scope: string }[] | null,
  { words }: ReportSource,
): string | null {
  const { because: say } = words;
  if (reach.reach.length === 0)
    return toneOf(reach) === 'self' && addresses?.every(({ scope }) => scope === 'loopback') === true
      ? say.loopback
      : null;
  const { letIn, rules } = decidingRules(reach);
  // Where nobody is known to be let in and somebody may be, what turns some away is not the reason of the answer.
  if (!letIn && toneOf(reach) === 'unknown') {
    const doubts = [
      ...new Set(
        togetherReasons(reach.reach.flatMap((way) => way.doubts)).map((doubt) => visible(words.reason(doubt))),
      ),
    ];
    return doubts.length === 0 ? null : say.unknown(doubts.slice(0, NAMED), Math.max(0, doubts.length - NAMED));
  }
  if (rules.length === 0) return null;
  if (rules.every(({ firewall }) => firewall === 'kernel')) return letIn ? say.noRule : null;
  const said = rules.slice(0, NAMED).map(decided);
  return (letIn ? say.letIn : say.turnedAway)(said, rules.length - said.length);
}
