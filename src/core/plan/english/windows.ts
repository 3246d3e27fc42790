/** Parts of the English sentences about Windows Firewall. */
import type { ProfileState } from '../../model.ts';
import { listWords } from './parts.ts';

/** `private and public networks`. */
export const networksWords = (profiles: readonly ProfileState['name'][]): string => `${listWords(profiles)} networks`;
