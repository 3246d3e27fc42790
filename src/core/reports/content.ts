/**
 * What every format tells, in words and in order: the state, the advice, each listener, each forwarded port, the firewalls,
 * what was not read. Listeners and forwarded ports come one by one, so that many of them take no more memory than one.
 *
 * Foreign text (names, rules, addresses) has been through `visible`; what is markup in a format is that format's to escape.
 */
import { commandsOf, commandsOfWay, commandsThatSettle } from '../advice/commands.ts';
import { gateOf } from '../advice/gate.ts';
import { findingIdOf, type Tone, toneOf } from '../advice/remedy.ts';
import { whatToType } from '../advice/typed.ts';
import { localCommands } from '../catalog/by-program.ts';
import { togetherReasons } from '../gaps/index.ts';
import { isListWhole } from '../listeners/whole.ts';
import type {
  Deciding,
  Finding,
  FirewallState,
  Gap,
  ListenerReach,
  Policy,
  Reach,
  Report,
  ReportForward,
  ReportListener,
  Severity,
  TraceStep,
} from '../model.ts';
import { letsThrough, alikeWays, decidingRules, isEveryone, isGroup, tellingSteps } from '../reach/summary.ts';
import { togetherSteps } from '../reach/steps.ts';
import { visible } from '../visible.ts';
import type { ReportSource } from './source.ts';

// ---------------------------------------------------------------- advice

export interface Advice {
  readonly finding: Finding;
  readonly severity: Severity;
  readonly severityWords: string;
  readonly title: string;
  readonly why: string;
  /** Empty: nothing is said of it. */
  readonly ifClosed: string;
  /** What `why` and `ifClosed` name to be typed, as it stands in them. */
  readonly commands: readonly string[];
  /** What a person types; null: the ways must do. */
  readonly command: string | null;
  readonly ways: readonly { readonly title: string; readonly text: string; readonly commands: readonly string[] }[];
  /** A document about what listens there, of the catalog: never a text of the machine. */
  readonly source: string | null;
}

/** What there is to do, the most pressing first. What is kept on purpose is no advice. */
export function adviceOf({ report, words }: ReportSource): readonly Advice[] {
  const listeners = new Map(report.listeners.map((one) => [one.id, one]));
  return report.findings
    .filter(({ advice }) => advice !== 'keep')
    .map((finding): Advice => {
      const { title, why, ifClosed } = words.finding(finding, report);
      const service = listeners.get(finding.listener ?? '')?.identity.service ?? null;
      const bind = service === null ? null : words.service(service).bindLocal;
      return {
        finding,
        severity: finding.severity,
        severityWords: words.severity[finding.severity],
        title: visible(title),
        why: visible(why),
        ifClosed: visible(ifClosed),
        commands: commandsOf(finding.says),
        command: whatToType(finding, report),
        ways: finding.ways.map((way) => {
          const { title: name, text } = words.ways[way];
          return {
            title: name,
            text: way === 'bind-loopback' && bind !== null ? visible(bind) : text,
            commands: way === 'bind-loopback' && bind !== null ? localCommands(bind) : commandsOfWay(way),
          };
        }),
        source: service === null || !/^https:\/\/\S+$/.test(service.source) ? null : service.source,
      };
    });
}

// ---------------------------------------------------------------- listeners and forwarded ports

/** Ways in that are answered alike. */
export interface ToldWay {
  readonly tone: 'open' | 'unknown' | 'shut';
  /** `Open to everyone`. */
  readonly outcome: string;
  /** `wlan0 (Wi-Fi) to 192.168.77.10`. */
  readonly where: string;
  readonly steps: readonly ToldStep[];
  /** Why something is unknown. */
  readonly reasons: readonly string[];
}

interface ToldStep {
  /** `input, ufw-user-input`; empty where only the deciding rule is known. */
  readonly place: string;
  readonly rule: string;
  /** What it did, and to whom; empty where that is not known. */
  readonly effect: string;
  readonly decides: boolean;
}

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

/** `ufw: allow 3000/tcp`; the chain that an iptables rule stands in is told with the way. */
const decided = ({ firewall, rule }: Deciding): string =>
  `${firewallCalled(firewall)}: ${visible(rule.replace(/^-A \S+ /, ''))}`;

/** As people call it. */
const firewallCalled = (firewall: string): string => (firewall === 'windows' ? 'Windows Firewall' : visible(firewall));

// ---------------------------------------------------------------- way by way

function waysOf(reach: ListenerReach, source: ReportSource): readonly ToldWay[] {
  const { words, report } = source;
  // A rule that redirects makes a second way in, through another port.
  const doors = new Set(reach.reach.map(({ port }) => port)).size > 1;
  return alikeWays(reach).map((ways): ToldWay => {
    const [way] = ways;
    const steps = tellingSteps(way);
    return {
      tone: letsThrough(way) ? 'open' : way.unknown.length > 0 ? 'unknown' : 'shut',
      outcome: outcome(way, source),
      where: `${places(ways, report.interfaces, source)}${doors ? `, ${words.port(way.port)}` : ''}`,
      steps:
        steps.length === 0
          ? way.decidedBy.map((one) => ({ place: '', rule: decided(one), effect: '', decides: true }))
          : togetherSteps(steps).map((alike) => {
              const [step] = alike;
              const several = alike.length > 1;
              const effect = visible(words.step(step));
              return {
                place: place(step),
                rule: several
                  ? words.rulesAlike(
                      alike.slice(0, ALIKE).map((one) => visible(shortRule(one))),
                      alike.length,
                    )
                  : visible(shortRule(step)),
                effect: several ? words.each(effect) : effect,
                decides: step.decides !== null,
              };
            }),
      reasons: togetherReasons(way.doubts).map((doubt) => visible(words.reason(doubt))),
    };
  });
}

/** Of many rules that do the same, how many are named. */
const ALIKE = 2;

/** How many addresses are written out; the rest is counted. */
const SHOWN = 6;

const few = (list: readonly string[], { words }: ReportSource): string => {
  const shown = list.slice(0, SHOWN).map(visible);
  return words.list(list.length > SHOWN ? [...shown, words.more(list.length - SHOWN)] : shown);
};

function outcome({ open, limited, unknown }: Reach, source: ReportSource): string {
  const { words } = source;
  const part = (list: readonly string[], say: (what: string) => string): readonly string[] =>
    list.length === 0 ? [] : [say(isEveryone(list) ? words.everybody : few(list, source))];
  const parts = [...part(open, words.openTo), ...part(limited, words.limitedTo), ...part(unknown, words.unknownFor)];
  return parts.length === 0 ? words.closedToAll : parts.join('; ');
}

function places(ways: readonly Reach[], interfaces: Report['interfaces'], source: ReportSource): string {
  const { words } = source;
  return [...new Set(ways.map(({ interface: name }) => name))]
    .map((name) => {
      const kind = interfaces.find((one) => one.name === name)?.kind ?? 'other';
      const addresses = ways.filter((way) => way.interface === name).map(({ address }) => address);
      const groups = addresses.filter((address) => isGroup(address, interfaces));
      const own = addresses.filter((address) => !groups.includes(address));
      const to = [
        ...(own.length === 0 ? [] : [words.toAddresses(few(own, source))]),
        ...(groups.length === 0 ? [] : [words.manyAtOnce(few(groups, source))]),
      ];
      return `${visible(name)} (${words.networks[kind]}) ${to.join(', ')}`;
    })
    .join('; ');
}

/** The kernel's own steps have no chain. */
const place = ({ hook, chain, firewall }: TraceStep): string =>
  visible(firewall === 'kernel' ? hook : `${hook}, ${chain}`);

/** The chain is named already. */
function shortRule({ chain, rule, words, firewall }: TraceStep): string {
  const own = `-A ${chain} `;
  if (words === rule) return rule.startsWith(own) ? rule.slice(own.length) : rule;
  return words === `${chain} ${rule}` ? rule : `${firewallCalled(firewall)} ${words}`;
}

// ---------------------------------------------------------------- the machine

export interface ToldFirewall {
  readonly state: FirewallState;
  readonly name: string;
  readonly is: string;
  readonly says: string;
  readonly inbound: string;
  readonly outbound: string;
  /** null: they could not be counted. */
  readonly rules: string | null;
  readonly profiles: readonly {
    readonly name: string;
    readonly is: string;
    readonly inbound: string;
    readonly interfaces: readonly string[];
  }[];
}

export function firewallsOf({ report, words }: ReportSource): readonly ToldFirewall[] {
  const is = (active: boolean | null): string => words.firewall[active === null ? 'unknown' : active ? 'on' : 'off'];
  const policy = (one: Policy): string => words.policies[one];
  return report.firewalls.map((state) => ({
    state,
    name: words.firewallName(state),
    is: is(state.active),
    says: words.firewallSays(state),
    inbound: policy(state.defaults.inbound),
    outbound: policy(state.defaults.outbound),
    rules: state.rules === null ? null : words.number(state.rules),
    profiles: (state.profiles ?? []).map(({ name, active, inbound, interfaces }) => ({
      name: words.profiles[name],
      is: is(active),
      inbound: policy(inbound),
      interfaces: interfaces.map(visible),
    })),
  }));
}

export const networksOf = ({
  report,
  words,
}: ReportSource): readonly { readonly name: string; readonly kind: string; readonly addresses: readonly string[] }[] =>
  report.interfaces
    .filter(({ kind, addresses }) => kind !== 'loopback' && addresses.length > 0)
    .map(({ name, kind, addresses }) => ({
      name: visible(name),
      kind: words.networks[kind],
      addresses: addresses.map(visible),
    }));

export interface ToldGap {
  readonly what: readonly string[];
  readonly why: string;
  readonly how: string;
  /** What `how` names to be typed. */
  readonly commands: readonly string[];
}

/** What was not read. What the same step settles is told together. */
export function gapsOf({ report, words }: ReportSource): readonly ToldGap[] {
  const alike = new Map<string, Omit<ToldGap, 'what'> & { readonly what: Set<string> }>();
  for (const gap of report.unread) {
    const { what, why, how } = said(words.gap(gap));
    const key = `${why}\n${how}`;
    const same = alike.get(key);
    const commands = commandsThatSettle(gap.means.how);
    if (same === undefined) alike.set(key, { what: new Set([what]), why, how, commands });
    else same.what.add(what);
  }
  return [...alike.values()].map(({ what, ...rest }) => ({ ...rest, what: [...what] }));
}

const said = ({ what, why, how }: Pick<Gap, 'what' | 'why' | 'how'>) => ({
  what: visible(what),
  why: visible(why),
  how: visible(how),
});

/** The state in one sentence, and what it rests on. */
export interface Head {
  readonly title: string;
  readonly state: string;
  readonly detail: string;
  readonly tone: 'open' | 'doubt' | 'shut';
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly counts: readonly { readonly tone: Tone; readonly count: number; readonly text: string }[];
  readonly listWhole: boolean;
}

const TONE = { up: 'open', doubt: 'doubt', down: 'shut' } as const;

export function headOf({ report, words, host, version }: ReportSource): Head {
  const counts: Record<Tone, number> = { others: 0, self: 0, unknown: 0 };
  for (const listener of report.listeners) counts[toneOf(listener)] += 1;
  return {
    title: words.title,
    state: visible(words.state(report)),
    detail: visible(words.stateDetail(report)),
    tone: TONE[gateOf(report)],
    facts: [
      { name: words.facts.machine, value: host === null ? words.redacted : visible(host) },
      { name: words.facts.taken, value: words.moment(report.takenAt) },
      { name: words.facts.platform, value: words.platforms[report.platform] },
      { name: words.facts.read, value: report.complete ? words.whole : words.partly },
      { name: words.facts.version, value: `Portcullis ${version}` },
    ],
    counts: (['others', 'unknown', 'self'] as const).map((tone) => ({
      tone,
      count: counts[tone],
      text: words.counts[tone](counts[tone]),
    })),
    listWhole: isListWhole(report),
  };
}
