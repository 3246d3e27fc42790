/** What the tests use of the script beside this file. */
export const quickProgram: string;
export function whyNoQuick(program?: string): string | null;
export function makeQuick(): void;
export function bunVersion(): string;
