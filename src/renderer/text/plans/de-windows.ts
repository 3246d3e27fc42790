/** What plans say of Windows Firewall, in German. */
import type { Operation, ProfileState } from '../../../core/model.ts';
import { exceptFrom } from '../../../core/firewalls/windows/except.ts';
import { ruleName } from '../../../core/firewalls/windows/rule-name.ts';
import { quoted } from '../findings/de-parts.ts';
import { list, sentence } from '../format.ts';
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
