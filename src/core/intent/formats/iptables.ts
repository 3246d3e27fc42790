/**
 * A chain of iptables of its own, PORTCULLIS-EXPORT, hooked once and first into INPUT of both families: a shell script that
 * feeds `iptables-restore -n`, which changes a table in one step and leaves all other chains alone.
 * Source: iptables-restore(8), 1.8.9: with `-n` a chain that is declared (`:NAME`) is emptied, or made; no other is touched.
 */
import type { Intent } from '../../firewalls/export.ts';
import type { Family, RuleFile } from '../../model.ts';
import { byPort, DISCOVERY_CLOSED, exceptOf, hashed, headLines, itemsOf, joined } from '../parts.ts';
import { GUESTS_BY_INTERFACE, iptablesGuests } from './guests.ts';
import { SHELL_START } from '../../firewalls/shell-start.ts';

const CHAIN = 'PORTCULLIS-EXPORT';
const FILE = 'portcullis-close-iptables.sh';
const UNDO = 'portcullis-undo-iptables.sh';

const NEW = { tcp: '-p tcp -m tcp --syn', udp: '-p udp -m conntrack --ctstate NEW,UNTRACKED -m udp' } as const;

/** What a computer needs of a network whatever is closed. DHCP's answers: RFC 2131, 4.1; RFC 8415, 7.2. */
const NEEDED: Record<Family, readonly string[]> = {
  4: ['-p icmp -j RETURN', '-p igmp -j RETURN', '-p udp -m udp --sport 67 --dport 68 -j RETURN'],
  6: ['-p ipv6-icmp -j RETURN', '-s fe80::/10 -p udp -m udp --sport 547 --dport 546 -j RETURN'],
};

/** The rules of the chain in one family. RETURN: the rules of others decide, as they did. */
function rulesOf(intent: Intent, family: Family): readonly string[] {
  const items = [...itemsOf(intent)].sort(
    (a, b) => a.target.port - b.target.port || a.target.protocol.localeCompare(b.target.protocol),
  );
  const close = items.flatMap((item) => {
    const { protocol, port } = item.target;
    return [
      ...exceptOf(item, family).map(
        (network) => `-s ${network} -p ${protocol} -m ${protocol} --dport ${port} -j RETURN`,
      ),
      `${NEW[protocol]} --dport ${port} -j DROP`,
    ];
  });
  const rest = [
    ...NEEDED[family],
    ...iptablesGuests(family),
    ...byPort(intent.keep).map(({ protocol, port }) => `-p ${protocol} -m ${protocol} --dport ${port} -j RETURN`),
    '-p tcp -m tcp ! --syn -j RETURN',
    '-j DROP',
  ];
  return [
    '-i lo -j RETURN',
    '-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN',
    ...close,
    ...(intent.rest === 'close' ? rest : []),
  ].map((rule) => `-A ${CHAIN} ${rule}`);
}

/** Shared by the script and its undo: which families there are, and the lines that unhook the chain. */
const COMMON: readonly string[] = [
  `CHAIN=${CHAIN}`,
  'families=iptables',
  '# A computer without IPv6 has nothing to close there.',
  'if [ -e /proc/net/if_inet6 ]; then families="iptables ip6tables"; fi',
  'for program in $families; do',
  '  command -v "$program-restore" >/dev/null || fail "$program is not installed"',
  'done',
  '',
  '# input PROGRAM: the rules of INPUT, one a line.',
  'input() {',
  '  "$1" -w -S INPUT | grep "^-A " || true',
  '}',
  '',
  '# unhook PROGRAM: a line for each time that the chain is hooked in.',
  'unhook() {',
  '  input "$1" | grep -Fx -e "-A INPUT -j $CHAIN" | sed "s/^-A/-D/" || true',
  '}',
  '',
  '# restore PROGRAM LINES [--test]: the lines are made before, since both programs would wait for the same lock.',
  'restore() {',
  '  printf "%s\\n" "$2" | "$1-restore" -w -n ${3:-}',
  '}',
  '',
  '# gone PROGRAM: the lines that take the chain away, and nothing else.',
  'gone() {',
  '  echo "*filter"',
  '  unhook "$1"',
  '  echo "-F $CHAIN"',
  '  echo "-X $CHAIN"',
  '  echo COMMIT',
  '}',
  '',
];

const APPLY: readonly string[] = [
  '# wanted PROGRAM: the lines that make the chain, hooked once and first.',
  'wanted() {',
  '  echo "*filter"',
  '  echo ":$CHAIN - [0:0]"',
  '  if [ "$(input "$1" | sed -n 1p)" != "-A INPUT -j $CHAIN" ] || [ "$(unhook "$1" | wc -l)" -ne 1 ]; then',
  '    unhook "$1"',
  '    echo "-I INPUT 1 -j $CHAIN"',
  '  fi',
  '  "rules_$1"',
  '  echo COMMIT',
  '}',
  '',
  '# Nothing is changed before all of it was tried.',
  'for program in $families; do',
  '  restore "$program" "$(wanted "$program")" --test || fail "$program does not take the rules; nothing was changed."',
  'done',
  'if [ "${1:-}" = --test ]; then',
  '  echo "The rules are taken; nothing was changed."',
  '  exit 0',
  'fi',
  'for program in $families; do',
  '  had=$("$program" -w -S "$CHAIN" >/dev/null 2>&1 && echo yes || true)',
  '  if ! restore "$program" "$(wanted "$program")"; then',
  '    if [ "$program" = ip6tables ] && [ -z "${had4:-}" ]; then restore iptables "$(gone iptables)"; fi',
  '    fail "$program did not take the rules."',
  '  fi',
  '  if [ "$program" = iptables ]; then had4=$had; fi',
  'done',
  'echo "The ports are closed."',
];

const TAKE_AWAY: readonly string[] = [
  'for program in $families; do',
  '  if "$program" -w -S "$CHAIN" >/dev/null 2>&1; then',
  '    restore "$program" "$(gone "$program")"',
  '    echo "The chain is gone from $program."',
  '  else',
  '    echo "There is no chain of it in $program."',
  '  fi',
  'done',
];

export function exportIptables(intent: Intent): RuleFile {
  const notExpressed = [
    'Ports that a container publishes or a rule redirects do not come through INPUT and are not closed: Docker’s are in FORWARD.',
    'The chain is in the kernel until the next start. iptables-persistent (netfilter-persistent save) keeps it, with all other rules that are there then, Docker’s among them.',
    'Where rules stand in both forms of iptables (iptables-nft and iptables-legacy), it is put into the one that "iptables" is here; both are asked by the kernel.',
    'Another program that writes INPUT anew (ufw, firewalld with its older backend) may put its own rules first or take the hook away; running the script again puts it first.',
    'A port that other rules block stays blocked: the chain closes, and lets nothing in by itself.',
    'Where iptables-nft had no table yet, its empty tables stay behind after the undo.',
    ...(intent.rest === 'close' ? [DISCOVERY_CLOSED, GUESTS_BY_INTERFACE] : []),
  ];
  const head = headLines(intent, {
    title: 'Closes ports with iptables, on IPv4 and IPv6, in a chain of its own.',
    run: [
      `sudo sh ${FILE} --test   tries it and changes nothing`,
      `sudo sh ${FILE}          again, it changes nothing`,
    ],
    check: [`sudo iptables -S ${CHAIN}; sudo ip6tables -S ${CHAIN}`],
    undo: [`sudo sh ${UNDO}`],
    notes: [],
    notExpressed,
  });
  const undo = headLines(intent, {
    title: `Takes the chain of ${FILE} away again, and nothing else.`,
    run: [`sudo sh ${UNDO}`],
    check: ['sudo iptables -S INPUT; sudo ip6tables -S INPUT'],
    undo: [`sudo sh ${FILE}`],
    notes: [],
    notExpressed: [],
  });
  const rules = (program: string, family: Family): readonly string[] => [
    `rules_${program}() {`,
    "  cat <<'END'",
    ...rulesOf(intent, family),
    'END',
    '}',
    '',
  ];
  return {
    format: 'iptables',
    filename: FILE,
    content: joined([
      '#!/bin/sh',
      ...hashed(head),
      ...SHELL_START,
      ...COMMON,
      ...rules('iptables', 4),
      ...rules('ip6tables', 6),
      ...APPLY,
    ]),
    undoFilename: UNDO,
    undoContent: joined(['#!/bin/sh', ...hashed(undo), ...SHELL_START, ...COMMON, ...TAKE_AWAY]),
    notExpressed,
  };
}
