/** What German says of one service of the catalog; its name is in `core/catalog/german-names`, since the tray has it too. */
export interface GermanService {
  readonly purpose: string;
  readonly ifExposed: string;
  readonly ifClosed: string;
  /** Absent: a command, or a line of a file, that no language writes otherwise. */
  readonly bindLocal?: string;
}
