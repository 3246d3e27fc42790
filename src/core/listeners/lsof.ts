/**
 * What lsof prints with -F: a line a field, its letter first. `p` begins a process, `f` a file of it; a process's fields
 * stand before those of its files. Source: lsof(8), OUTPUT FOR OTHER PROGRAMS.
 */
import { parseAddress } from '../address.ts';
import type { Family, Protocol } from '../model.ts';

export interface LsofProcess {
  readonly pid: number;
  /** The kernel's name for it, perhaps cut off. */
  readonly command: string | null;
  readonly uid: number | null;
  readonly files: readonly LsofFile[];
}

interface LsofFile {
  /** `txt`, `cwd`, or a number. */
  readonly descriptor: string;
  readonly family: Family | null;
  readonly protocol: Protocol | null;
  /** `*:3000`, `[fe80::1%en0]:5353`, `10.0.0.2:51000->1.2.3.4:443`; of a `txt` the path. */
  readonly name: string;
  /** `LISTEN`, `ESTABLISHED`; null: none was printed. */
  readonly state: string | null;
}

export interface LsofRead {
  readonly processes: readonly LsofProcess[];
  /** Lines that were not understood. */
  readonly bad: number;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function parseLsof(text: string): LsofRead {
  const processes: (Writable<Omit<LsofProcess, 'files'>> & { readonly files: Writable<LsofFile>[] })[] = [];
  let bad = 0;
  const lines = text.split('\n');
  // A last line without an end is half a line.
  if ((lines.pop() ?? '') !== '') bad++;
  for (const line of lines) {
    const [letter, value] = [line.slice(0, 1), line.slice(1)];
    const process = processes.at(-1);
    const file = process?.files.at(-1);
    if (letter === 'p') {
      if (/^\d{1,9}$/.test(value)) processes.push({ pid: Number(value), command: null, uid: null, files: [] });
      else bad++;
      continue;
    }
    if (process === undefined) {
      bad++;
      continue;
    }
    switch (letter) {
      case 'c':
        process.command = unescaped(value);
        break;
      case 'u':
        process.uid = /^\d{1,9}$/.test(value) ? Number(value) : null;
        break;
      case 'f':
        process.files.push({ descriptor: value, family: null, protocol: null, name: '', state: null });
        break;
      case 't':
        if (file !== undefined) file.family = value === 'IPv4' ? 4 : value === 'IPv6' ? 6 : null;
        break;
      case 'P':
        if (file !== undefined) file.protocol = value === 'TCP' ? 'tcp' : value === 'UDP' ? 'udp' : null;
        break;
      case 'n':
        if (file !== undefined) file.name = unescaped(value);
        break;
      case 'T':
        if (file !== undefined && value.startsWith('ST=')) file.state = value.slice(3);
        break;
      case 'L':
      case 'R':
        // The account's name, and the process that started it: not needed.
        break;
      default:
        bad++;
    }
  }
  return { processes, bad };
}

/** Bytes that do not print stand as `\xe2`; lsof(8). */
function unescaped(text: string): string {
  if (!text.includes('\\x')) return text;
  try {
    return decodeURIComponent(text.replaceAll('%', '%25').replace(/\\x([0-9a-f]{2})/g, '%$1'));
  } catch {
    return text;
  }
}

export interface Place {
  readonly address: string;
  readonly device: string | null;
  readonly port: number;
}

/** `*:3000`, `127.0.0.1:3000`, `[::1%lo0]:631`; null for a port or address that is not told. */
export function lsofPlace(text: string, family: Family): Place | null {
  const match = /^(.*):(\d{1,5})$/.exec(text);
  if (match === null) return null;
  const [, at = '', digits = ''] = match;
  const port = Number(digits);
  if (port < 1 || port > 65535) return null;
  if (at === '*') return { address: family === 4 ? '0.0.0.0' : '::', device: null, port };
  const [address = '', device = null] = at.replace(/^\[(.*)\]$/, '$1').split('%', 2);
  return parseAddress(address)?.family === family ? { address, device, port } : null;
}
