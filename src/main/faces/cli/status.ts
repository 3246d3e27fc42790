/** What scripts read from the exit status. A promise: never renumber. */
import type { ErrorCode } from '../../../core/problem.ts';

export const STATUS = {
  done: 0,
  /** Advice at or above `--fail-on`; goes before `unknown`. */
  advice: 1,
  usage: 2,
  /** The verdict that was asked for is unknown. */
  unknown: 3,
  /** Refused, not permitted, or not possible here. */
  refused: 4,
  rolledBack: 5,
  /** A fault of the program itself (EX_SOFTWARE of sysexits.h). */
  fault: 70,
} as const;

export type Status = (typeof STATUS)[keyof typeof STATUS];

export function statusOf(code: ErrorCode): Status {
  switch (code) {
    case 'nothing-to-do':
      return STATUS.done;
    case 'bad-input':
      return STATUS.usage;
    case 'rolled-back':
      return STATUS.rolledBack;
    case 'not-permitted':
    case 'cancelled':
    case 'no-firewall':
    case 'unsupported':
    case 'stale-plan':
    case 'drift':
    case 'busy':
    case 'failed':
      return STATUS.refused;
  }
}
