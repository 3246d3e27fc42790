/** Which firewall a machine is asked of it, and when the playbook refuses. */
import type { Intent } from '../../../firewalls/export.ts';
import { byPort } from '../../parts.ts';

/** Ask without changing anything, also where only a look is wanted; a program that is missing is an answer. */
const ask = (firewall: string, command: string, environment: readonly string[] = []): readonly string[] => [
  `- name: Ask whether ${firewall} is at work`,
  `  ansible.builtin.command: ${command}`,
  ...environment,
  `  register: portcullis_${firewall}`,
  '  changed_when: false',
  '  failed_when: false',
  '  check_mode: false',
  '  become: true',
  "  when: ansible_facts['os_family'] != 'Windows'",
  '  tags: [always]',
];

/** What the machine has: a firewall that is at work goes before one that could be. */
export const ASK: readonly string[] = [
  ...ask('firewalld', 'firewall-cmd --state'),
  ...ask('ufw', 'ufw status', ['  environment:', '    LC_ALL: C']),
  '- name: Decide which firewall it is',
  '  ansible.builtin.set_fact:',
  '    portcullis_uses: >-',
  "      {{ portcullis_firewall | default('windows' if ansible_facts['os_family'] == 'Windows'",
  "      else 'firewalld' if portcullis_firewalld.stdout | default('') == 'running'",
  "      else 'ufw' if 'Status: active' in portcullis_ufw.stdout | default('')",
  "      else 'nftables') }}",
  '  tags: [always]',
  '- name: Refuse a firewall that is not known here',
  '  ansible.builtin.assert:',
  "    that: portcullis_uses in ['ufw', 'firewalld', 'nftables', 'windows']",
  '    quiet: true',
  '  tags: [always]',
];

/**
 * The way on which the playbook itself came must not be closed, whatever port that is. Where nobody says which: SSH's 22
 * (RFC 4253, 4), and 5986 of Ansible's plug-ins winrm and psrp.
 */
export function notItself({ keep, close, rest }: Intent): readonly string[] {
  const some = rest === 'close' ? keep : close;
  const ports = byPort(some).flatMap(({ protocol, port }) => (protocol === 'tcp' ? [port] : []));
  return [
    '- name: Refuse to close the port through which this connection comes',
    '  ansible.builtin.assert:',
    '    that: >-',
    '      portcullis_lock_out | default(false) | bool',
    "      or ansible_connection | default('ssh') is search('(^|[.])local$')",
    "      or ansible_port | default(5986 if ansible_connection | default('ssh') is search('winrm|psrp') else 22) | int",
    `      ${rest === 'close' ? 'in' : 'not in'} [${ports.join(', ')}]`,
    '    fail_msg: The port that Ansible connects to would be closed. Keep it, or say -e portcullis_lock_out=yes',
    '    quiet: true',
    '  tags: [always]',
  ];
}
