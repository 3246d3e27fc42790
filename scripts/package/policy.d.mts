/** What the tests use of the script beside this file. */
export const ACTIONS: readonly { readonly verb: string; readonly asks: boolean; readonly message: string }[];
export const ROOTS_OWN: readonly string[];
export function policy(verbs: readonly string[]): string;
