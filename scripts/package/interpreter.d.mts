/** What the tests use of the script beside this file. */
export function interpretersDepend(programs: readonly string[], libraries?: readonly string[]): readonly string[];
