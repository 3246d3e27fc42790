/**
 * The application firewall of macOS: a shell script that blocks the programs that hold ports, and its undo, which puts back
 * for each what its list said before. Source: the usage that socketfilterfw prints. Not run on a Mac here.
 */
import type { RuleFile } from '../../model.ts';
import type { ExportItem, ExportSource } from '../export.ts';
import { scriptHead } from '../script-head.ts';
import { problem } from '../../problem.ts';
import { isPlainText, shellWord } from '../sh.ts';

const FIREWALL = '/usr/libexec/ApplicationFirewall/socketfilterfw';
const STATE = '/Library/Application Support/Portcullis/application-firewall';

/** A program in a bundle is listed by its bundle. */
const entryOf = (path: string): string => /^(\/.*?\.app)\/Contents\/MacOS\/[^/]+$/.exec(path)?.[1] ?? path;

interface Sorted {
  readonly entries: readonly string[];
  readonly refused: readonly string[];
}

function sorted(items: readonly ExportItem[]): Sorted {
  const entries = new Set<string>();
  const refused: string[] = [];
  for (const { target, programs = [] } of items) {
    const fit = programs.map(entryOf).filter(isPlainText);
    for (const path of fit) entries.add(path);
    if (fit.length === 0 || fit.length < programs.length)
      refused.push(
        `${target.port}/${target.protocol}: which program listens there is not known, or its path cannot stand in a script.`,
      );
  }
  return { entries: [...entries], refused };
}

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
      check: `${FIREWALL} --listapps`,
      undo: other,
      effect: 'A program is blocked with all of its ports; connections that are open stay open.',
      lacks,
      umask: '077',
    }),
    `FIREWALL=${FIREWALL}`,
    `STATE=${shellWord(STATE)}`,
    '',
    '# key PATH: a name for the files that keep what was before.',
    'key() {',
    '  printf \'%s\' "$1" | shasum -a 256 | cut -c 1-32',
    '}',
    '',
    '# listed PATH: allow, block, or absent.',
    'listed() {',
    '  "$FIREWALL" --listapps | WANT="$1" awk \'',
    '    /^[ \\t]*[0-9]+ :/ {',
    '      path = $0; sub(/^[ \\t]*[0-9]+ :[ \\t]*/, "", path)',
    '      said = ""',
    '      if (match(path, /\\([ \\t]*(Allow|Block) incoming connections[ \\t]*\\)[ \\t]*$/)) { said = substr(path, RSTART); path = substr(path, 1, RSTART - 1) }',
    '      sub(/[ \\t]+$/, "", path)',
    '      mine = (path == ENVIRON["WANT"])',
    '      if (!mine || said == "") next',
    '      print (said ~ /Allow/ ? "allow" : "block"); found = 1; exit',
    '    }',
    '    mine && /\\([ \\t]*Allow incoming connections/ { print "allow"; found = 1; exit }',
    '    mine && /\\([ \\t]*Block incoming connections/ { print "block"; found = 1; exit }',
    '    END { if (!found) print "absent" }',
    "  '",
    '}',
    '',
    '# put PATH WHAT',
    'put() {',
    '  case $2 in',
    '    absent) [ "$(listed "$1")" = absent ] || "$FIREWALL" --remove "$1" >/dev/null ;;',
    '    allow) "$FIREWALL" --unblockapp "$1" >/dev/null ;;',
    '    block)',
    '      [ "$(listed "$1")" != absent ] || "$FIREWALL" --add "$1" >/dev/null',
    '      "$FIREWALL" --blockapp "$1" >/dev/null',
    '      ;;',
    '    *) fail "What was there before is not known: $1" ;;',
    '  esac',
    '  [ "$(listed "$1")" = "$2" ] || fail "The application firewall did not take it: $1"',
    '}',
    '',
  ];
}

const BLOCK = [
  '"$FIREWALL" --getglobalstate | grep -q \'(State = [12])\' ||',
  '  fail "The application firewall is off, so blocking a program would do nothing. Turn it on first: sudo $FIREWALL --setglobalstate on"',
  '',
  'begun=',
  'done=',
  '# Nothing is left half done.',
  'back() {',
  '  [ -z "$done" ] || return 0',
  '  for key in $begun; do',
  '    IFS= read -r path <"$STATE/$key.path"',
  '    put "$path" "$(cat "$STATE/$key.before")" || true',
  '    rm -f "$STATE/$key.path" "$STATE/$key.before"',
  '  done',
  "  printf 'portcullis: it did not work; what was begun is put back.\\n' >&2",
  '}',
  'trap back EXIT',
  "trap 'exit 1' HUP INT TERM",
  '',
  '# block PATH',
  'block() {',
  '  key=$(key "$1")',
  '  if ! [ -e "$STATE/$key.before" ]; then',
  '    printf \'%s\\n\' "$1" >"$STATE/$key.path"',
  '    listed "$1" >"$STATE/$key.before"',
  '    begun="$begun $key"',
  '  fi',
  '  put "$1" block',
  '}',
  '',
  'mkdir -p "$STATE"',
];

const UNBLOCK = [
  '# unblock PATH',
  'unblock() {',
  '  key=$(key "$1")',
  '  [ -e "$STATE/$key.before" ] || return 0',
  '  put "$1" "$(cat "$STATE/$key.before")"',
  '  rm -f "$STATE/$key.path" "$STATE/$key.before"',
  '}',
  '',
];

/** @throws ProblemError `bad-input` where of no port a program is known that can be blocked */
export function exportAlf(items: readonly ExportItem[], from: ExportSource): RuleFile {
  const filename = 'portcullis-block-alf.sh';
  const undoFilename = 'portcullis-undo-alf.sh';
  const { entries, refused } = sorted(items);
  if (entries.length === 0) throw problem('bad-input', { kind: 'programs-unknown', format: 'alf' });
  const notExpressed = [
    ...(from.leftOut ?? []),
    ...refused,
    'The application firewall blocks a program with all of its ports, and never one port alone.',
    'For AirPlay and the sharing services of macOS, turn the setting off instead.',
  ];
  const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
  const each = (verb: string): readonly string[] => entries.map((path) => `${verb} ${shellWord(path)}`);
  return {
    format: 'alf',
    filename,
    content: text([
      ...header('Blocks programs with the application firewall of macOS.', items, from, undoFilename, notExpressed),
      ...BLOCK,
      ...each('block'),
      'done=yes',
      `echo 'Blocked: ${entries.length}'`,
    ]),
    undoFilename,
    undoContent: text([
      ...header('Takes back what portcullis-block-alf.sh did.', items, from, filename),
      ...UNBLOCK,
      ...each('unblock'),
      'echo Done',
    ]),
    notExpressed,
  };
}
