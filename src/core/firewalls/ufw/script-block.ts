/** Rules of ufw that go ahead of all others, in their order: parts of a shell script, which stand behind what it keeps. */
import { COMMENT_HEX, OUR_COMMENT } from './commands.ts';
import type { ExportItem, Posture } from '../export.ts';

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

export const NO_BLOCK: Block = { lines: [], items: [], keep: [], rest: 'leave', guests: null, leftOut: [] };

/** ufw skips a rule that is there, so one of the block that stands elsewhere goes first. Halves of networks are nobody else's. */
export const BLOCK = [
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

export const TAKE_BLOCK = [
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
export const PUT_BLOCK = [
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
  `  ufw $where "$3" in $4 comment ${OUR_COMMENT} </dev/null >/dev/null`,
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

export const blockText = ({ lines, guests }: Block): readonly string[] => [
  ...(guests === null ? [] : guestText(guests)),
  'block() {',
  ...(guests === null ? [] : ['  guests']),
  "  cat <<'END'",
  ...lines.map((line) => lineText(line, 'any')),
  'END',
  '}',
  '',
];
