/**
 * A policy of firewalld as a file: from any zone to this computer, so it holds for networks that come later too.
 * Source: firewalld.policy(5), 1.3.3: `ANY` to `HOST`, a negative priority goes before the zones; a name of at most 17
 * characters (firewall/functions.py, max_policy_name_len).
 */
import type { Intent } from '../../firewalls/export.ts';
import type { RuleFile } from '../../model.ts';
import { byPort, DISCOVERY_CLOSED, exceptOf, headLines, hashed, itemsOf, joined } from '../parts.ts';
import { LETS_IN } from './firewalld.ts';
import { GUESTS_CLOSED } from './guests.ts';
import { SHELL_START } from '../../firewalls/shell-start.ts';

const POLICY = 'portcullis-export';
const FILE = `${POLICY}.xml`;
const UNDO = 'portcullis-undo-firewalld-xml.sh';
const PLACE = `/etc/firewalld/policies/${FILE}`;
const MARK = 'Closed by Portcullis';

/** XML 1.0, 2.5: a comment holds no two hyphens after each other and ends in none. */
const inComment = (line: string): string => line.replace(/-(?=-)/g, '- ').replace(/-$/, '- ');

function rulesOf(intent: Intent): readonly string[] {
  return itemsOf(intent).flatMap((item) => {
    const { protocol, port } = item.target;
    const element = `<port port="${port}" protocol="${protocol}"/>`;
    return [
      ...([4, 6] as const).flatMap((family) =>
        exceptOf(item, family).map(
          (network) =>
            `<rule family="ipv${family}" priority="-2"><source address="${network}"/>${element}<accept/></rule>`,
        ),
      ),
      `<rule priority="-1">${element}<drop/></rule>`,
    ];
  });
}

const NEEDED = [
  '<protocol value="icmp"/>',
  '<protocol value="ipv6-icmp"/>',
  '<protocol value="igmp"/>',
  '<port port="68" protocol="udp"/>',
  '<port port="546" protocol="udp"/>',
] as const;

export function exportFirewalldXml(intent: Intent): RuleFile {
  const closed = intent.rest === 'close';
  const lets = closed || intent.close.some((one) => one.for !== 'everyone');
  const notExpressed = [
    'Ports that a container publishes or a rule redirects are not closed by it.',
    'A new policy is there only after firewalld is reloaded, and a reload forgets what was set for now alone (firewall-cmd without --permanent).',
    ...(lets ? [LETS_IN] : []),
    ...(closed ? [DISCOVERY_CLOSED, GUESTS_CLOSED] : []),
  ];
  const head = headLines(intent, {
    title: 'A policy of firewalld (0.9 or newer) that closes ports, on IPv4 and IPv6, for every zone.',
    run: [`sudo install -m 644 ${FILE} ${PLACE}`, 'sudo firewall-cmd --check-config && sudo firewall-cmd --reload'],
    check: [`sudo firewall-cmd --info-policy=${POLICY}`],
    undo: [`sudo sh ${UNDO}`],
    notes: [
      'A comment of XML may not hold two hyphens after each other: where two stand here with a space between them, leave it out.',
    ],
    notExpressed,
  });
  const undo = headLines(intent, {
    title: `Takes the policy of ${FILE} away again.`,
    run: [`sudo sh ${UNDO}`],
    check: ['sudo firewall-cmd --get-policies'],
    undo: [`the way it was put there, which stands in ${FILE}`],
    notes: [],
    notExpressed: [],
  });
  const kept = closed
    ? [
        ...new Set([
          ...NEEDED,
          ...byPort(intent.keep).map(({ protocol, port }) => `<port port="${port}" protocol="${protocol}"/>`),
        ]),
      ]
    : [];
  return {
    format: 'firewalld-xml',
    filename: FILE,
    content: joined([
      '<?xml version="1.0" encoding="utf-8"?>',
      '<!--',
      ...hashed(head).map((line) => inComment(`  ${line}`)),
      '-->',
      `<policy priority="-15000" target="${closed ? 'DROP' : 'CONTINUE'}">`,
      `  <short>${MARK}</short>`,
      '  <ingress-zone name="ANY"/>',
      '  <egress-zone name="HOST"/>',
      ...[...kept, ...rulesOf(intent)].map((line) => `  ${line}`),
      '</policy>',
    ]),
    undoFilename: UNDO,
    undoContent: joined([
      '#!/bin/sh',
      ...hashed(undo),
      ...SHELL_START,
      `file=${PLACE}`,
      'if [ ! -e "$file" ]; then',
      '  echo "There is no such policy."',
      '  exit 0',
      'fi',
      `grep -Fq "<short>${MARK}</short>" "$file" || fail "$file is not Portcullis's; it is left alone."`,
      'rm -f "$file" "$file.old"',
      'if [ "$(firewall-cmd --state 2>/dev/null)" = running ]; then firewall-cmd --reload >/dev/null; fi',
      'echo "The policy is gone."',
    ]),
    notExpressed,
  };
}
