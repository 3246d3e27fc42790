/** Apart, because a scan needs no hash and loading the module for it takes time. */
import { createHash } from 'node:crypto';

/** Text to hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
