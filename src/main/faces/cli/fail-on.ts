/** `--fail-on`: is there advice that a script is to stop at? */
import type { Report, Severity } from '../../../core/model.ts';

/** The most pressing first. */
export const SEVERITIES = ['high', 'medium', 'low'] as const;

/** Those that count. @param least null: none */
export const counted = (least: Severity | null): readonly Severity[] =>
  least === null ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(least) + 1);

/** @param least null: at none */
export function failsOn({ findings }: Pick<Report, 'findings'>, least: Severity | null): boolean {
  const these = counted(least);
  return findings.some(({ severity, advice }) => advice !== 'keep' && these.includes(severity));
}
