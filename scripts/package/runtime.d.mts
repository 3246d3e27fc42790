/** What the tests use of the script beside this file. */
export function electronRuntime(folder: string): string | null;
