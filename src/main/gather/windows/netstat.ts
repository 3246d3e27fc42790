/**
 * Sockets on Windows: `netstat -ano` -> the transcript `netstat`, in the shape that core/listeners/windows.ts documents.
 *
 * node-netstat's parser for Windows is used, its runner is not (see ../netstat.ts). The parser splits at blanks and takes
 * four or five words: a state of two words makes it drop the row, and it is only told the family by the text of the
 * address, which it gives up for the wildcard. So it is handed rows in a form of their own, and what it leaves out is added.
 */
import type { Transcript } from '../../../core/model.ts';
import { type Item, parsers } from '../netstat.ts';
import { type RunOptions, runRead } from '../run.ts';
import { toLines } from '../transcript.ts';

/** Transcript `netstat`. Bytes of the state are of the console's code page and may be read wrongly: nobody looks at it. */
export async function readWindowsNetstat(program: string, options: RunOptions): Promise<Transcript> {
  const printed = await runRead('netstat', [program, '-ano'], options);
  return { ...printed, kind: 'collected', stdout: toLines(parseWindowsRows(printed.stdout)) };
}

/** `TCP  [::]:135  [::]:0  ABHÖREN  980`; UDP has no state. Only blanks and tabs part columns: a state may hold any other byte. */
const ROW = /^[ \t]*(TCP|UDP)[ \t]+(\S+:\d+)[ \t]+(\S+:\d+|\*:\*)(?:[ \t]+(.*?))??[ \t]+(\d{1,10})[ \t]*$/i;
/** The beginning of a row, or something in the line that looks like an address with its port: headers have neither. */
const SOCKET = /^[ \t]*(tcp|udp)|[\d\]*]:(\d{1,5}|\*)([ \t]|$)/i;

/** One item a row; `{"unread":…}` for each line that looks like one and was not understood. */
export function parseWindowsRows(text: string): readonly unknown[] {
  const lines = text.split('\n');
  // A last line without an end is half a line.
  const last = lines.pop() ?? '';
  const rows = lines.map((line) => line.replace(/\r$/, '')).filter((line) => SOCKET.test(line));
  return [...rows.map((line) => itemOf(line) ?? { unread: line }), ...(last.trim() === '' ? [] : [{ unread: last }])];
}

function itemOf(line: string): Item | null {
  const [, protocol = '', local = '', remote = '', state, pid = ''] = ROW.exec(line) ?? [];
  if (pid === '') return null;
  let found: Item | null = null;
  try {
    parsers.win32(`${protocol} ${local} ${remote} - ${pid}`, (item) => {
      found = item;
    });
  } catch {
    return null;
  }
  const item = found as Item | null;
  if (item === null) return null;
  const family = local.startsWith('[') ? '6' : '';
  return { ...item, protocol: `${protocol.toLowerCase()}${family}`, state: state === undefined ? null : state.trim() };
}
