export interface Group {
  readonly needs: readonly string[];
  /** What its tests are about. */
  readonly what: string;
  /** Patterns of paths from the project's root. */
  readonly files: readonly string[];
}
export function leftOut(platform: string): readonly Group[];
export const groups: readonly Group[];
