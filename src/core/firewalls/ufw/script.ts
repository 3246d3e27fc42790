/** A shell script that closes ports with ufw on another machine, and one that opens them again. Both may be run twice. */
import type { RuleFile } from '../../model.ts';
import { COMMENT_HEX } from './commands.ts';
import { commentText, type ExportItem, type ExportSource } from '../export.ts';

const MARK = 'Portcullis';

function header(title: string, items: readonly ExportItem[], from: ExportSource, other: string): readonly string[] {
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
    '#',
    '# Run:   sudo sh THIS-FILE        It may be run again; the second time changes nothing.',
    '# Check: sudo ufw status verbose  New connections are blocked; those that are open stay open.',
    `# Undo:  sudo sh ${other}`,
    '# It works on ufw alone: ports that a container publishes or another rule redirects are not closed by it.',
    'set -eu',
    'LC_ALL=C',
    'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
    'export LC_ALL PATH',
    '',
    'fail() {',
    '  echo "$1" >&2',
    '  exit 1',
    '}',
    '',
    '[ "$(id -u)" = 0 ] || fail "Run this as root: sudo sh $0"',
    'command -v ufw >/dev/null || fail "ufw is not installed: apt install ufw"',
    '',
  ];
}

/** ufw's exit status proves nothing: what counts is how it stores the rules. */
const FUNCTIONS = [
  '# first PROTOCOL PORT: is a deny for everybody the first rule of each family that ufw uses?',
  'first() {',
  '  for file in /etc/ufw/user.rules /etc/ufw/user6.rules; do',
  '    [ "$file" = /etc/ufw/user.rules ] || grep -q "^IPV6=[\\"]\\{0,1\\}yes" /etc/default/ufw || continue',
  '    grep "^### tuple ###" "$file" | awk -v want="$1 $2" \'',
  '      { rule = $5 " " $6; }',
  '      rule == want && $4 == "deny" && $7 ~ /\\/0$/ && $8 == "any" && $9 ~ /\\/0$/ && $10 == "in" { found = 1; exit }',
  '      $4 !~ /^deny/ && $4 !~ /^route:/ { exit }',
  "      END { exit !found }' || return 1",
  '  done',
  '}',
  '',
];

/** Where a closing keeps what it found, for its undo. */
const STATE = [
  '# What was there before the first run, and what the last run left; both for the undo.',
  'STATE=/var/lib/portcullis-export',
  'umask 077',
  '',
  'as_left() {',
  '  [ -f "$STATE/left" ] && (cd /etc/ufw && sha256sum --status -c "$STATE/left")',
  '}',
  '',
  '# deny_half add|delete PROTOCOL PORT: two halves of all addresses, which stand in while rules are exchanged.',
  'deny_half() {',
  '  halves="0.0.0.0/1 128.0.0.0/1"',
  '  if grep -q "^IPV6=[\\"]\\{0,1\\}yes" /etc/default/ufw; then halves="$halves ::/1 8000::/1"; fi',
  '  for half in $halves; do',
  '    if [ "$1" = add ]; then',
  '      ufw prepend deny in proto "$2" from "$half" to any port "$3" >/dev/null',
  '    else',
  '      ufw delete deny in proto "$2" from "$half" to any port "$3" >/dev/null 2>&1 || true',
  '    fi',
  '  done',
  '}',
  '',
];

const CLOSE = [
  ...FUNCTIONS,
  ...STATE,
  'remember() {',
  '  [ -z "${remembered:-}" ] || return 0',
  '  remembered=yes',
  '  if ! as_left; then',
  '    rm -rf "$STATE"',
  '    mkdir -p "$STATE"',
  '    cp -p /etc/ufw/user.rules /etc/ufw/user6.rules "$STATE/"',
  '  fi',
  '  trap \'(cd /etc/ufw && sha256sum user.rules user6.rules) >"$STATE/left"\' EXIT',
  '}',
  '',
  '# Is there a rule of exactly this port that may hold it closed?',
  'held() {',
  '  grep -Eq "^### tuple ### (deny|reject)[a-z_-]* $1 $2 [0:./]+ any [0:./]+ in( |\\$)" /etc/ufw/user.rules /etc/ufw/user6.rules',
  '}',
  '',
  '# ufw skips a rule that differs only in its action from one that is there, so that one goes first.',
  'close_port() {',
  '  if first "$1" "$2"; then',
  '    echo "$2/$1 is closed already."',
  '    return',
  '  fi',
  '  remember',
  '  cover=$(held "$1" "$2" && echo yes || true)',
  '  [ -z "$cover" ] || deny_half add "$1" "$2"',
  '  for action in allow deny reject limit; do',
  '    for log in "" log log-all; do',
  '      # shellcheck disable=SC2086 # no log is no word',
  '      ufw delete "$action" in $log proto "$1" from any to any port "$2" >/dev/null 2>&1 || true',
  '    done',
  '  done',
  `  ufw prepend deny in proto "$1" from any to any port "$2" comment ${MARK} >/dev/null`,
  '  first "$1" "$2" || fail "$2/$1 could not be closed; look at: ufw status numbered"',
  '  [ -z "$cover" ] || deny_half delete "$1" "$2"',
  '  echo "$2/$1 is closed."',
  '}',
  '',
];

const OPEN = [
  ...STATE,
  '# Nothing has changed since: the rules become byte for byte what they were, the kernel’s in one go.',
  'put_back() {',
  '  for name in user.rules user6.rules; do',
  '    cp -p "$STATE/$name" "/etc/ufw/$name.new"',
  '    mv "/etc/ufw/$name.new" "/etc/ufw/$name"',
  '  done',
  '  if grep -q "^ENABLED=yes" /etc/ufw/ufw.conf; then',
  '    iptables-restore -n </etc/ufw/user.rules',
  '    if grep -q "^IPV6=[\\"]\\{0,1\\}yes" /etc/default/ufw; then ip6tables-restore -n </etc/ufw/user6.rules; fi',
  '  fi',
  '  rm -rf "$STATE"',
  '  echo "The rules are what they were before the closing."',
  '  exit 0',
  '}',
  '',
  '# Otherwise only the rules that the closing made, known by their comment, are taken away.',
  'open_port() {',
  '  deny_half delete "$1" "$2"',
  '  if ! ours "$1" "$2"; then',
  '    echo "$2/$1 has no rule of Portcullis."',
  '    return',
  '  fi',
  '  ufw delete deny in proto "$1" from any to any port "$2" >/dev/null',
  '  ! ours "$1" "$2" || fail "The rule for $2/$1 could not be removed; look at: ufw status numbered"',
  '  echo "The rule for $2/$1 is removed."',
  '}',
  '',
  'ours() {',
  `  grep -q "^### tuple ### deny $1 $2 [0:./]* any [0:./]* in comment=${COMMENT_HEX}\\$" \\`,
  '    /etc/ufw/user.rules /etc/ufw/user6.rules',
  '}',
  '',
  'if as_left; then put_back; fi',
  '[ ! -f "$STATE/left" ] || echo "Other rules have changed since; what the closing replaced is in $STATE." >&2',
];

const ON = [
  'if ! grep -q "^ENABLED=yes" /etc/ufw/ufw.conf; then',
  '  echo "ufw is off: the rules are stored and hold once it is on. Allow what you need (for example: ufw allow ssh), then: ufw enable" >&2',
  'fi',
];

/** The script and its undo. */
export function exportUfw(items: readonly ExportItem[], from: ExportSource): RuleFile {
  const filename = 'portcullis-close-ufw.sh';
  const undoFilename = 'portcullis-undo-ufw.sh';
  const closing = header('Closes ports with ufw, on IPv4 and IPv6.', items, from, undoFilename);
  const undoing = header('Takes away the rules of portcullis-close-ufw.sh again.', items, from, filename);
  const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
  return {
    format: 'ufw',
    filename,
    content: text([
      ...closing,
      ...CLOSE,
      ...items.map(({ target: { protocol, port } }) => `close_port ${protocol} ${port}`),
      '',
      ...ON,
    ]),
    undoFilename,
    undoContent: text([
      ...undoing,
      ...OPEN,
      ...items.map(({ target: { protocol, port } }) => `open_port ${protocol} ${port}`),
    ]),
    notExpressed: [
      'Rules of other programs (Docker, hand-made iptables or nftables rules) come before ufw’s and are not changed.',
      'Rules that the closing replaces are put back by the undo script only where no other rule was changed since; otherwise they lie in /var/lib/portcullis-export.',
    ],
  };
}
