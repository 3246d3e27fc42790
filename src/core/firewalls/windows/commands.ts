/** What an operation amounts to, as PowerShell commands that are shown: what is run checks more (change-script.ts). */
import type { WindowsOperation } from './operations.ts';
import { blockName, profileWord } from './own.ts';

const STORE = ['-PolicyStore', 'PersistentStore'];

export function commandsOf(operation: WindowsOperation): readonly (readonly string[])[] {
  switch (operation.kind) {
    case 'windows-block': {
      const { protocol, port, from, profiles } = operation;
      return [
        [
          'New-NetFirewallRule',
          ...STORE,
          '-Name',
          blockName(operation),
          '-Direction',
          'Inbound',
          '-Action',
          'Block',
          '-Protocol',
          protocol.toUpperCase(),
          '-LocalPort',
          String(port),
          ...(profiles.length === 0 ? [] : ['-Profile', profiles.map(profileWord).join(',')]),
          ...(from === 'any' ? [] : ['-RemoteAddress', from.join(',')]),
        ],
      ];
    }
    case 'windows-unblock':
      return [['Remove-NetFirewallRule', ...STORE, '-Name', blockName(operation)]];
    case 'windows-disable':
    case 'windows-enable':
      return [
        [
          'Set-NetFirewallRule',
          ...STORE,
          '-Name',
          operation.id,
          '-Enabled',
          operation.kind === 'windows-enable' ? 'True' : 'False',
        ],
      ];
    case 'windows-profile-on':
    case 'windows-profile-off':
      return [
        [
          'Set-NetFirewallProfile',
          ...STORE,
          '-Name',
          profileWord(operation.profile),
          '-Enabled',
          operation.kind === 'windows-profile-on' ? 'True' : 'False',
        ],
      ];
  }
}
