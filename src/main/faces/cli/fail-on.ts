/** `--fail-on`: is there advice that a script is to stop at? */
import type { Report, Severity } from '../../../core/model.ts';

/** The most pressing first. */
export const SEVERITIES = ['high', 'medium', 'low'] as const;

/** @param least null: at none */
export function failsOn({ findings }: Pick<Report, 'findings'>, least: Severity | null): boolean {
  if (least === null) return false;
  const counted = SEVERITIES.slice(0, SEVERITIES.indexOf(least) + 1);
  return findings.some(({ severity, advice }) => advice !== 'keep' && counted.includes(severity));
}
