/**
 * Portcullis's own nftables table: closes ports ahead of every other firewall's rules and before ports are rewritten, so
 * that it also covers published ports of containers and ports that a redirect leads on.
 *
 *   door     one closed port, and the text of the table      read   its file and the kernel -> TableState
 *   listing  the table as nft prints it                      predict  snapshot + operation -> snapshot
 */
export { doorLines, NO_TABLE, parseTable, TABLE_PATH } from './door.ts';
export { predictTable, sameDoor } from './predict.ts';
export { readTable, TABLE_FILE, type TableState } from './read.ts';
