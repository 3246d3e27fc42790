/** The machine's own names for port numbers, read at run time. Data for people to read; nothing is decided by it. */
import type { Snapshot } from '../model.ts';
import { find, whyNot } from '../transcripts.ts';

type Names = ReadonlyMap<string, string>;

const LINE = /^([!-~]{1,64})[ \t]+([0-9]{1,5})\/(tcp|udp)(?:[ \t]|$)/;

/** Of the last text that was read: reports are made again and again, and the file is the same for years. */
let last: { readonly text: string; readonly names: Names } = { text: '', names: new Map() };

/**
 * `/etc/services` as a map from `tcp/22` to `ssh`; the first line of a number wins, as it does for getservbyport.
 * Empty where the file was not read: local names are a courtesy, so that this is no gap.
 */
export function readLocalNames(snapshot: Snapshot): Names {
  const transcript = find(snapshot, 'file:/etc/services');
  if (transcript === undefined || whyNot(transcript) !== null) return new Map();
  const text = transcript.stdout;
  if (text !== last.text) last = { text, names: parse(text) };
  return last.names;
}

function parse(text: string): Names {
  const names = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = LINE.exec(line);
    if (match === null) continue;
    const [, name, number, protocol] = match;
    const port = Number(number);
    if (name === undefined || protocol === undefined || name.startsWith('#') || port < 1 || port > 65535) continue;
    const key = `${protocol}/${port}`;
    if (!names.has(key)) names.set(key, name);
  }
  return names;
}
