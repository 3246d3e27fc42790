/** What a script for ufw keeps of what it found, and how its undo puts that back: parts of a shell script. */

/** The folder of a closing, on the computer that it is run on. */
export const KEPT_IN = '/var/lib/portcullis-export';

/** Where a closing keeps what it found, for its undo. */
export const STATE = [
  '# What was there before the first run, and what the last run left; both for the undo.',
  `STATE=${KEPT_IN}`,
  'umask 077',
  '',
  'as_left() {',
  '  [ -f "$STATE/left" ] && (cd /etc/ufw && sha256sum --status -c "$STATE/left")',
  '}',
  '',
];

/** The kernel takes a family's rules in one go. */
export const PUT_RULES = [
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

/** Before the first change, and at the end of a run. */
export const REMEMBER = [
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
];

export const PUT_BACK = [
  '# Nothing has changed since: all becomes what it was.',
  'put_back() {',
  '  put_rules "$STATE"',
  '  if [ -e "$STATE/was-off" ]; then ufw --force disable >/dev/null; fi',
  '  rm -rf "$STATE"',
  '  echo "The rules are what they were before the closing."',
  '  exit 0',
  '}',
  '',
];

/** What the undo does first. */
export const IF_AS_LEFT = [
  'if as_left; then put_back; fi',
  '[ ! -f "$STATE/left" ] || echo "Other rules have changed since; what the closing replaced is in $STATE." >&2',
];

export const TURN_ON = [
  'if ! grep -q "^ENABLED=yes" /etc/ufw/ufw.conf; then',
  '  remember',
  '  : >"$STATE/was-off"',
  '  ufw --force enable >/dev/null',
  '  echo "ufw is on."',
  'fi',
];

/** Where ufw stays as it is. */
export const ON = [
  'if ! grep -q "^ENABLED=yes" /etc/ufw/ufw.conf; then',
  '  echo "ufw is off: the rules are stored and hold once it is on. Allow what you need (for example: ufw allow ssh), then: ufw enable" >&2',
  'fi',
];

/** Left where the rules were changed since: then ufw is turned off again by this alone. */
export const TURN_OFF = [
  'if [ -e "$STATE/was-off" ]; then',
  '  ufw --force disable >/dev/null',
  '  rm -f "$STATE/was-off"',
  '  echo "ufw is off, as it was."',
  'fi',
];
