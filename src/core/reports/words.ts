/**
 * What a report needs to have said, in one language. Types only: the catalogues of the window say the first half already,
 * and what only a report says stands beside them; whoever has the report made hands both over.
 *
 * Texts are plain: each format makes what stands in them harmless for itself.
 */
import type { Sentences } from '../advice/english/parts.ts';
import type { Reason } from '../gaps/index.ts';
import type {
  Exposure,
  Finding,
  FirewallState,
  Forward,
  Gap,
  InterfaceKind,
  ListenerReach,
  PlaceKind,
  Platform,
  Policy,
  ProfileState,
  Report,
  ReportListener,
  Service,
  Severity,
  TraceStep,
  Way,
} from '../model.ts';
import type { ReportRule } from './rules.ts';

export type ReportLanguage = 'en' | 'de';

/** What the window says as well. */
interface SharedWords {
  /** How things stand, in one sentence, and what stands under it. */
  readonly state: (report: Report) => string;
  readonly stateDetail: (report: Report) => string;
  readonly finding: (finding: Finding, report: Report) => Sentences;
  readonly service: (service: Service) => Pick<Service, 'name' | 'purpose' | 'bindLocal'>;
  readonly identityName: (listener: ReportListener) => string;
  readonly who: (reach: ListenerReach, report: Report) => string;
  readonly whoLong: (reach: ListenerReach, report: Report) => string;
  readonly gap: (gap: Gap) => Readonly<Record<'what' | 'why' | 'how', string>>;
  readonly reason: (reason: Reason) => string;
  readonly firewallName: (state: FirewallState) => string;
  readonly firewallSays: (state: FirewallState) => string;
  /** What a rule did, and to whom. */
  readonly step: (step: TraceStep) => string;
  /** Many rules that do the same: the first by name, and how many there are; and what each of them does. */
  readonly rulesAlike: (named: readonly string[], count: number) => string;
  readonly each: (effect: string) => string;
  readonly ways: Readonly<Record<Way, { readonly title: string; readonly text: string }>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly networks: Readonly<Record<InterfaceKind | PlaceKind, string>>;
  readonly leadsTo: Readonly<Record<Forward['to']['kind'], string>>;
  readonly everybody: string;
  readonly openTo: (what: string) => string;
  readonly limitedTo: (what: string) => string;
  readonly unknownFor: (what: string) => string;
  readonly closedToAll: string;
  readonly number: (count: number) => string;
  readonly list: (items: readonly string[]) => string;
}

/** What only a report says. */
export interface DocumentWords {
  readonly language: ReportLanguage;
  readonly title: string;
  readonly contents: string;
  readonly facts: Readonly<Record<'machine' | 'taken' | 'platform' | 'version' | 'read', string>>;
  readonly platforms: Readonly<Record<Platform, string>>;
  /** A moment with its zone, since a report is read elsewhere. ISO 8601 in. */
  readonly moment: (iso: string) => string;
  readonly whole: string;
  readonly partly: string;
  readonly redacted: string;
  readonly counts: Readonly<Record<'others' | 'self' | 'unknown', (count: number) => string>>;
  readonly headings: Readonly<Record<'advice' | 'ports' | 'led' | 'firewalls' | 'networks' | 'unread', string>>;
  readonly leads: Readonly<Record<'advice' | 'led' | 'unread', string>>;
  readonly none: Readonly<
    Record<'advice' | 'ports' | 'portsUnread' | 'firewalls' | 'firewallsUnread' | 'networks' | 'unread', string>
  >;
  /** The list of what listens may not be whole. */
  readonly moreMayListen: string;
  readonly advice: Readonly<Record<'why' | 'ifClosed' | 'how' | 'type' | 'source', string>>;
  readonly columns: Readonly<Record<'port' | 'what' | 'who' | 'why' | 'leads', string>>;
  readonly labels: Readonly<Record<'program' | 'listens' | 'kept' | 'trace' | 'ruleOf' | 'decides', string>>;
  /** Named by its number alone. */
  readonly byNumber: string;
  readonly notAllowedToKnow: string;
  readonly port: (port: number) => string;
  readonly manyAtOnce: (addresses: string) => string;
  readonly toAddresses: (addresses: string) => string;
  readonly more: (count: number) => string;
  /** An end that leads on to its own address, by a route that a neighbour adds. */
  readonly ownAddress: string;
  readonly because: {
    readonly loopback: string;
    readonly noRule: string;
    readonly letIn: (rules: readonly string[], more: number) => string;
    readonly turnedAway: (rules: readonly string[], more: number) => string;
    /** Why it cannot be told. */
    readonly unknown: (reasons: readonly string[], more: number) => string;
  };
  readonly exposure: Readonly<Record<Exposure, string>>;
  readonly firewall: Readonly<
    Record<
      'on' | 'off' | 'unknown' | 'inbound' | 'outbound' | 'rules' | 'profiles' | 'profile' | 'state' | 'interfaces',
      string
    >
  >;
  readonly policies: Readonly<Record<Policy, string>>;
  readonly profiles: Readonly<Record<ProfileState['name'], string>>;
  readonly settle: string;
  readonly end: (version: string) => string;
  /** What each rule of advice looks for, and what to do where it speaks. */
  readonly rules: Readonly<Record<ReportRule, RuleWords>>;
}

export interface RuleWords {
  readonly title: string;
  readonly help: string;
}

export type ReportWords = SharedWords & DocumentWords;
