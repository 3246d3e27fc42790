/**
 * pf of macOS: a shell script that closes ports, and its undo. Each port has an anchor of its own below `com.apple`, which the
 * main rules of macOS evaluate, so that no file of the system is changed: rules in /etc/pf.anchors, loaded now, and at
 * each start by a LaunchDaemon. pf is switched on with a reference of its own (`pfctl -E`), which the undo gives back, so that
 * it stays on for others who asked. Sources: pf.conf(5), pfctl(8) of macOS; launchd.plist(5). Not run on a Mac here.
 */
import type { RuleFile, Target } from '../../model.ts';
import type { ExportItem, ExportSource } from '../export.ts';
import { scriptHead } from '../script-head.ts';

const NAME = 'org.portcullis.closed';
const FOLDER = '/etc/pf.anchors';
const DAEMON = '/Library/LaunchDaemons/org.portcullis.pf.plist';
const TOKEN = '/var/run/org.portcullis.pf.token';

const nameOf = ({ protocol, port }: Target): string => `${NAME}.${protocol}-${port}`;

/**
 * The one rule of a port: whoever comes from outside, in both families, whatever rules stand behind it. Of TCP only the
 * packet that begins a connection: pf has no states of connections that were there before it was on, and those would be
 * cut, a session through SSH among them.
 */
export const pfRule = ({ protocol, port }: Target): string =>
  `block drop in quick on ! lo0 proto ${protocol} from any to any port = ${port}${protocol === 'tcp' ? ' flags S/SA' : ''}`;

const nameOfPort = ({ protocol, port }: Target): string => `${port}/${protocol}`;

/**
 * What is reached past these rules, too: `rdr pass` lets it by before any of them is asked, and what any `rdr` has sent to
 * another port is seen by them as that one. Source: pf.conf(5), TRANSLATION.
 */
const openBy = ({ target, letBy = [], leadsTo = [] }: ExportItem): readonly string[] => [
  ...(letBy.length === 0
    ? []
    : [`${nameOfPort(target)} is reached through port ${letBy.join(', ')} (rdr pass); take that rdr rule away.`]),
  ...(leadsTo.length === 0
    ? []
    : [
        `${nameOfPort(target)} is sent on to port ${leadsTo.join(', ')} (rdr) before these rules are asked; take that rdr rule away.`,
      ]),
];

const stillOpen = (items: readonly ExportItem[]): readonly string[] => items.flatMap(openBy);

function header(
  title: string,
  items: readonly ExportItem[],
  from: ExportSource,
  other: string,
  lacks: readonly string[] = [],
): readonly string[] {
  return [
    ...scriptHead({
      title,
      items,
      from,
      check: `sudo pfctl -a com.apple/${NAME}.PROTOCOL-PORT -s rules`,
      undo: other,
      effect:
        'New connections are blocked. Those of TCP that are open stay open; what comes to a port of UDP is cut at once.',
      notes: stillOpen(items).map((line) => `Not expressed: ${line}`),
      lacks,
      umask: '022',
    }),
    `FOLDER=${FOLDER}`,
    `DAEMON=${DAEMON}`,
    `TOKEN=${TOKEN}`,
    '',
    '# Is our own reference still one of those that keep pf on?',
    'held() {',
    '  [ -s "$TOKEN" ] && pfctl -s References 2>/dev/null | grep -Fqw -e "$(cat "$TOKEN")"',
    '}',
    '',
  ];
}

/** At each start: what is in the folder is loaded, and pf switched on. Every word of it is fixed. */
const STARTUP = [
  'PATH=/usr/bin:/bin:/usr/sbin:/sbin',
  `for f in ${FOLDER}/${NAME}.*; do pfctl -q -a "com.apple/\${f##*/}" -f "$f"; done`,
  `pfctl -E 2>&1 | sed -n "s/^Token : //p" | tee ${TOKEN}`,
].join('; ');

const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const PLIST = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
  '<plist version="1.0">',
  '<dict>',
  '  <key>Label</key>',
  '  <string>org.portcullis.pf</string>',
  '  <key>ProgramArguments</key>',
  '  <array>',
  '    <string>/bin/sh</string>',
  '    <string>-c</string>',
  `    <string>${xml(STARTUP)}</string>`,
  '  </array>',
  '  <key>RunAtLoad</key>',
  '  <true/>',
  '</dict>',
  '</plist>',
];

const CLOSE = [
  '# An anchor below com.apple counts only where the main rules lead there.',
  'pfctl -s rules 2>/dev/null | grep -q \'^anchor "com\\.apple/\\*" all\' ||',
  '  fail "The rules that are loaded do not evaluate com.apple/*: another program has replaced those of macOS. Nothing was changed."',
  '',
  'work=$(mktemp -d /tmp/portcullis.XXXXXX)',
  'made=',
  'wrote_daemon=',
  'took_token=',
  'done=',
  '',
  '# Nothing is left half done.',
  'back() {',
  '  if [ -z "$done" ]; then',
  '    for name in $made; do',
  '      pfctl -q -a "com.apple/$name" -F rules 2>/dev/null || true',
  '      rm -f "$FOLDER/$name"',
  '    done',
  '    [ -z "$wrote_daemon" ] || rm -f "$DAEMON"',
  '    if [ -n "$took_token" ]; then',
  '      pfctl -q -X "$(cat "$TOKEN")" 2>/dev/null || true',
  '      rm -f "$TOKEN"',
  '    fi',
  "    printf 'portcullis: it did not work; what was begun is put back.\\n' >&2",
  '  fi',
  '  rm -rf "$work"',
  '}',
  'trap back EXIT',
  "trap 'exit 1' HUP INT TERM",
  '',
  '# close NAME RULE',
  'close() {',
  '  printf \'%s\\n\' "$2" >"$work/$1"',
  '  pfctl -q -n -a "com.apple/$1" -f "$work/$1" || fail "pfctl does not accept the rule: $2"',
  '  if [ -e "$FOLDER/$1" ]; then',
  '    cmp -s "$work/$1" "$FOLDER/$1" || fail "$FOLDER/$1 was changed by somebody. Look at it, or remove it."',
  '  else',
  '    made="$made $1"',
  '    cp "$work/$1" "$FOLDER/$1"',
  '  fi',
  '  pfctl -q -a "com.apple/$1" -f "$FOLDER/$1"',
  '}',
  '',
  '# verify NAME PROTOCOL PORT: what counts is what is loaded.',
  'verify() {',
  '  loaded=$(pfctl -a "com.apple/$1" -s rules 2>/dev/null)',
  '  [ "$(printf \'%s\\n\' "$loaded" | wc -l)" -eq 1 ] || fail "The rule for $3/$2 is not loaded."',
  '  case $2:$loaded in',
  '    "tcp:block drop in quick on ! lo0 proto tcp from any to any port = "*" flags S/SA") ;;',
  '    "udp:block drop in quick on ! lo0 proto udp from any to any port = "*) ;;',
  '    *) fail "Another rule is loaded for $3/$2: $loaded" ;;',
  '  esac',
  '}',
  '',
  'mkdir -p "$FOLDER"',
];

const SWITCH_ON = [
  '',
  'if ! [ -e "$DAEMON" ]; then',
  '  wrote_daemon=yes',
  '  cp "$work/daemon" "$DAEMON"',
  '  chmod 644 "$DAEMON"',
  'elif ! cmp -s "$work/daemon" "$DAEMON"; then',
  '  fail "$DAEMON was changed by somebody. Look at it, or remove it."',
  'fi',
  '',
  'if ! held; then',
  '  took_token=yes',
  '  pfctl -E 2>&1 | sed -n \'s/^Token : //p\' >"$TOKEN"',
  '  [ -s "$TOKEN" ] || fail "pf could not be switched on."',
  'fi',
  'pfctl -s info 2>/dev/null | grep -q \'^Status: Enabled\' || fail "pf is not on."',
];

const UNDO = [
  '# open NAME',
  'open() {',
  '  if [ -e "$FOLDER/$1" ]; then',
  '    pfctl -q -a "com.apple/$1" -F rules',
  '    rm -f "$FOLDER/$1"',
  '  fi',
  '}',
  '',
];

const SWITCH_OFF = [
  '',
  '# The last of them takes with it what all had in common.',
  'left=',
  `for file in "$FOLDER"/${NAME}.*; do`,
  '  if [ -e "$file" ]; then left=yes; fi',
  'done',
  'if [ -z "$left" ]; then',
  '  rm -f "$DAEMON"',
  '  if held; then pfctl -q -X "$(cat "$TOKEN")"; fi',
  '  rm -f "$TOKEN"',
  'fi',
];

export function exportPf(items: readonly ExportItem[], from: ExportSource): RuleFile {
  const filename = 'portcullis-close-pf.sh';
  const undoFilename = 'portcullis-undo-pf.sh';
  const open = stillOpen(items);
  const notExpressed = [
    ...open,
    ...(from.leftOut ?? []),
    'A rule of another program that stands before com.apple/* and says quick decides before these.',
    'For AirPlay and the sharing services of macOS, turn the setting off instead.',
  ];
  const ports = items.map(({ target }) => nameOfPort(target)).join(', ');
  const closed = items.filter((item) => openBy(item).length === 0).map(({ target }) => nameOfPort(target));
  const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
  return {
    format: 'pf',
    filename,
    content: text([
      ...header(
        'Closes ports with pf, the packet filter of macOS, for every network.',
        items,
        from,
        undoFilename,
        notExpressed,
      ),
      ...CLOSE,
      ...items.map(({ target }) => `close ${nameOf(target)} '${pfRule(target)}'`),
      '',
      'cat >"$work/daemon" <<\'PLIST\'',
      ...PLIST,
      'PLIST',
      ...SWITCH_ON,
      ...items.map(({ target }) => `verify ${nameOf(target)} ${target.protocol} ${target.port}`),
      'done=yes',
      ...(closed.length === 0 ? [] : [`echo 'Closed: ${closed.join(', ')}'`]),
      ...open.map((line) => `echo 'Not closed: ${line}'`),
    ]),
    undoFilename,
    undoContent: text([
      ...header('Takes back what portcullis-close-pf.sh did.', items, from, filename),
      ...UNDO,
      ...items.map(({ target }) => `open ${nameOf(target)}`),
      ...SWITCH_OFF,
      `echo 'Opened: ${ports}'`,
    ]),
    notExpressed,
  };
}
