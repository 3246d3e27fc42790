/**
 * What to do about what is open, and why.
 *
 *   rule.ts        what a rule gets and gives
 *   rules/         one rule a file; each says what it looks at and what it advises
 *   ../says.ts     what a finding says, as data: decided by the rules
 *   english/       the same in English; the window has its other languages
 *   exposed.ts     what the rules about an exposed listener have in common
 *   audience.ts, known.ts, cause.ts   who gets through, what is known of it, why it cannot be told
 *   named.ts, few.ts, makers.ts, subjects.ts   what sentences in every language are made of
 *   commands.ts, pieces.ts, typed.ts   which commands they name, and what a person types
 *   headline.ts, meant.ts, gate.ts     how things stand as a whole; headline-de.ts in German
 *   remedy.ts      what a person can do about a finding
 *
 * To add a rule: one file in rules/ and one line in the list below. Where it says something new, that is one more kind in
 * says.ts, worded in english/ and in each catalogue: what is missing does not compile.
 */
import type { Exposure, Finding, ReportListener, Service, Severity } from '../model.ts';
import { isReached } from './audience.ts';
import { inEnglish } from './english/index.ts';
import { isPassedOver } from './harmless.ts';
import type { AdviceFacts, Draft, Rule } from './rule.ts';
import { aroundFirewall } from './rules/around-firewall.ts';
import { exposedAdmin } from './rules/exposed-admin.ts';
import { exposedContainer } from './rules/exposed-container.ts';
import { exposedDatabase } from './rules/exposed-database.ts';
import { exposedDebugger } from './rules/exposed-debugger.ts';
import { exposedDevServer } from './rules/exposed-dev-server.ts';
import { exposedDiscovery } from './rules/exposed-discovery.ts';
import { exposedFileSharing } from './rules/exposed-file-sharing.ts';
import { exposedProgram } from './rules/exposed-program.ts';
import { exposedRemoteAccess } from './rules/exposed-remote-access.ts';
import { exposedService } from './rules/exposed-service.ts';
import { firewallAbsent } from './rules/firewall-absent.ts';
import { firewallAllows } from './rules/firewall-allows.ts';
import { firewallOff } from './rules/firewall-off.ts';
import { firewalld } from './rules/firewalld.ts';
import { forwardedPort } from './rules/forwarded-port.ts';
import { httpSys } from './rules/http-sys.ts';
import { idleRules } from './rules/idle-rules.ts';
import { limited } from './rules/limited.ts';
import { portProxy } from './rules/port-proxy.ts';
import { macPf, macSigned, macStealth } from './rules/mac-firewalls.ts';
import { macSetting, macSettingUnsure } from './rules/mac-setting.ts';
import { macUnlessPf } from './rules/mac-unless-pf.ts';
import { powerlessDeny } from './rules/powerless-deny.ts';
import { reachUnknown } from './rules/reach-unknown.ts';
import { twoFirewalls } from './rules/two-firewalls.ts';
import { tunnel } from './rules/tunnel.ts';
import { unusedOpening } from './rules/unused-opening.ts';
import { windowsSettings } from './rules/windows.ts';
import { subjectsOf } from './subjects.ts';

export type { MacNotes } from './mac-notes.ts';
export type { AdviceFacts, Opening } from './rule.ts';

/** For one listener the first rule that has something to say speaks, so the narrow ones stand first. */
const rules: readonly Rule[] = [
  macSetting,
  aroundFirewall,
  limited,
  httpSys,
  portProxy,
  exposedDebugger,
  exposedDevServer,
  exposedDatabase,
  exposedAdmin,
  exposedContainer,
  exposedRemoteAccess,
  exposedFileSharing,
  exposedDiscovery,
  exposedService,
  exposedProgram,
  forwardedPort,
  firewallOff,
  firewallAbsent,
  firewallAllows,
  firewalld,
  twoFirewalls,
  reachUnknown,
  powerlessDeny,
  unusedOpening,
  idleRules,
  tunnel,
  windowsSettings,
  macSettingUnsure,
  macUnlessPf,
  macStealth,
  macSigned,
  macPf,
];

/** What stands before the colon in the ids of findings. */
export const ruleNames: readonly string[] = rules.map(({ name }) => name);

/**
 * What to do, the most pressing first: by severity, then by who can reach it, then by kind of service and port.
 * Nothing is said about what nobody else can reach, and nothing about a listener that the user keeps. A listener of
 * which the reach is unknown is never advised to be closed.
 */
export function advise(facts: AdviceFacts): readonly Finding[] {
  const about = facts.listeners.filter(
    (listener) => isReached(listener) && !listener.kept && !isPassedOver(listener, facts.platform),
  );
  const spokenFor = new Set<string>();
  const findings: Finding[] = [];
  const subjects = subjectsOf(facts);
  const add = (rule: Rule, key: string, listener: string | null, draft: Draft): void => {
    const { advice, severity, ways, says } = draft;
    findings.push({ id: `${rule.name}:${key}`, listener, advice, severity, ...inEnglish(says, subjects), ways, says });
  };
  for (const rule of rules) {
    if (rule.about === 'machine') {
      for (const draft of rule.advise(facts)) {
        for (const id of draft.speaksFor ?? []) spokenFor.add(id);
        add(rule, draft.key, draft.listener, draft);
      }
      continue;
    }
    for (const listener of about) {
      const draft = spokenFor.has(listener.id) ? null : rule.advise(listener, facts);
      if (draft === null) continue;
      spokenFor.add(listener.id);
      add(rule, listener.id, listener.id, draft);
    }
  }
  const listeners = new Map(facts.listeners.map((listener) => [listener.id, listener]));
  const rank = (finding: Finding): readonly number[] => rankOf(finding, listeners.get(finding.listener ?? ''));
  return findings
    .map((finding) => ({ finding, rank: rank(finding) }))
    .sort((a, b) => compare(a.rank, b.rank) || (a.finding.id < b.finding.id ? -1 : 1))
    .map(({ finding }) => finding);
}

const SEVERITY: Record<Severity, number> = { high: 0, medium: 1, low: 2 };
const EXPOSURE: Record<Exposure, number> = { internet: 0, network: 1, some: 2, unknown: 3, self: 4 };
const CATEGORY: Record<Service['category'], number> = {
  'remote-access': 0,
  container: 1,
  database: 2,
  development: 3,
  'file-sharing': 4,
  web: 5,
  messaging: 6,
  system: 7,
  sync: 8,
  printing: 9,
  media: 10,
  vpn: 11,
  game: 12,
  discovery: 13,
};
/** After every category: a program that is not known, then what is about the machine as a whole. */
const UNKNOWN_PROGRAM = 14;
const MACHINE = 15;

function rankOf({ severity }: Finding, listener: ReportListener | undefined): readonly number[] {
  if (listener === undefined) return [SEVERITY[severity], EXPOSURE.network, MACHINE, 0];
  const { service } = listener.identity;
  const category = service === null ? UNKNOWN_PROGRAM : CATEGORY[service.category];
  return [SEVERITY[severity], EXPOSURE[listener.exposure], category, listener.port];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
