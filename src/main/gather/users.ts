/** Names of the accounts that hold sockets. */
import type { Transcript } from '../../core/model.ts';
import { textOf } from './files.ts';
import { collect } from './transcript.ts';

/** Transcript `users`: `{"uid","name"}` for those of the uids that /etc/passwd names. Format: passwd(5). */
export function collectUsers(uids: ReadonlySet<number>): Transcript {
  return collect('users', ['collect', '/etc/passwd'], () => {
    // Where it cannot be read, numbers are shown instead.
    const text = textOf('/etc/passwd') ?? '';
    const found: { uid: number; name: string }[] = [];
    for (const line of text.split('\n')) {
      const [name = '', , uidText = ''] = line.split(':', 3);
      const uid = Number(uidText);
      if (name !== '' && uidText !== '' && uids.has(uid) && !found.some((other) => other.uid === uid))
        found.push({ uid, name });
    }
    return found;
  });
}
