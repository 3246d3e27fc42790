/** A shell script that closes ports with ufw on another machine, and one that opens them again. Both may be run twice. */
import type { RuleFile } from '../../model.ts';
import { COMMENT_HEX } from './commands.ts';
import { commentText, type ExportItem, type ExportSource, leftOutLines, type Posture } from '../export.ts';

const MARK = 'Portcullis';

/** One rule of the block that goes first. */
export interface BlockLine {
  readonly action: 'allow' | 'deny';
  readonly protocol: 'tcp' | 'udp' | 'any';
  /** null: every port. */
  readonly port: number | null;
  /** A network in its plain form. */
  readonly from: string;
  /** The same; null: every address of that family. */
  readonly to: string | null;
}

/** Guests of the computer, where all the rest is closed: how their interfaces are called, and what is let in through each. */
interface GuestBlock {
  /** A whole name, as grep -E takes it. */
  readonly name: string;
  readonly lines: readonly BlockLine[];
}

/** What ports closed to everybody cannot say: whom to leave out, and the rest. */
export interface Block extends Posture {
  readonly lines: readonly BlockLine[];
  /** Items that it closes. */
  readonly items: readonly ExportItem[];
  /** null: nothing is said of them. */
  readonly guests: GuestBlock | null;
  /** What else the format does not do, a sentence each. */
  readonly leftOut: readonly string[];
}

const NO_BLOCK: Block = { lines: [], items: [], keep: [], rest: 'leave', guests: null, leftOut: [] };

function header(
  title: string,
  items: readonly ExportItem[],
  from: ExportSource,
  other: string,
  { keep, rest }: Posture,
  notExpressed: readonly string[],
): readonly string[] {
  const machine = from.host === null ? '' : ` on ${commentText(from.host)}`;
  return [
    '#!/bin/sh',
    `# ${title}`,
    `# Made by Portcullis from what was seen${machine} at ${commentText(from.takenAt)}.`,
    '#',
    ...items.flatMap(({ target, name, why, allBut = [] }) => [
      `#   ${target.port}/${target.protocol}${name === null ? '' : `  ${commentText(name)}`}`,
      ...(why === null ? [] : [`#       ${commentText(why)}`]),
      ...(allBut.length === 0 ? [] : [`#       not to: ${allBut.join(', ')}`]),
    ]),
    ...keep.map(
      ({ protocol, port, name }) => `#   kept: ${port}/${protocol}${name === null ? '' : `  ${commentText(name)}`}`,
    ),
    ...(rest === 'close'
      ? [
          '#   Everything else that begins from outside is closed, and ufw is turned on.',
          keep.some(({ protocol, port }) => protocol === 'tcp' && port === 22)
            ? '#   New sessions through SSH come in through 22/tcp, which is kept.'
            : '#   22/tcp is NOT kept: no new session through SSH comes in.',
        ]
      : []),
    '#',
    '# Run:   sudo sh THIS-FILE        It may be run again; the second time changes nothing.',
    '# Check: sudo ufw status verbose  New connections are blocked; those that are open stay open.',
    `# Undo:  sudo sh ${other}`,
    ...leftOutLines(notExpressed).map((line) => `# ${line}`),
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
  '    grep "^### tuple ###" "$file" | awk -v want="$1 $2" -v port="$2" \'',
  '      { rule = $5 " " $6; }',
  '      $6 ~ /^[0-9]+$/ && $6 != port { next }',
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

/** The kernel takes a family's rules in one go. */
const PUT_RULES = [
  '# put_rules FOLDER: the rules become byte for byte those in the folder.',
  'put_rules() {',
  '  for name in user.rules user6.rules; do',
  '    cp -p "$1/$name" "/etc/ufw/$name.new"',
  '    mv "/etc/ufw/$name.new" "/etc/ufw/$name"',
  '  done',
  '  if grep -q "^ENABLED=yes" /etc/ufw/ufw.conf; then',
  '    iptables-restore -n </etc/ufw/user.rules',
  '    if grep -q "^IPV6=[\\"]\\{0,1\\}yes" /etc/default/ufw; then ip6tables-restore -n </etc/ufw/user6.rules; fi',
  '  fi',
  '}',
  '',
];

const CLOSE = [
  ...FUNCTIONS,
  ...STATE,
  ...PUT_RULES,
  '# What holds half of the rules may hold the wrong half.',
  'leave() {',
  '  if [ -n "${putting:-}" ]; then',
  '    put_rules "$STATE/before"',
  '    echo "This was ended midway: the rules are what they were before." >&2 || true',
  '  fi',
  '  (cd /etc/ufw && sha256sum user.rules user6.rules) >"$STATE/left"',
  '}',
  '',
  'remember() {',
  '  [ -z "${remembered:-}" ] || return 0',
  '  remembered=yes',
  '  if ! as_left; then',
  '    rm -rf "$STATE"',
  '    mkdir -p "$STATE"',
  '    cp -p /etc/ufw/user.rules /etc/ufw/user6.rules "$STATE/"',
  '  fi',
  '  trap leave EXIT',
  '  trap "exit 1" INT TERM',
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

/** ufw skips a rule that is there, so one of the block that stands elsewhere goes first. Halves of networks are nobody else's. */
const BLOCK = [
  '# uses 4|6: does ufw write rules of this family?',
  'uses() {',
  '  [ "$1" = 4 ] || grep -q "^IPV6=[\\"]\\{0,1\\}yes" /etc/default/ufw',
  '}',
  '',
  '# tuples 4|6: the block as ufw keeps it.',
  'tuples() {',
  '  block | awk -v family="$1" \'',
  '    (index($4, ":") > 0) == (family == 6) {',
  '      to = $5 != "any" ? $5 : family == 6 ? "::/0" : "0.0.0.0/0"',
  `      on = $6 != "any" ? "_" $6 : ""`,
  `      print "### tuple ### " $1 " " $2 " " $3 " " to " any " $4 " in" on " comment=${COMMENT_HEX}"`,
  "    }'",
  '}',
  '',
  'in_place() {',
  '  for family in 4 6; do',
  '    uses "$family" || continue',
  '    file=/etc/ufw/user.rules',
  '    [ "$family" = 4 ] || file=/etc/ufw/user6.rules',
  '    [ "$(tuples "$family")" = "$(grep "^### tuple ###" "$file" | head -n "$(tuples "$family" | wc -l)")" ] || return 1',
  '  done',
  '}',
  '',
  '# words PROTOCOL PORT FROM TO ON: the rule as ufw is told it.',
  'words() {',
  '  [ "$5" = any ] || printf "on %s " "$5"',
  '  [ "$1" = any ] || printf "proto %s " "$1"',
  '  case $4 in */0) printf "from %s to any" "$3" ;; *) printf "from %s to %s" "$3" "$4" ;; esac',
  '  [ "$2" = any ] || printf " port %s" "$2"',
  '}',
  '',
];

const TAKE_BLOCK = [
  '# take_block: only what is the block’s own, known by its comment, is taken away; what lets in goes last.',
  'take_block() {',
  '  for family in 4 6; do',
  '    file=/etc/ufw/user.rules',
  '    [ "$family" = 4 ] || file=/etc/ufw/user6.rules',
  '    tuples "$family" | sed \'1!G;h;$!d\' | grep -Fx -f "$file" | while read -r _ _ _ action protocol port to _ from way _; do',
  '      case $way in in_*) on=${way#in_} ;; *) on=any ;; esac',
  '      # shellcheck disable=SC2046 # words are words',
  '      ufw delete "$action" in $(words "$protocol" "$port" "$from" "$to" "$on") </dev/null >/dev/null',
  '    done',
  '  done',
  '}',
  '',
];

/**
 * What lets in goes before what closes, at every moment; a line that breaks ends nothing, and an end puts all back. What is in
 * its place stays there, and while what closes is moved its two halves stand in: run again, it opens nothing for a moment.
 */
const PUT_BLOCK = [
  '# count FILE: rules in it.',
  'count() {',
  '  grep -c "^### tuple ###" "$1" || true',
  '}',
  '',
  '# quarters HALF: the two halves of a half of all addresses.',
  'quarters() {',
  '  case $1 in',
  '    0.0.0.0/1) echo 0.0.0.0/2 64.0.0.0/2 ;;',
  '    128.0.0.0/1) echo 128.0.0.0/2 192.0.0.0/2 ;;',
  '    ::/1) echo ::/2 4000::/2 ;;',
  '    8000::/1) echo 8000::/2 c000::/2 ;;',
  '  esac',
  '}',
  '',
  '# put_line PLACE THERE ACTION WORDS: behind the last rule there is no place to insert at.',
  'put_line() {',
  '  if [ "$1" -le "$2" ]; then where="insert $1"; else where=; fi',
  '  # shellcheck disable=SC2086 # words are words',
  `  ufw $where "$3" in $4 comment ${MARK} </dev/null >/dev/null`,
  '}',
  '',
  'put_block() {',
  '  if in_place; then',
  '    echo "The first rules are in place already."',
  '    return',
  '  fi',
  '  remember',
  '  mkdir -p "$STATE/before"',
  '  cp -p /etc/ufw/user.rules /etc/ufw/user6.rules "$STATE/before/"',
  "  trap '' HUP",
  '  putting=yes',
  '  four=0',
  '  six=0',
  '  block | while read -r action protocol port from to on; do',
  '    case $from in',
  '      *:*)',
  '        uses 6 || continue',
  '        six=$((six + 1))',
  '        file=/etc/ufw/user6.rules',
  '        nth=$six',
  '        ahead=$(count /etc/ufw/user.rules)',
  '        [ "$to" != any ] || to=::/0',
  '        ;;',
  '      *)',
  '        four=$((four + 1))',
  '        file=/etc/ufw/user.rules',
  '        nth=$four',
  '        ahead=0',
  '        [ "$to" != any ] || to=0.0.0.0/0',
  '        ;;',
  '    esac',
  '    way=in',
  '    [ "$on" = any ] || way=in_$on',
  `    tuple="### tuple ### $action $protocol $port $to any $from $way comment=${COMMENT_HEX}"`,
  '    [ "$(grep "^### tuple ###" "$file" | sed -n "${nth}p")" != "$tuple" ] || continue',
  '    place=$((ahead + nth))',
  '    line=$(words "$protocol" "$port" "$from" "$to" "$on")',
  '    cover=',
  '    if grep -Fxq "$tuple" "$file"; then',
  '      [ "$action" = allow ] || cover=$(quarters "$from")',
  '      for part in $cover; do',
  '        put_line "$place" $((ahead + $(count "$file"))) "$action" "$(words "$protocol" "$port" "$part" "$to" "$on")"',
  '      done',
  '      # shellcheck disable=SC2086 # words are words',
  '      ufw delete "$action" in $line </dev/null >/dev/null',
  '    fi',
  '    put_line "$place" $((ahead + $(count "$file"))) "$action" "$line"',
  '    for part in $cover; do',
  '      # shellcheck disable=SC2046 # words are words',
  '      ufw delete "$action" in $(words "$protocol" "$port" "$part" "$to" "$on") </dev/null >/dev/null',
  '    done',
  '  done',
  '  in_place || fail "The rules could not be put first; look at: ufw status numbered"',
  '  putting=',
  '  rm -rf "$STATE/before"',
  '  echo "The first rules are in place."',
  '}',
  '',
];

const TURN_ON = [
  'if ! grep -q "^ENABLED=yes" /etc/ufw/ufw.conf; then',
  '  remember',
  '  : >"$STATE/was-off"',
  '  ufw --force enable >/dev/null',
  '  echo "ufw is on."',
  'fi',
];

const lineText = ({ action, protocol, port, from, to }: BlockLine, on: string): string =>
  `${action} ${protocol} ${port ?? 'any'} ${from} ${to ?? 'any'} ${on}`;

/** Interfaces that have such a rule count as well: the undo finds what there was before. */
const guestText = ({ name, lines }: GuestBlock): readonly string[] => [
  '# guests: what virtual machines and containers of this computer need of it.',
  'guests() {',
  '  {',
  '    for path in /sys/class/net/*; do',
  '      # What is part of a bridge brings nothing in by itself.',
  '      [ -e "$path/brport" ] || echo "${path##*/}"',
  '    done',
  `    sed -n "s/^### tuple ### allow .* in_\\([^ ]*\\) comment=${COMMENT_HEX}$/\\1/p" /etc/ufw/user.rules /etc/ufw/user6.rules`,
  `  } | grep -Ex "${name}" | sort -u | while read -r name; do`,
  ...lines.map((line) => `    echo "${lineText(line, '$name')}"`),
  '  done',
  '}',
  '',
];

const blockText = ({ lines, guests }: Block): readonly string[] => [
  ...(guests === null ? [] : guestText(guests)),
  'block() {',
  ...(guests === null ? [] : ['  guests']),
  "  cat <<'END'",
  ...lines.map((line) => lineText(line, 'any')),
  'END',
  '}',
  '',
];

const OPEN = [
  ...STATE,
  ...PUT_RULES,
  '# Nothing has changed since: all becomes what it was.',
  'put_back() {',
  '  put_rules "$STATE"',
  '  if [ -e "$STATE/was-off" ]; then ufw --force disable >/dev/null; fi',
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

/** Left where the rules were changed since: then ufw is turned off again by this alone. */
const TURN_OFF = [
  'if [ -e "$STATE/was-off" ]; then',
  '  ufw --force disable >/dev/null',
  '  rm -f "$STATE/was-off"',
  '  echo "ufw is off, as it was."',
  'fi',
];

/** The script and its undo. `block`: rules that go ahead of all others, beside the ports that are closed to everybody. */
export function exportUfw(items: readonly ExportItem[], from: ExportSource, block: Block = NO_BLOCK): RuleFile {
  const filename = 'portcullis-close-ufw.sh';
  const undoFilename = 'portcullis-undo-ufw.sh';
  const all = [...items, ...block.items];
  const blocked = block.lines.length > 0;
  const turnsOn = block.rest === 'close';
  const notExpressed = [
    'Rules of other programs (Docker, hand-made iptables or nftables rules) come before ufw’s and are not changed: ports that a container publishes or another rule redirects are not closed.',
    'Rules that the closing replaces are put back by the undo script only where no other rule was changed since; otherwise they lie in /var/lib/portcullis-export.',
    ...(blocked
      ? [
          'Ports that are kept, and networks that are not shut out, are let in ahead of every other rule of ufw: where another rule kept some out, those come in.',
        ]
      : []),
    ...(turnsOn
      ? [
          'What ufw lets in before its rules stays let in: /etc/ufw/before.rules has mDNS and UPnP among it. Answers to a search by SSDP come from elsewhere than was asked, and are closed.',
        ]
      : []),
    ...block.leftOut,
  ];
  const closing = header('Closes ports with ufw, on IPv4 and IPv6.', all, from, undoFilename, block, notExpressed);
  const undoing = header(`Takes away the rules of ${filename} again.`, all, from, filename, block, []);
  const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
  return {
    format: 'ufw',
    filename,
    content: text([
      ...closing,
      ...CLOSE,
      ...(blocked ? [...BLOCK, ...PUT_BLOCK, ...blockText(block)] : []),
      ...items.map(({ target: { protocol, port } }) => `close_port ${protocol} ${port}`),
      ...(blocked ? ['put_block'] : []),
      '',
      ...(turnsOn ? TURN_ON : ON),
    ]),
    undoFilename,
    undoContent: text([
      ...undoing,
      ...OPEN,
      ...(blocked ? [...BLOCK, ...TAKE_BLOCK, ...blockText(block), 'take_block'] : []),
      ...items.map(({ target: { protocol, port } }) => `open_port ${protocol} ${port}`),
      ...(turnsOn ? TURN_OFF : []),
    ]),
    notExpressed,
  };
}
