/** What the tests use of the script beside this file. */
interface Entry {
  readonly to: string;
  readonly mode: number;
  readonly from?: string;
  readonly content?: string;
}
export function stage(folder: string, list: readonly Entry[], seconds: number): void;
export function makeDeb(what: {
  readonly folder: string;
  readonly list: readonly Entry[];
  readonly control: Readonly<Record<string, string>>;
  readonly scripts: string;
  readonly seconds: number;
  readonly file: string;
}): void;
