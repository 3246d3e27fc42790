/** What German says of one service of the catalog. */
export interface GermanService {
  /** Absent: it is called the same in every language. */
  readonly name?: string;
  readonly purpose: string;
  readonly ifExposed: string;
  readonly ifClosed: string;
  /** Absent: a command, or a line of a file, that no language writes otherwise. */
  readonly bindLocal?: string;
}
