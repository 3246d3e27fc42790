/** What the formats of exported files are called. */
import type { ExportFormat } from '../../core/model.ts';

export const EXPORT_NAMES: Record<ExportFormat, string> = {
  ufw: 'ufw',
  firewalld: 'firewalld',
  'firewalld-xml': 'firewalld policy',
  nftables: 'nftables',
  iptables: 'iptables',
  ansible: 'Ansible',
  windows: 'Windows Firewall',
  netsh: 'Windows with netsh',
  pf: 'macOS, by port',
  alf: 'macOS, by program',
  intent: 'Other computers',
};

export const EXPORT_NAMES_DE: Record<ExportFormat, string> = {
  ...EXPORT_NAMES,
  'firewalld-xml': 'firewalld-Richtlinie',
  windows: 'Windows-Firewall',
  netsh: 'Windows mit netsh',
  pf: 'macOS, nach Port',
  alf: 'macOS, nach Programm',
  intent: 'Andere Computer',
};
