/** The formats of exported files, in the order in which they are offered. */
import type { ExportFormat } from '../model.ts';

export const EXPORT_FORMATS = [
  'ufw',
  'firewalld',
  'firewalld-xml',
  'nftables',
  'iptables',
  'ansible',
  'windows',
  'netsh',
  'pf',
  'alf',
  'intent',
] as const satisfies readonly ExportFormat[];

/** Files of these formats are run as they are. */
export const isScript = (filename: string): boolean => filename.endsWith('.sh');
