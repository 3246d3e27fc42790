/** What plans say of Windows Firewall, in German. */
import type { Operation, ProfileState } from '../../../core/model.ts';
import type { Warning, WindowsCovers } from '../../../core/told.ts';
import { exceptFrom } from '../../../core/firewalls/windows/except.ts';
import { ruleName } from '../../../core/firewalls/windows/rule-name.ts';
import { quoted } from '../findings/de-parts.ts';
import { foreign, list, number, sentence } from '../format.ts';
import { portOf } from './de-parts.ts';

type Kind<K extends Operation['kind']> = Extract<Operation, { readonly kind: K }>;

const NETWORK: Record<ProfileState['name'], string> = {
  domain: 'Domänennetzwerken',
  private: 'privaten Netzwerken',
  public: 'öffentlichen Netzwerken',
};

/** `privaten Netzwerken und öffentlichen Netzwerken`: behind „in“. */
export const networksOf = (profiles: readonly ProfileState['name'][]): string =>
  list(profiles.map((profile) => (Object.hasOwn(NETWORK, profile) ? NETWORK[profile] : sentence(profile))));

function blockWords({ kind, from, profiles, ...target }: Kind<'windows-block' | 'windows-unblock'>): string {
  const except = exceptFrom(from);
  const who = except.length === 0 ? '' : `, außer von ${list(except.map(sentence))},`;
  const where = profiles.length === 0 ? '' : ` in ${networksOf(profiles)}`;
  return kind === 'windows-block'
    ? `Neue Verbindungen zu ${portOf(target)}${who}${where} in der Windows-Firewall blockieren, mit einer eigenen Regel von Portcullis`
    : `Die Regel von Portcullis, die ${portOf(target)}${who}${where} blockiert, aus der Windows-Firewall nehmen`;
}

export function windowsStep(
  operation: Kind<
    | 'windows-block'
    | 'windows-unblock'
    | 'windows-disable'
    | 'windows-enable'
    | 'windows-profile-on'
    | 'windows-profile-off'
  >,
): string {
  switch (operation.kind) {
    case 'windows-block':
    case 'windows-unblock':
      return blockWords(operation);
    case 'windows-disable':
      return `Die Regel ${quoted(ruleName(operation.id, operation.rule))} der Windows-Firewall ausschalten; sonst bleibt sie, wie sie ist`;
    case 'windows-enable':
      return `Die Regel ${quoted(ruleName(operation.id, operation.rule))} der Windows-Firewall einschalten; sonst bleibt sie, wie sie ist`;
    case 'windows-profile-on':
      return `Die Windows-Firewall in ${networksOf([operation.profile])} einschalten`;
    case 'windows-profile-off':
      return `Die Windows-Firewall in ${networksOf([operation.profile])} ausschalten`;
  }
}

const PROTOCOLS: Record<WindowsCovers['protocol'], string> = {
  tcp: ' (TCP)',
  udp: ' (UDP)',
  any: ' in jedem Protokoll',
  other: ' in einem anderen Protokoll als TCP und UDP',
};

/** `Ports 3000-3999 und 8080 (TCP) von C:\\dev\\node.exe`. */
function subjectOf({ protocol, ports, more, program, service }: WindowsCovers): string {
  const all = [...(ports ?? []).map(foreign), ...(more === 0 ? [] : [`${number(more)} weitere`])];
  const where =
    ports === null ? 'jeden Port' : `${all.length === 1 && !all[0]?.includes('-') ? 'Port' : 'Ports'} ${list(all)}`;
  const who = [
    ...(program === null ? [] : [foreign(program)]),
    ...(service === null ? [] : [`dem Dienst ${foreign(service)}`]),
  ];
  return `${where}${PROTOCOLS[protocol]}${who.length === 0 ? ', gleich welches Programm dort lauscht' : ` von ${who.join(', ')}`}`;
}

/** What else changes with the rule, as a sentence behind a space; nothing where it is for one port alone. */
export function coversOf({ kind, covers }: Extract<Warning, { readonly covers?: WindowsCovers | undefined }>): string {
  if (covers === undefined) return '';
  const lets = covers.does === 'lets-in';
  const then =
    kind === 'windows-rule-on'
      ? `All das ${lets ? 'kommt dann wieder herein' : 'wird dann wieder blockiert'}`
      : `Nichts davon ${lets ? 'lässt sie dann noch herein' : 'blockiert sie dann noch'}`;
  return ` Sie ${lets ? 'lässt herein' : 'blockiert'}: ${subjectOf(covers)}. ${then}.`;
}
