/** ufw by a playbook: the rules one by one, what is let in before what is closed. */
import type { Intent } from '../../../firewalls/export.ts';
import { type BlockLine, ufw } from '../../../firewalls/registry.ts';
import { UFW_GUEST_NAME } from '../guests.ts';
import { ufwBlock, ufwGuests } from '../ufw.ts';
import { yamlList } from './yaml.ts';

/** Made where the playbook turned ufw on, for the undo. */
const STATE = '/var/lib/portcullis-export-ansible';
const WAS_OFF = `${STATE}/ufw-was-off`;

function ufwRule({ action, protocol, port, from, to }: BlockLine): string {
  const what = port === null ? '' : `${protocol === 'any' ? '' : `, proto: ${protocol}`}, port: '${port}'`;
  const where = to === null ? '' : `, to: '${to}'`;
  return `{ rule: ${action}, from: '${from}'${where}${what} }`;
}

const ofFamily = (lines: readonly BlockLine[], six: boolean): readonly string[] =>
  lines.filter(({ from }) => from.includes(':') === six).map(ufwRule);

/** The variables that its tasks take their rules from. */
export const ufwVariables = (intent: Intent): readonly string[] => [
  ...yamlList('portcullis_ufw_rules6', ofFamily(ufwBlock(intent), true)),
  ...yamlList('portcullis_ufw_rules4', ofFamily(ufwBlock(intent), false)),
  ...(intent.rest === 'leave'
    ? []
    : [
        ...yamlList('portcullis_ufw_guests6', ofFamily(ufwGuests(), true)),
        ...yamlList('portcullis_ufw_guests4', ofFamily(ufwGuests(), false)),
      ]),
];

/** What ufw is told of a rule. `item`: where the rule is in what is looped over. */
const ufwTold = (item: string): readonly string[] => [
  `    rule: "{{ ${item}.rule }}"`,
  '    direction: in',
  `    from_ip: "{{ ${item}.from }}"`,
  `    to_ip: "{{ ${item}.to | default(omit) }}"`,
  `    proto: "{{ ${item}.proto | default(omit) }}"`,
  `    to_port: "{{ ${item}.port | default(omit) }}"`,
];

const UFW_FAMILIES: readonly string[] = [
  '- name: Ask whether ufw writes rules for IPv6',
  "  ansible.builtin.command: grep -qi '^IPV6=.*yes' /etc/default/ufw",
  '  register: portcullis_ipv6',
  '  changed_when: false',
  '  failed_when: portcullis_ipv6.rc > 1',
  '  check_mode: false',
];

/**
 * ufw's own `prepend` is not among the module's words, and inserting needs to know how many rules there are: behind the
 * last one there is no place. What lets in is put before what closes, since each holds at once. Where nothing is changed
 * (`--check`), the place does not matter.
 */
export const ufwPut = (guests: boolean): readonly string[] => [
  ...UFW_FAMILIES,
  '- name: Count the rules that ufw has, and of each family those of others',
  '  ansible.builtin.command:',
  '    argv:',
  '      - awk',
  `      - '/^### tuple/ { all[FILENAME]++; if ($0 !~ / comment=${ufw.COMMENT_HEX}$/) others[FILENAME]++ }`,
  "        END { print all[ARGV[1]] + 0; print others[ARGV[1]] + 0; print others[ARGV[2]] + 0 }'",
  '      - /etc/ufw/user.rules',
  '      - /etc/ufw/user6.rules',
  '  register: portcullis_tuples',
  '  changed_when: false',
  '  check_mode: false',
  ...(['6', '4'] as const).flatMap((family) => {
    const [before, others] = family === '6' ? ['portcullis_tuples.stdout_lines[0] | int + 1', 2] : ['1', 1];
    return [
      `- name: Put the rules for IPv${family} first`,
      '  community.general.ufw:',
      ...ufwTold('item'),
      '    comment: Portcullis',
      '    insert: >-',
      `      {{ omit if ansible_check_mode or portcullis_tuples.stdout_lines[${others}] | int == 0`,
      `      else ${before} + portcullis_index }}`,
      `  loop: "{{ portcullis_ufw_rules${family} }}"`,
      '  loop_control:',
      '    index_var: portcullis_index',
      ...(family === '6' ? ['  when: portcullis_ipv6.rc == 0'] : []),
      ...(guests
        ? [
            `- name: Put what guests need over IPv${family} ahead of them`,
            '  community.general.ufw:',
            ...ufwTold('item.1'),
            '    interface: "{{ item.0 }}"',
            '    comment: Portcullis',
            `    insert: "{{ omit if ansible_check_mode else ${before} }}"`,
            `  loop: "{{ portcullis_guests | product(portcullis_ufw_guests${family}) | list }}"`,
            '  vars:',
            '    portcullis_guests: >-',
            `      {{ ansible_facts['interfaces'] | select('match', '${UFW_GUEST_NAME}$') | list }}`,
            ...(family === '6' ? ['  when: portcullis_ipv6.rc == 0'] : []),
          ]
        : []),
    ];
  }),
];

export const UFW_ON: readonly string[] = [
  '- name: Make the place where the undo looks',
  '  ansible.builtin.file:',
  `    path: ${STATE}`,
  '    state: directory',
  '    mode: "0700"',
  '- name: Remember that ufw was off',
  '  ansible.builtin.copy:',
  `    dest: ${WAS_OFF}`,
  '    content: ""',
  '    mode: "0600"',
  "  when: \"'Status: active' not in portcullis_ufw.stdout | default('')\"",
  '- name: Turn ufw on',
  '  community.general.ufw:',
  '    state: enabled',
];

/** Only what bears the playbook's own comment: as ufw keeps it. */
const ufwKept = (item: string, on: string): readonly string[] => [
  '  when: >-',
  `    (portcullis_ipv6.rc == 0 or ':' not in ${item}.from) and`,
  `    ('### tuple ### ' ~ ${item}.rule ~ ' ' ~ ${item}.proto | default('any') ~ ' ' ~ ${item}.port | default('any') ~ ' '`,
  `    ~ ${item}.to | default('::/0' if ':' in ${item}.from else '0.0.0.0/0') ~ ' any ' ~ ${item}.from`,
  `    ~ ' in${on} comment=${ufw.COMMENT_HEX}') in portcullis_tuples.stdout_lines`,
];

export const ufwTake = (guests: boolean): readonly string[] => [
  ...UFW_FAMILIES,
  '- name: Read the rules that ufw has',
  "  ansible.builtin.command: grep -h '^### tuple' /etc/ufw/user.rules /etc/ufw/user6.rules",
  '  register: portcullis_tuples',
  '  changed_when: false',
  '  failed_when: portcullis_tuples.rc > 1',
  '  check_mode: false',
  '- name: Take the rules away, those that close before those that let in',
  '  community.general.ufw:',
  ...ufwTold('item'),
  '    delete: true',
  '  loop: "{{ (portcullis_ufw_rules4 + portcullis_ufw_rules6) | reverse | list }}"',
  ...ufwKept('item', ''),
  ...(guests
    ? [
        '- name: Take away what guests needed, whose interfaces may be gone',
        '  community.general.ufw:',
        ...ufwTold('item.1'),
        '    interface: "{{ item.0 }}"',
        '    delete: true',
        '  loop: "{{ portcullis_guests | product(portcullis_ufw_guests4 + portcullis_ufw_guests6) | list }}"',
        '  vars:',
        '    portcullis_guests: >-',
        `      {{ portcullis_tuples.stdout_lines | map('regex_findall', ' in_([^ ]+) comment=${ufw.COMMENT_HEX}$')`,
        `      | flatten | select('match', '${UFW_GUEST_NAME}$') | unique }}`,
        ...ufwKept('item.1', "_' ~ item.0 ~ '"),
      ]
    : []),
  '- name: See whether ufw was off',
  '  ansible.builtin.stat:',
  `    path: ${WAS_OFF}`,
  '  register: portcullis_was_off',
  '- name: Turn ufw off again',
  '  community.general.ufw:',
  '    state: disabled',
  '  when: portcullis_was_off.stat.exists',
  '- name: Forget that ufw was off',
  '  ansible.builtin.file:',
  `    path: ${STATE}`,
  '    state: absent',
];
