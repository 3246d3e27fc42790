/** What a step in Windows Firewall does, in English. */
import { joined } from '../advice/english/parts.ts';
import { windows } from '../firewalls/registry.ts';
import { networksWords } from './english/windows.ts';
import { portWords } from './english/parts.ts';

function blockSays({
  kind,
  from,
  profiles,
  ...target
}: windows.WindowsOperation & { readonly kind: 'windows-block' | 'windows-unblock' }): string {
  const except = windows.exceptFrom(from);
  const who = except.length === 0 ? '' : `, except from ${joined(except)},`;
  const where = profiles.length === 0 ? '' : ` in ${networksWords(profiles)}`;
  return kind === 'windows-block'
    ? `Block new connections to ${portWords(target)}${who}${where} in Windows Firewall, by a rule of Portcullis’s own`
    : `Take Portcullis’s rule that blocks ${portWords(target)}${who}${where} out of Windows Firewall`;
}

export function windowsSays(operation: windows.WindowsOperation): string {
  switch (operation.kind) {
    case 'windows-block':
    case 'windows-unblock':
      return blockSays(operation);
    case 'windows-disable':
      return `Turn off the rule “${windows.ruleName(operation.id, operation.rule)}” of Windows Firewall, and change nothing else of it`;
    case 'windows-enable':
      return `Turn on the rule “${windows.ruleName(operation.id, operation.rule)}” of Windows Firewall, and change nothing else of it`;
    case 'windows-profile-on':
      return `Turn Windows Firewall on in ${networksWords([operation.profile])}`;
    case 'windows-profile-off':
      return `Turn Windows Firewall off in ${networksWords([operation.profile])}`;
  }
}
