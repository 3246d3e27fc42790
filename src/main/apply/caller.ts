/** Who asks the helper for something: the account behind pkexec or sudo, else the one that it runs as. */
import { readFileSync } from 'node:fs';

/** The number of an account as pkexec and sudo write it; what merely can be read as a number (none, `0x0`) is none. */
const ACCOUNT = /^(0|[1-9]\d{0,9})$/;
/** A name as useradd(8) allows it. */
const NAME = /^[a-z_][a-z0-9_-]{0,31}$/i;

/** Its number; null: what asks says something that is none. */
export function callerUid(): number | null {
  const asking = process.env['PKEXEC_UID'] ?? process.env['SUDO_UID'] ?? '';
  return ACCOUNT.test(asking) ? Number(asking) : null;
}

/** Its name for people, by passwd(5), or its number. */
export function callerName(): string {
  const uid = callerUid() ?? process.getuid?.() ?? 0;
  try {
    const rows = readFileSync('/etc/passwd', 'utf8').split('\n');
    const name = rows.map((row) => row.split(':')).find((fields) => fields[2] === String(uid))?.[0] ?? '';
    return NAME.test(name) ? name : `user ${uid}`;
  } catch {
    return `user ${uid}`;
  }
}
