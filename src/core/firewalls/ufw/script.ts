/** A shell script that closes ports with ufw on another machine, and one that opens them again. Both may be run twice. */
import type { RuleFile } from '../../model.ts';
import { commentText, type ExportItem, type ExportSource, leftOutLines, type Posture } from '../export.ts';
import { SHELL_START } from '../shell-start.ts';
import { BLOCK, type Block, blockText, NO_BLOCK, PUT_BLOCK, TAKE_BLOCK } from './script-block.ts';
import { CLOSE_PORT, DENY_HALF, FIRST, OPEN_PORT } from './script-ports.ts';
import { IF_AS_LEFT, KEPT_IN, ON, PUT_BACK, PUT_RULES, REMEMBER, STATE, TURN_OFF, TURN_ON } from './script-state.ts';

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
    ...SHELL_START,
    'command -v ufw >/dev/null || fail "ufw is not installed: apt install ufw"',
    '',
  ];
}

/** The script and its undo. `block`: rules that go ahead of all others, beside the ports that are closed to everybody. */
export function exportUfw(items: readonly ExportItem[], from: ExportSource, block: Block = NO_BLOCK): RuleFile {
  const filename = 'portcullis-close-ufw.sh';
  const undoFilename = 'portcullis-undo-ufw.sh';
  const all = [...items, ...block.items];
  const blocked = block.lines.length > 0;
  const turnsOn = block.rest === 'close';
  const notExpressed = [
    'Rules of other programs (Docker, hand-made iptables or nftables rules) come before ufw’s and are not changed: ports that a container publishes or another rule redirects are not closed.',
    `Rules that the closing replaces are put back by the undo script only where no other rule was changed since; otherwise they lie in ${KEPT_IN}.`,
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
      ...FIRST,
      ...STATE,
      ...DENY_HALF,
      ...PUT_RULES,
      ...REMEMBER,
      ...CLOSE_PORT,
      ...(blocked ? [...BLOCK, ...PUT_BLOCK, ...blockText(block)] : []),
      ...items.map(({ target: { protocol, port } }) => `close_port ${protocol} ${port}`),
      ...(blocked ? ['put_block'] : []),
      '',
      ...(turnsOn ? TURN_ON : ON),
    ]),
    undoFilename,
    undoContent: text([
      ...undoing,
      ...STATE,
      ...DENY_HALF,
      ...PUT_RULES,
      ...PUT_BACK,
      ...OPEN_PORT,
      ...IF_AS_LEFT,
      ...(blocked ? [...BLOCK, ...TAKE_BLOCK, ...blockText(block), 'take_block'] : []),
      ...items.map(({ target: { protocol, port } }) => `open_port ${protocol} ${port}`),
      ...(turnsOn ? TURN_OFF : []),
    ]),
    notExpressed,
  };
}
