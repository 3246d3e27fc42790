/** What plans say of Windows Firewall, in English. */
import { exceptFrom } from '../../firewalls/windows/except.ts';
import { ruleName } from '../../firewalls/windows/rule-name.ts';
import type { Operation, ProfileState } from '../../model.ts';
import { listWords, portWords } from './parts.ts';

type Kind<K extends Operation['kind']> = Extract<Operation, { readonly kind: K }>;

/** `private and public networks`. */
export const networksWords = (profiles: readonly ProfileState['name'][]): string => `${listWords(profiles)} networks`;

function blockSays({ kind, from, profiles, ...target }: Kind<'windows-block' | 'windows-unblock'>): string {
  const except = exceptFrom(from);
  const who = except.length === 0 ? '' : `, except from ${listWords(except)},`;
  const where = profiles.length === 0 ? '' : ` in ${networksWords(profiles)}`;
  return kind === 'windows-block'
    ? `Block new connections to ${portWords(target)}${who}${where} in Windows Firewall, by a rule of Portcullis’s own`
    : `Take Portcullis’s rule that blocks ${portWords(target)}${who}${where} out of Windows Firewall`;
}

export function windowsSays(
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
      return blockSays(operation);
    case 'windows-disable':
      return `Turn off the rule “${ruleName(operation.id, operation.rule)}” of Windows Firewall, and change nothing else of it`;
    case 'windows-enable':
      return `Turn on the rule “${ruleName(operation.id, operation.rule)}” of Windows Firewall, and change nothing else of it`;
    case 'windows-profile-on':
      return `Turn Windows Firewall on in ${networksWords([operation.profile])}`;
    case 'windows-profile-off':
      return `Turn Windows Firewall off in ${networksWords([operation.profile])}`;
  }
}
