/**
 * node-netstat, where `ss` is missing. Its parser is used, its runner is not: that one ignores the exit status, takes
 * the caller's language, and lets long IPv6 addresses be cut.
 */
import netstat, { type Item } from 'node-netstat';
import type { Transcript } from '../../core/model.ts';
import { type RunOptions, runRead } from './run.ts';
import { toLines } from './transcript.ts';

export type { Item } from 'node-netstat';
/** For Windows too, which has a reader of its own (windows/netstat.ts). */
export const { parsers } = netstat;

/** As `netstat.commands.linux`, and `W`: without it netstat cuts addresses to 20 characters. */
const ARGV = ['netstat', '-apntuW'];

/** Rows that begin like this are sockets; every one of them must become an item, or be counted as unread. */
const SOCKET = /^(tcp|udp)6?\s/;

/** Transcript `netstat`: node-netstat's items as JSON lines, `{"unread":…}` for a row that it made nothing of. */
export async function readNetstat(
  options: RunOptions,
): Promise<{ readonly transcript: Transcript; readonly pids: readonly number[] }> {
  const printed = await runRead('netstat', ARGV, options);
  const { items, pids } = parseRows(printed.stdout);
  return { transcript: { ...printed, kind: 'collected', stdout: toLines(items) }, pids };
}

/** What node-netstat's parser for Linux makes of netstat's output. */
export function parseRows(text: string): { readonly items: readonly unknown[]; readonly pids: readonly number[] } {
  const items: unknown[] = [];
  const pids = new Set<number>();
  const lines = text.split('\n');
  // A last line without an end is half a line.
  const last = lines.pop();
  if (last !== undefined && last !== '') items.push({ unread: last });
  for (const line of lines) {
    if (!SOCKET.test(line)) continue;
    const item = itemOf(line);
    items.push(item ?? { unread: line });
    if (item !== null && item.pid > 0) pids.add(item.pid);
  }
  return { items, pids: [...pids] };
}

/** Connected UDP has a state; the parser expects none there, and would take it for the pid. */
const CONNECTED_UDP = /^(udp6?\s+\d+\s+\d+\s+\S+\s+\S+)\s+ESTABLISHED(?=\s)/;

function itemOf(line: string): Item | null {
  let found: Item | null = null;
  try {
    parsers.linux(line.replace(CONNECTED_UDP, '$1'), (item) => {
      found = item;
    });
  } catch {
    // It does so for a row that ends early.
  }
  return found;
}
