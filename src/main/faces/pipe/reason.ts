/** Why the system refused, in its own words. */
import { getSystemErrorMap } from 'node:util';

export function reasonOf(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? message;
}
