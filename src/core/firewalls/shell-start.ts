/** What every shell script for Linux begins with. */
export const SHELL_START: readonly string[] = [
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
];
