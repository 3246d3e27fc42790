/** What the tests use of the script beside this file. */
export function interpreterDepends(program: string, libraries?: readonly string[]): readonly string[];
