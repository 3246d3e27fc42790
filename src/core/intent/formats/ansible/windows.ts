/** Windows Firewall by a playbook: its block rules. */
import type { Intent } from '../../../firewalls/export.ts';
import { windowsRules } from '../windows-rules.ts';
import { yamlList } from './yaml.ts';

/** The variable that its tasks take their rules from. */
export const windowsVariables = (intent: Intent): readonly string[] =>
  yamlList(
    'portcullis_windows_rules',
    windowsRules(intent).map(
      ({ name, protocol, ports }) => `{ name: '${name}', protocol: ${protocol}, ports: '${ports}' }`,
    ),
  );

export const windowsTasks = (state: 'present' | 'absent'): readonly string[] => [
  `- name: ${state === 'present' ? 'Block the ports' : 'Take the rules away'}`,
  '  community.windows.win_firewall_rule:',
  '    name: "{{ item.name }}"',
  '    group: Portcullis',
  `    state: ${state}`,
  ...(state === 'present'
    ? [
        '    direction: in',
        '    action: block',
        '    enabled: true',
        '    protocol: "{{ item.protocol }}"',
        '    localport: "{{ item.ports }}"',
        '    profiles: [domain, private, public]',
      ]
    : []),
  '  loop: "{{ portcullis_windows_rules }}"',
];
