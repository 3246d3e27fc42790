/** The computer as a whole: its state in a sentence, its firewalls and networks, and what was not read. */
import { commandsThatSettle } from '../../advice/commands.ts';
import { gateOf } from '../../advice/gate.ts';
import { type Tone, toneOf } from '../../advice/remedy.ts';
import { isListWhole } from '../../listeners/whole.ts';
import type { FirewallState, Gap, Policy } from '../../model.ts';
import { visible } from '../../visible.ts';
import type { ReportSource } from '../source.ts';

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
