/** How a shell script for macOS begins, whichever of its firewalls it is for. */
import { commentText, type ExportItem, type ExportSource, leftOutLines } from './export.ts';

interface ScriptHead {
  readonly title: string;
  readonly items: readonly ExportItem[];
  readonly from: ExportSource;
  /** The command that shows what is in force. */
  readonly check: string;
  /** The file that takes it back. */
  readonly undo: string;
  /** What becomes of connections. */
  readonly effect: string;
  /** What stands below the ports, a line each. */
  readonly notes?: readonly string[];
  /** What the script leaves out. */
  readonly lacks?: readonly string[] | undefined;
  /** Of the files that it makes. */
  readonly umask: string;
}

export function scriptHead(head: ScriptHead): readonly string[] {
  const { title, items, from, check, undo, effect, notes = [], lacks = [], umask } = head;
  const machine = from.host === null ? '' : ` on ${commentText(from.host)}`;
  return [
    '#!/bin/sh',
    `# ${title}`,
    `# Made by Portcullis from what was seen${machine} at ${commentText(from.takenAt)}.`,
    '#',
    ...items.flatMap(({ target, name, why }) => [
      `#   ${target.port}/${target.protocol}${name === null ? '' : `  ${commentText(name)}`}`,
      ...(why === null ? [] : [`#       ${commentText(why)}`]),
    ]),
    ...notes.map((line) => `# ${line}`),
    '#',
    '# Run:   sudo sh THIS-FILE        It may be run again; the second time changes nothing.',
    `# Check: ${check}`,
    `# Undo:  sudo sh ${undo}`,
    `# ${effect}`,
    ...leftOutLines(lacks).map((line) => `# ${line}`),
    'set -eu',
    'LC_ALL=C',
    'PATH=/usr/bin:/bin:/usr/sbin:/sbin',
    'export LC_ALL PATH',
    `umask ${umask}`,
    '',
    'fail() {',
    '  printf \'portcullis: %s\\n\' "$1" >&2',
    '  exit 1',
    '}',
    '',
    '[ "$(uname -s)" = Darwin ] || fail "This is for macOS."',
    '[ "$(id -u)" = 0 ] || fail "Run this as root: sudo sh $0"',
    '',
  ];
}
