/** A shell script that gives firewalld's zones rich rules, now and for its next start, and one that takes them out again. */
import type { Intent } from '../../firewalls/export.ts';
import type { RuleFile } from '../../model.ts';
import { hashed, headLines, joined } from '../parts.ts';
import { richRules } from './rich-rules.ts';
import { SHELL_START } from './shell.ts';

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

const ADD: readonly string[] = [
  '# Its exit status proves nothing: what counts is which rules it has afterwards.',
  'missing() {',
  '  firewall-cmd "$@" --list-rich-rules >"$work/has"',
  '  rules | grep -Fvx -f "$work/has" || true',
  '}',
  '',
  '# give ZONE [--permanent]',
  'give() {',
  '  missing --zone="$@" >"$work/lacks"',
  '  [ -s "$work/lacks" ] || return 0',
  '  changed=yes',
  '  while read -r rule; do',
  '    firewall-cmd --zone="$@" --add-rich-rule="$rule" >/dev/null || fail "firewalld does not take: $rule"',
  '  done <"$work/lacks"',
  '  missing --zone="$@" >"$work/lacks"',
  '  [ ! -s "$work/lacks" ] || fail "firewalld did not take: $(cat "$work/lacks")"',
  '}',
  '',
  'work=$(mktemp -d)',
  'trap \'rm -rf "$work"\' EXIT',
  'changed=',
  'kept=$(firewall-cmd --permanent --get-zones)',
  'for zone in $(zones); do',
  '  give "$zone"',
  '  case " $kept " in *" $zone "*) give "$zone" --permanent ;; esac',
  'done',
  'if [ -n "$changed" ]; then echo "The ports are closed."; else echo "The ports are closed already."; fi',
];

/** In every zone, not only in those in use now: zones may have changed since. */
const REMOVE: readonly string[] = [
  '# take ZONE [--permanent]',
  'take() {',
  '  firewall-cmd --zone="$@" --list-rich-rules >"$work/has"',
  '  rules | grep -Fx -f "$work/has" >"$work/ours" || return 0',
  '  while read -r rule; do',
  '    firewall-cmd --zone="$@" --remove-rich-rule="$rule" >/dev/null || fail "firewalld does not give back: $rule"',
  '  done <"$work/ours"',
  '  echo "The rules are gone from the zone $1${2:+, for its next start}."',
  '}',
  '',
  'work=$(mktemp -d)',
  'trap \'rm -rf "$work"\' EXIT',
  'for zone in $(firewall-cmd --get-zones); do take "$zone"; done',
  'for zone in $(firewall-cmd --permanent --get-zones); do take "$zone" --permanent; done',
];

export function exportFirewalld(intent: Intent): RuleFile {
  const lets = intent.rest === 'close' || intent.close.some((one) => one.for !== 'everyone');
  const notExpressed = [
    'Ports that a container publishes or a rule redirects to another computer are not closed by a zone’s rules.',
    'A zone that comes into use later does not have the rules; run the script again then.',
    ...(lets ? [LETS_IN] : []),
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
  const rules = ['rules() {', "  cat <<'END'", ...richRules(intent), 'END', '}', ''];
  return {
    format: 'firewalld',
    filename: FILE,
    content: joined(['#!/bin/sh', ...hashed(head), ...SHELL_START, ...ASK, ...rules, ...ZONES_IN_USE, ...ADD]),
    undoFilename: UNDO,
    undoContent: joined(['#!/bin/sh', ...hashed(undo), ...SHELL_START, ...ASK, ...rules, ...REMOVE]),
    notExpressed,
  };
}
