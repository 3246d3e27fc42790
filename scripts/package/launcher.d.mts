/** What the tests use of the script beside this file. */
export function launcherFor(places: {
  readonly quick?: string;
  readonly node?: string;
  readonly app?: string;
  /** What the processor can do, as the kernel lists it. */
  readonly processor?: string;
}): string;
