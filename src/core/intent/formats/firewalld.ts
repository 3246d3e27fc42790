/** A shell script that gives firewalld's zones rich rules, now and for its next start, and one that takes them out again. */
import type { Intent } from '../../firewalls/export.ts';
import type { RuleFile } from '../../model.ts';
import { DISCOVERY_CLOSED, hashed, headLines, joined } from '../parts.ts';
import { GUESTS_BY_ZONE, GUEST_ZONES } from './guests.ts';
import { guestRules, richRules } from './rich-rules.ts';
import { SHELL_START } from '../../firewalls/shell-start.ts';

const FILE = 'portcullis-close-firewalld.sh';
const UNDO = 'portcullis-undo-firewalld.sh';

export const LETS_IN =
  'Ports that are kept, and networks that are not shut out, are let in by a rule; where another rule of theirs kept some out, those come in.';

const ASK: readonly string[] = [
  'command -v firewall-cmd >/dev/null || fail "firewalld is not installed"',
  '[ "$(firewall-cmd --state 2>/dev/null)" = running ] || fail "firewalld is not running: systemctl start firewalld"',
  '',
];

/** Newer versions mark the default zone behind its name. */
const ZONES_IN_USE: readonly string[] = [
  '# Every zone in use, and the one that new networks fall into.',
  'zones() {',
  '  {',
  "    firewall-cmd --get-active-zones | awk '/^[^ \\t]/ { print $1 }'",
  '    firewall-cmd --get-default-zone',
  '  } | sort -u',
  '}',
  '',
];

/** Rules as options of one call, since each call of firewall-cmd takes a quarter of a second. */
const CALL: readonly string[] = [
  'work=$(mktemp -d)',
  'trap \'rm -rf "$work"\' EXIT',
  '',
  '# call add|remove ZONE FORM FILE: all rules of the file. FORM: now, or kept for the next start.',
  'call() {',
  '  verb=$1 zone=$2 form=$3 file=$4',
  '  set -- "--zone=$zone"',
  '  if [ "$form" = kept ]; then set -- "$@" --permanent; fi',
  '  while read -r rule; do set -- "$@" "--$verb-rich-rule=$rule"; done <"$file"',
  '  firewall-cmd "$@" >/dev/null || fail "firewalld could not $verb the rules of the zone $zone"',
  '}',
  '',
];

const ADD: readonly string[] = [
  '# wanted ZONE: in the zones of this computer’s guests also what these need.',
  'wanted() {',
  '  rules',
  `  case $1 in ${GUEST_ZONES}) guests ;; esac`,
  '}',
  '',
  '# missing ZONE FORM: which rules it lacks. The exit status of adding proves nothing.',
  'missing() {',
  '  zone=$1 form=$2',
  '  set -- "--zone=$zone"',
  '  if [ "$form" = kept ]; then set -- "$@" --permanent; fi',
  '  firewall-cmd "$@" --list-rich-rules >"$work/has"',
  '  wanted "$zone" | grep -Fvx -f "$work/has" >"$work/lacks" || true',
  '}',
  '',
  '# give ZONE FORM',
  'give() {',
  '  missing "$1" "$2"',
  '  [ -s "$work/lacks" ] || return 0',
  '  changed=yes',
  '  call add "$1" "$2" "$work/lacks"',
  '  missing "$1" "$2"',
  '  [ ! -s "$work/lacks" ] || fail "firewalld did not take: $(cat "$work/lacks")"',
  '}',
  '',
  'changed=',
  'permanent=$(firewall-cmd --permanent --get-zones)',
  'for zone in $(zones); do',
  '  give "$zone" now',
  '  case " $permanent " in *" $zone "*) give "$zone" kept ;; esac',
  'done',
  'if [ -n "$changed" ]; then echo "The ports are closed."; else echo "The ports are closed already."; fi',
];

/** In every zone, not only in those in use now: zones may have changed since. A zone's name begins a line of the list. */
const REMOVE: readonly string[] = [
  '{ rules; guests; } >"$work/rules"',
  '',
  '# take FORM: the rules are taken out of each zone that has some of them.',
  'take() {',
  '  form=$1',
  '  set --',
  '  if [ "$form" = kept ]; then set -- --permanent; fi',
  '  firewall-cmd "$@" --list-all-zones >"$work/all"',
  '  awk -v rules="$work/rules" \'BEGIN { while ((getline line < rules) > 0) ours[line] = 1 }',
  '    /^[^ \\t]/ { zone = $1 }',
  '    { sub(/^[ \\t]+/, ""); if ($0 in ours) print zone, $0 }\' "$work/all" >"$work/found"',
  '  for zone in $(cut -d " " -f 1 "$work/found" | sort -u); do',
  '    awk -v zone="$zone" \'$1 == zone { sub(/^[^ ]+ /, ""); print }\' "$work/found" >"$work/ours"',
  '    call remove "$zone" "$form" "$work/ours"',
  '    echo "The rules are gone from the zone $zone, as it is $form."',
  '  done',
  '}',
  '',
  'take now',
  'take kept',
];

export function exportFirewalld(intent: Intent): RuleFile {
  const lets = intent.rest === 'close' || intent.close.some((one) => one.for !== 'everyone');
  const notExpressed = [
    'Ports that a container publishes or a rule redirects are not closed by a zone’s rules.',
    'A zone that comes into use later does not have the rules; run the script again then.',
    ...(lets ? [LETS_IN] : []),
    ...(intent.rest === 'close' ? [DISCOVERY_CLOSED, GUESTS_BY_ZONE] : []),
    'firewalld writes the file of a zone that it changes below /etc/firewalld; after the undo that file says what was there before, but it stays, without its comments.',
  ];
  const head = headLines(intent, {
    title: 'Closes ports with firewalld, on IPv4 and IPv6, in every zone in use.',
    run: [`sudo sh ${FILE}   Again, it changes nothing.`],
    check: ['sudo firewall-cmd --list-all-zones'],
    undo: [`sudo sh ${UNDO}`],
    notes: ['The rules are made in what acts now and in what is kept; firewalld is not reloaded.'],
    notExpressed,
  });
  const undo = headLines(intent, {
    title: `Takes the rules of ${FILE} out of every zone again, and nothing else.`,
    run: [`sudo sh ${UNDO}`],
    check: ['sudo firewall-cmd --list-all-zones'],
    undo: [`sudo sh ${FILE}`],
    notes: [],
    notExpressed: [],
  });
  const printing = (name: string, lines: readonly string[]): readonly string[] => [
    `${name}() {`,
    ...(lines.length === 0 ? ['  :'] : ["  cat <<'END'", ...lines, 'END']),
    '}',
    '',
  ];
  const rules = [...printing('rules', richRules(intent)), ...printing('guests', guestRules(intent))];
  return {
    format: 'firewalld',
    filename: FILE,
    content: joined(['#!/bin/sh', ...hashed(head), ...SHELL_START, ...ASK, ...rules, ...ZONES_IN_USE, ...CALL, ...ADD]),
    undoFilename: UNDO,
    undoContent: joined(['#!/bin/sh', ...hashed(undo), ...SHELL_START, ...ASK, ...rules, ...CALL, ...REMOVE]),
    notExpressed,
  };
}
