/** What the tests use of the script beside this file. */
export const ACTIONS: readonly { readonly verb: string; readonly asks: boolean; readonly message: string }[];
export function policy(): string;
