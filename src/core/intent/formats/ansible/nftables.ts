/** nftables by a playbook: the table's file, loaded by a handler. */
import type { Intent } from '../../../firewalls/export.ts';
import { NFT_TABLE, nftCode } from '../nftables.ts';
import { indented } from './yaml.ts';

export const NFT_FILE = '/etc/portcullis-export.nft';

export const nftPut = (intent: Intent): readonly string[] => [
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

export const NFT_TAKE: readonly string[] = [
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

/** The handler that `nftPut` notifies. */
export const NFT_LOAD: readonly string[] = [
  '- name: Load the table',
  `  ansible.builtin.command: nft -f ${NFT_FILE}`,
  '  become: true',
  '  changed_when: true',
];
