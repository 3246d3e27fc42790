/**
 * A snapshot that can be shown to others: the same verdicts, nobody's names.
 *
 *   redact/addresses.ts       IP and hardware addresses, in the same relation to each other
 *   redact/command-lines.ts   no more of them than names the service
 *   redact/macos.ts           accounts, disks and command lines of a Mac
 *   redact/windows.ts         folders and accounts of people on Windows
 *
 * Removed are the host's name, the names of people (accounts from uid 1000, home folders, units made for them),
 * addresses, command lines, folders of programs, and comments. Kept are ports, rules, program names, units, interface
 * names, and the names of system accounts. The same input gives the same replacement everywhere in a snapshot.
 */
import type { Snapshot, Transcript } from './model.ts';
import { addressRedactor } from './redact/addresses.ts';
import { commandLineRedactor } from './redact/command-lines.ts';
import { apartOnMac, macRedactor } from './redact/macos.ts';
import { windowsRedactor } from './redact/windows.ts';
import { find } from './transcripts.ts';

type Change = (text: string) => string;

/** Pure and repeatable. A redacted snapshot is given back as it is. */
export function redact(snapshot: Snapshot): Snapshot {
  if (snapshot.redacted) return snapshot;
  const { transcripts } = snapshot;
  const addresses = addressRedactor(transcripts.map(apartOnMac));
  const people = nameRedactor(transcripts);
  const comments = commentRedactor();
  const commandLine = commandLineRedactor(snapshot);
  const ofWindows = windowsRedactor();
  const everywhere: Change = (text) => people(addresses(comments(text)));
  const onMac = macRedactor(everywhere);
  const change = (transcript: Transcript): string => {
    const { id, stdout } = transcript;
    if (id === 'owners') return eachLine(stdout, (entry) => ofProcess(entry, commandLine, people));
    if (id === 'windows.firewall') return ofWindows(addresses(stdout));
    const ofMac = onMac(transcript);
    if (ofMac !== null) return ofMac;
    if (id === 'users') return eachLine(stdout, (entry) => ofUser(entry, people));
    if (id === 'file:/proc/net/igmp6') return stdout.replace(SOLICITED, '');
    return everywhere(id.startsWith('file:/etc/ufw/') ? withoutRemarks(stdout) : withoutDescriptions(stdout));
  };
  return {
    ...snapshot,
    host: 'host',
    redacted: true,
    transcripts: transcripts.map((transcript) => ({
      ...transcript,
      stdout: change(transcript),
      stderr: everywhere(transcript.stderr),
    })),
  };
}

/** A JSON object a line. What is none becomes `?`, so that a reader still sees that a line was not understood. */
function eachLine(text: string, change: (entry: Readonly<Record<string, unknown>>) => unknown): string {
  return text.replace(/[^\n]+/g, (line) => {
    try {
      const entry: unknown = JSON.parse(line);
      if (typeof entry === 'object' && entry !== null) {
        return JSON.stringify(change(entry as Readonly<Record<string, unknown>>));
      }
    } catch {
      // Falls through: half a line, or garbage.
    }
    return '?';
  });
}

function ofProcess(
  entry: Readonly<Record<string, unknown>>,
  commandLine: (pid: number, text: string) => string,
  people: Change,
): unknown {
  const { pid, cmdline, exe, cgroup } = entry;
  return {
    ...entry,
    ...(typeof cmdline === 'string' ? { cmdline: commandLine(Number(pid), cmdline) } : {}),
    ...(typeof exe === 'string' ? { exe: program(exe) } : {}),
    ...(typeof cgroup === 'string' ? { cgroup: people(cgroup) } : {}),
  };
}

/** A program of the system keeps its path; of any other only the file's name is kept. */
const program = (path: string): string =>
  /^\/(usr|bin|sbin|lib|snap)\//.test(path) ? path : `/…/${path.slice(path.lastIndexOf('/') + 1)}`;

function ofUser(entry: Readonly<Record<string, unknown>>, people: Change): unknown {
  const { name } = entry;
  return { ...entry, ...(typeof name === 'string' ? { name: people(`@${name}`).slice(1) } : {}) };
}

/** People's names where they can stand: after `/home/`, `/Users/` and `@` (units made for one person). */
function nameRedactor(transcripts: readonly Transcript[]): Change {
  const names = new Map<string, string>();
  const users = find({ transcripts } as Snapshot, 'users')?.stdout ?? '';
  for (const [, uid, name] of users.matchAll(/\{"uid":(\d+),"name":"([^"\\]+)"\}/g)) {
    if (Number(uid) >= 1000 && Number(uid) !== 65534 && name !== undefined) number(names, name, 'user');
  }
  return (text) =>
    text
      .replace(
        /(\/(?:home|Users)\/)([^/\s"']+)/g,
        (_, before: string, name: string) => before + number(names, name, 'user'),
      )
      .replace(/@([^@\s"'/.]+)/g, (whole, name: string) => (names.has(name) ? `@${names.get(name)}` : whole));
}

/** Comments are anybody's words. Those with which ufw marks its application profiles are part of the rule. */
function commentRedactor(): Change {
  const comments = new Map<string, string>();
  const of = (text: string): string => (/^(dapp|sapp)_/.test(text) ? text : number(comments, text, 'comment-'));
  return (text) =>
    text
      .replace(/(--comment )("(?:[^"\\]|\\.)*"|'[^']*'|\S+)/g, (_, before: string, quoted: string) => {
        const quote = /^["']/.exec(quoted)?.[0] ?? '';
        return `${before}${quote}${of(quote === '' ? quoted : quoted.slice(1, -1))}${quote}`;
      })
      .replace(/("comment":\s*")((?:[^"\\]|\\.)*)"/g, (_, before: string, said: string) => `${before}${of(said)}"`)
      .replace(/( comment ")((?:[^"\\]|\\.)*)"/g, (_, before: string, said: string) => `${before}${of(said)}"`)
      .replace(/( comment=)([0-9a-f]+)(?=\s|$)/g, (_, before: string, hex: string) => before + toHex(of(hex)));
}

/** Groups by which an address is asked for hold the end of it. */
const SOLICITED = /^.*\bff0200000000000000000001ff.*\n/gm;

/** Remarks in ufw's files. `### ` begins what ufw reads itself. */
const withoutRemarks = (text: string): string => text.replace(/^#(?!## ).*$/gm, '#');

/** Titles and descriptions of firewalld's zones, over D-Bus and in its files. */
const withoutDescriptions = (text: string): string =>
  text
    .replace(/("(?:short|description)":\{"type":"s","data":)"(?:[^"\\]|\\.)*"/g, '$1""')
    .replace(/<(short|description)>[^<]*<\/\1>/g, '<$1></$1>');

/** Of plain ASCII, which is all that is put in here. */
const toHex = (text: string): string => text.replace(/./g, (char) => char.charCodeAt(0).toString(16).padStart(2, '0'));

function number(names: Map<string, string>, name: string, word: string): string {
  const known = names.get(name) ?? `${word}${names.size + 1}`;
  names.set(name, known);
  return known;
}
