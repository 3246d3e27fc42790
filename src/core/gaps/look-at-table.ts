/** What shows a table of nftables, as a person types it. */
import { shellCommand } from '../shell-command.ts';

const FAMILIES: ReadonlySet<string> = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

/**
 * nft joins its words and reads them as a script, in which `;` ends a command whatever the shell made of it: only what it
 * takes for one name may stand there. Source: nftables 1.0.6, src/main.c (the words joined) and src/scanner.l (`string`).
 */
const NAME = /^[A-Za-z_.][\w/.-]*$/;

/** `sudo nft list table inet filter`; of a name that cannot be written there, what shows all tables. */
export const lookAtTable = (family: string, table: string): string =>
  (FAMILIES.has(family) && NAME.test(table) ? shellCommand(['sudo', 'nft', 'list', 'table', family, table]) : null) ??
  'sudo nft list ruleset';
