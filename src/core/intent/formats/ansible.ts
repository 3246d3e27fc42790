/**
 * A playbook for Ansible, and one that takes everything back. Which firewall a machine is asked of it, or said with
 * `-e portcullis_firewall=…`; each part has its tag. Modules: community.general.ufw, ansible.posix.firewalld,
 * community.windows.win_firewall_rule and ansible.builtin, as documented in Ansible 7 (collections of 2023) and later.
 *
 * No word of anybody's stands in it but in comments: names of tasks, values and templates are made of ports and networks.
 */
import type { Intent } from '../../firewalls/export.ts';
import type { BlockLine } from '../../firewalls/registry.ts';
import type { RuleFile } from '../../model.ts';
import { byPort, DISCOVERY_CLOSED, hashed, headLines, itemsOf, joined } from '../parts.ts';
import { LETS_IN } from './firewalld.ts';
import { GUEST_ZONES, GUESTS_BY_INTERFACE, GUESTS_BY_ZONE, GUESTS_OF_UFW, UFW_GUEST_NAME } from './guests.ts';
import { NFT_TABLE, nftCode } from './nftables.ts';
import { EXPORT_PRIORITIES, guestRules, richRules } from './rich-rules.ts';
import { ufwBlock, ufwGuests } from './ufw.ts';
import { windowsRules } from './windows-rules.ts';

const FILE = 'portcullis-close-ansible.yml';
const UNDO = 'portcullis-undo-ansible.yml';
const NFT_FILE = '/etc/portcullis-export.nft';
/** Made where the playbook turned ufw on, for the undo. */
const STATE = '/var/lib/portcullis-export-ansible';
const WAS_OFF = `${STATE}/ufw-was-off`;

/** The word Portcullis as ufw keeps comments. */
const UFW_COMMENT = '506f727463756c6c6973';

const indented = (by: number, lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`));

/** A list of texts in single quotes: YAML 1.2, 7.3.2. None of them holds one, or a brace. */
const quotedList = (name: string, texts: readonly string[]): readonly string[] =>
  texts.length === 0 ? [`${name}: []`] : [`${name}:`, ...texts.map((text) => `  - '${text}'`)];

function ufwRule({ action, protocol, port, from, to }: BlockLine): string {
  const what = port === null ? '' : `${protocol === 'any' ? '' : `, proto: ${protocol}`}, port: '${port}'`;
  const where = to === null ? '' : `, to: '${to}'`;
  return `{ rule: ${action}, from: '${from}'${where}${what} }`;
}

function variables(intent: Intent): readonly string[] {
  const family = (lines: readonly BlockLine[], six: boolean): readonly string[] =>
    lines.filter(({ from }) => from.includes(':') === six).map(ufwRule);
  const list = (name: string, some: readonly string[]): readonly string[] =>
    some.length === 0 ? [`${name}: []`] : [`${name}:`, ...some.map((rule) => `  - ${rule}`)];
  return [
    'vars:',
    ...indented(2, [
      ...list('portcullis_ufw_rules6', family(ufwBlock(intent), true)),
      ...list('portcullis_ufw_rules4', family(ufwBlock(intent), false)),
      ...(intent.rest === 'leave'
        ? []
        : [
            ...list('portcullis_ufw_guests6', family(ufwGuests(), true)),
            ...list('portcullis_ufw_guests4', family(ufwGuests(), false)),
          ]),
      ...quotedList('portcullis_rich_rules', richRules(intent)),
      ...(intent.rest === 'close' ? quotedList('portcullis_guest_rules', guestRules(intent)) : []),
      ...list(
        'portcullis_windows_rules',
        windowsRules(intent).map(
          ({ name, protocol, ports }) => `{ name: '${name}', protocol: ${protocol}, ports: '${ports}' }`,
        ),
      ),
    ]),
  ];
}

/** What the machine has: a firewall that is at work goes before one that could be. */
const ASK: readonly string[] = [
  '- name: Ask whether firewalld is at work',
  '  ansible.builtin.command: firewall-cmd --state',
  '  register: portcullis_firewalld',
  '  changed_when: false',
  '  failed_when: false',
  '  check_mode: false',
  '  become: true',
  "  when: ansible_facts['os_family'] != 'Windows'",
  '  tags: [always]',
  '- name: Ask whether ufw is at work',
  '  ansible.builtin.command: ufw status',
  '  environment:',
  '    LC_ALL: C',
  '  register: portcullis_ufw',
  '  changed_when: false',
  '  failed_when: false',
  '  check_mode: false',
  '  become: true',
  "  when: ansible_facts['os_family'] != 'Windows'",
  '  tags: [always]',
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
function notItself({ keep, close, rest }: Intent): readonly string[] {
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

const block = (name: string, firewall: string, linux: boolean, tasks: readonly string[]): readonly string[] => [
  `- name: ${name}`,
  `  when: portcullis_uses == '${firewall}'`,
  ...(linux ? ['  become: true'] : []),
  `  tags: [${firewall}]`,
  '  block:',
  ...indented(4, tasks),
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
const ufwPut = (guests: boolean): readonly string[] => [
  ...UFW_FAMILIES,
  '- name: Count the rules that ufw has, and of each family those of others',
  '  ansible.builtin.command:',
  '    argv:',
  '      - awk',
  `      - '/^### tuple/ { all[FILENAME]++; if ($0 !~ / comment=${UFW_COMMENT}$/) others[FILENAME]++ }`,
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

const UFW_ON: readonly string[] = [
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
  `    ~ ' in${on} comment=${UFW_COMMENT}') in portcullis_tuples.stdout_lines`,
];

const ufwTake = (guests: boolean): readonly string[] => [
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
        `      {{ portcullis_tuples.stdout_lines | map('regex_findall', ' in_([^ ]+) comment=${UFW_COMMENT}$')`,
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

/** In every zone in use, and the one that new networks fall into. */
const USED: readonly string[] = [
  '  vars:',
  '    portcullis_zones: >-',
  "      {{ (portcullis_active.stdout_lines | select('match', '[^ \\t]') | map('split') | map('first') | list",
  '      + [portcullis_default.stdout | trim]) | unique }}',
];

/**
 * Zones that have some of the rules, now or for the next start: not only those in use, which may have changed since. A zone
 * is a line that is not indented, and those below it. Ansible leaves the signs of a pattern as they are.
 */
const WITH_RULES: readonly string[] = [
  '  vars:',
  '    portcullis_zones: >-',
  "      {{ [portcullis_now.stdout, portcullis_kept.stdout] | map('regex_findall',",
  `      '(?m)^(\\S+).*\\n(?:[ \\t].*\\n)*?[ \\t]+rule priority="(?:${EXPORT_PRIORITIES.join('|')})"')`,
  '      | flatten | unique }}',
];

const ask = (what: string, option: string, into: string): readonly string[] => [
  `- name: ${what}`,
  `  ansible.builtin.command: firewall-cmd ${option}`,
  `  register: ${into}`,
  '  changed_when: false',
  '  check_mode: false',
];

/** `state`: of the rules. */
function firewalldTasks(intent: Intent, state: 'enabled' | 'disabled'): readonly string[] {
  const adds = state === 'enabled';
  // Each holds at once: what lets in comes before what closes, and goes after it.
  const order = adds ? '' : ' | reverse';
  const rules = (what: string, whose: string, zones: string, list: string): readonly string[] => [
    `- name: ${adds ? `Give ${what} the ${whose}` : `Take the ${whose} out of ${what}`}, now and for the next start`,
    '  ansible.posix.firewalld:',
    '    zone: "{{ item.0 }}"',
    '    rich_rule: "{{ item.1 }}"',
    '    permanent: true',
    '    immediate: true',
    `    state: ${state}`,
    '  loop: >-',
    `    {{ ${zones}`,
    `    | product(${list}${order}) | list }}`,
    ...(adds ? USED : WITH_RULES),
  ];
  const guests =
    guestRules(intent).length === 0
      ? []
      : rules(
          'the zones of guests',
          'rules that these need',
          `portcullis_zones | select('match', '(${GUEST_ZONES.replaceAll('*', '.*')})$')`,
          'portcullis_guest_rules',
        );
  const all = rules('them', 'rules', 'portcullis_zones', 'portcullis_rich_rules');
  return [
    ...(adds
      ? [
          ...ask('Ask which zones are in use', '--get-active-zones', 'portcullis_active'),
          ...ask('Ask into which zone new networks fall', '--get-default-zone', 'portcullis_default'),
        ]
      : [
          ...ask('Ask which zones have the rules now', '--list-all-zones', 'portcullis_now'),
          ...ask('Ask which zones have them for the next start', '--permanent --list-all-zones', 'portcullis_kept'),
        ]),
    ...(adds ? [...guests, ...all] : [...all, ...guests]),
  ];
}

const nftPut = (intent: Intent): readonly string[] => [
  "- name: Put the table's file in its place",
  '  ansible.builtin.copy:',
  `    dest: ${NFT_FILE}`,
  '    mode: "0644"',
  '    validate: nft -c -f %s',
  '    content: |',
  ...indented(6, ['#!/usr/sbin/nft -f', ...nftCode(intent).map((line) => line.replace(/\t/g, '  '))]),
  '  notify: Load the table',
  '- name: See whether the table is loaded',
  `  ansible.builtin.command: nft list table ${NFT_TABLE}`,
  '  register: portcullis_table',
  '  changed_when: portcullis_table.rc != 0',
  '  failed_when: false',
  '  check_mode: false',
  '  notify: Load the table',
];

const NFT_TAKE: readonly string[] = [
  '- name: See whether the table is loaded',
  `  ansible.builtin.command: nft list table ${NFT_TABLE}`,
  '  register: portcullis_table',
  '  changed_when: false',
  '  failed_when: false',
  '  check_mode: false',
  '- name: Take the table away',
  `  ansible.builtin.command: nft delete table ${NFT_TABLE}`,
  '  changed_when: true',
  '  when: portcullis_table.rc == 0',
  '- name: Take its file away',
  '  ansible.builtin.file:',
  `    path: ${NFT_FILE}`,
  '    state: absent',
];

const windowsTasks = (state: 'present' | 'absent'): readonly string[] => [
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

export function exportAnsible(intent: Intent): RuleFile {
  const closes = intent.rest === 'close';
  const excepted = itemsOf(intent).filter(({ allBut = [] }) => allBut.length > 0);
  const notExpressed = [
    'ufw and firewalld: ports that a container publishes or a rule redirects are not closed by it.',
    'nftables: the table is in the kernel until the next start. Running the playbook again loads it; to have it at every start, include /etc/portcullis-export.nft at the end of /etc/nftables.conf and enable nftables.service; to start or reload it now would run the "flush ruleset" that usually stands in that file.',
    'macOS has no part in it.',
    ...(excepted.length === 0
      ? []
      : [
          `Windows: a block there beats every rule that only allows, so nobody is left out: closed to everybody is ${excepted.map(({ target }) => `${target.port}/${target.protocol}`).join(', ')}.`,
        ]),
    ...(closes
      ? [
          `nftables and firewalld: ${DISCOVERY_CLOSED}`,
          `nftables: ${GUESTS_BY_INTERFACE}`,
          `firewalld: ${GUESTS_BY_ZONE}`,
          `ufw: ${GUESTS_OF_UFW}`,
          'Windows: the rest is closed by a rule for all other ports of TCP and of UDP; other protocols are left as they are.',
        ]
      : []),
    ...(closes || excepted.length > 0 ? [LETS_IN] : []),
  ];
  const call = (file: string, more = ''): string => `ansible-playbook -i INVENTORY ${more}${file}`;
  const head = headLines(intent, {
    title: 'Closes ports on many machines: ufw, firewalld, nftables or Windows Firewall, whichever is at work there.',
    run: [
      `${call(FILE, '--check ')}   says what would change`,
      `${call(FILE)}           again, it changes nothing`,
      'One part alone: --tags ufw (or firewalld, nftables, windows). Another firewall than the one at work: -e portcullis_firewall=nftables',
    ],
    check: [call(FILE, '--check ')],
    undo: [call(UNDO)],
    notes: [
      'It needs the collections community.general, ansible.posix and, for Windows, community.windows.',
      'It refuses where the port that Ansible connects to (ansible_port, else 22 or 5986) would be closed; -e portcullis_lock_out=yes closes it all the same. A port that stands in the settings of ssh alone it does not know.',
    ],
    notExpressed,
  });
  const undo = headLines(intent, {
    title: `Takes back what ${FILE} made, and nothing else.`,
    run: [call(UNDO)],
    check: [call(UNDO, '--check ')],
    undo: [call(FILE)],
    notes: [],
    notExpressed: [],
  });
  const play = (name: string, tasks: readonly string[], handlers: readonly string[]): readonly string[] => [
    `- name: ${name}`,
    '  hosts: all',
    '  gather_facts: true',
    ...indented(2, variables(intent)),
    '  tasks:',
    ...indented(4, [...ASK, ...tasks]),
    ...(handlers.length === 0 ? [] : ['  handlers:', ...indented(4, handlers)]),
  ];
  return {
    format: 'ansible',
    filename: FILE,
    content: joined([
      ...hashed(head),
      '---',
      ...play(
        'Close ports',
        [
          ...notItself(intent),
          ...block('Close with ufw', 'ufw', true, [...ufwPut(closes), ...(closes ? UFW_ON : [])]),
          ...block('Close with firewalld', 'firewalld', true, firewalldTasks(intent, 'enabled')),
          ...block('Close with nftables', 'nftables', true, nftPut(intent)),
          ...block('Close with Windows Firewall', 'windows', false, windowsTasks('present')),
        ],
        [
          '- name: Load the table',
          `  ansible.builtin.command: nft -f ${NFT_FILE}`,
          '  become: true',
          '  changed_when: true',
        ],
      ),
    ]),
    undoFilename: UNDO,
    undoContent: joined([
      ...hashed(undo),
      '---',
      ...play(
        'Open the ports again',
        [
          ...block('Take back from ufw', 'ufw', true, ufwTake(closes)),
          ...block('Take back from firewalld', 'firewalld', true, firewalldTasks(intent, 'disabled')),
          ...block('Take back from nftables', 'nftables', true, NFT_TAKE),
          ...block('Take back from Windows Firewall', 'windows', false, windowsTasks('absent')),
        ],
        [],
      ),
    ]),
    notExpressed,
  };
}
