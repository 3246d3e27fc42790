/**
 * A playbook for Ansible, and one that takes everything back. Which firewall a machine is asked of it, or said with
 * `-e portcullis_firewall=…`; each part has its tag. Modules: community.general.ufw, ansible.posix.firewalld,
 * community.windows.win_firewall_rule and ansible.builtin, as documented in Ansible 7 (collections of 2023) and later.
 *
 * No word of anybody's stands in it but in comments: names of tasks, values and templates are made of ports and networks.
 * What is done with each firewall stands in `ansible/`.
 */
import type { Intent } from '../../firewalls/export.ts';
import type { RuleFile } from '../../model.ts';
import { DISCOVERY_CLOSED, hashed, headLines, itemsOf, joined } from '../parts.ts';
import { firewalldTasks, firewalldVariables } from './ansible/firewalld.ts';
import { NFT_FILE, NFT_LOAD, NFT_TAKE, nftPut } from './ansible/nftables.ts';
import { UFW_ON, ufwPut, ufwTake, ufwVariables } from './ansible/ufw.ts';
import { ASK, notItself } from './ansible/which.ts';
import { windowsTasks, windowsVariables } from './ansible/windows.ts';
import { indented } from './ansible/yaml.ts';
import { LETS_IN } from './firewalld.ts';
import { GUESTS_BY_INTERFACE, GUESTS_BY_ZONE, GUESTS_OF_UFW } from './guests.ts';

const FILE = 'portcullis-close-ansible.yml';
const UNDO = 'portcullis-undo-ansible.yml';

const variables = (intent: Intent): readonly string[] => [
  'vars:',
  ...indented(2, [...ufwVariables(intent), ...firewalldVariables(intent), ...windowsVariables(intent)]),
];

const block = (name: string, firewall: string, linux: boolean, tasks: readonly string[]): readonly string[] => [
  `- name: ${name}`,
  `  when: portcullis_uses == '${firewall}'`,
  ...(linux ? ['  become: true'] : []),
  `  tags: [${firewall}]`,
  '  block:',
  ...indented(4, tasks),
];

export function exportAnsible(intent: Intent): RuleFile {
  const closes = intent.rest === 'close';
  const excepted = itemsOf(intent).filter(({ allBut = [] }) => allBut.length > 0);
  const notExpressed = [
    'ufw and firewalld: ports that a container publishes or a rule redirects are not closed by it.',
    `nftables: the table is in the kernel until the next start. Running the playbook again loads it; to have it at every start, include ${NFT_FILE} at the end of /etc/nftables.conf and enable nftables.service; to start or reload it now would run the "flush ruleset" that usually stands in that file.`,
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
        NFT_LOAD,
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
