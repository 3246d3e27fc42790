/** What a listener is called of which nothing says whose it is: words of ours, which another language has otherwise. */
import type { Identity, Owner } from '../model.ts';

export const UNKNOWN_PROGRAM = 'Unknown program';

export const isUnknownProgram = (
  { service, name }: Pick<Identity, 'service' | 'name'>,
  { program, path }: Pick<Owner, 'program' | 'path'>,
): boolean => service === null && program === null && path === null && name === UNKNOWN_PROGRAM;
