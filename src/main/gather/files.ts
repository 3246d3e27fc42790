/** Reading the small files of /proc, /sys and /etc: synchronously, which takes less than handing them to a thread. */
import { closeSync, openSync, readSync, readdirSync, readlinkSync } from 'node:fs';

/** Node's own `readFileSync` takes 64 KiB of new memory for each file of /proc, since they have no size. */
const shared = Buffer.allocUnsafeSlow(64 * 1024);

/** The file's text, at most its first `most` bytes. Throws as Node does. */
export function readText(path: string, most = Number.POSITIVE_INFINITY): string {
  const file = openSync(path, 'r');
  try {
    const parts: Buffer[] = [];
    let total = 0;
    for (;;) {
      const count = readSync(file, shared, 0, Math.min(shared.length, most - total), null);
      total += count;
      if (count === 0 || total >= most) return text(parts, count);
      // Most files end with the first part; /proc gives them in parts of a page.
      parts.push(Buffer.from(shared.subarray(0, count)));
    }
  } finally {
    closeSync(file);
  }
}

function text(parts: Buffer[], count: number): string {
  if (count > 0) parts.push(Buffer.from(shared.subarray(0, count)));
  return (parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)).toString();
}

/** The same, or null where it cannot be read. */
export function textOf(path: string, most?: number): string | null {
  try {
    return readText(path, most);
  } catch {
    return null;
  }
}

/** Where a link leads, or null. */
export function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** The names in a folder; none where it cannot be read. */
export function listOf(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
