/** What the tests use of the script beside this file. */
interface Import {
  readonly from: string;
  readonly to: string;
  readonly types: boolean;
  readonly lazy: boolean;
}
export const RULES: readonly { readonly name: string; readonly breaks: (one: Import) => boolean }[];
export function importsOf(root: string, file: string): readonly Import[];
export function modulesOf(root: string, folder?: string): readonly string[];
export function checkImports(root: string): {
  readonly modules: number;
  readonly imports: number;
  readonly problems: readonly string[];
};
