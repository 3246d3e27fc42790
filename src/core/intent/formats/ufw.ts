/** ufw: ports closed to everybody by the script's own way; whom to leave out, and the rest, by a block of rules ahead of all. */
import type { ExportItem, Intent } from '../../firewalls/export.ts';
import { type BlockLine, exportUfw } from '../../firewalls/registry.ts';
import type { RuleFile } from '../../model.ts';
import { GUESTS_OF_UFW, UFW_GUEST_NAME, ufwGuestPorts } from './guests.ts';
import { byPort, familyOf, halvesOf, itemsOf, sourceOf } from '../parts.ts';

const ALL = ['0.0.0.0/0', '::/0'];

/** A network by its halves. Where a half is one address, or there is none, it is halves of all that it can come to. */
function sourced(network: string): readonly Pick<BlockLine, 'from' | 'to'>[] {
  const halves = halvesOf(network);
  if (halves.every((half) => half.includes('/'))) return halves.map((from) => ({ from, to: null }));
  return halvesOf(familyOf(network) === 4 ? '0.0.0.0/0' : '::/0').map((to) => ({ from: network, to }));
}

/**
 * In the order in which ufw asks them. Nothing is written as anybody else would: ufw takes a rule that is there already,
 * further down, for the same one and leaves it where it is.
 */
export function ufwBlock(intent: Intent, items: readonly ExportItem[] = itemsOf(intent)): readonly BlockLine[] {
  const lines = (
    action: BlockLine['action'],
    protocol: BlockLine['protocol'],
    port: number | null,
    networks: readonly string[],
  ): readonly BlockLine[] =>
    networks.flatMap((from) => sourced(from).map((ends) => ({ action, protocol, port, ...ends })));
  const excepted = items.flatMap(({ target: { protocol, port }, allBut = [] }) =>
    lines('allow', protocol, port, allBut),
  );
  if (intent.rest === 'close') {
    return [
      ...excepted,
      ...byPort(intent.keep).flatMap(({ protocol, port }) => lines('allow', protocol, port, ALL)),
      ...lines('deny', 'any', null, ALL),
    ];
  }
  return [...excepted, ...items.flatMap(({ target: { protocol, port } }) => lines('deny', protocol, port, ALL))];
}

/** What guests need, through one interface of theirs. */
export const ufwGuests = (): readonly BlockLine[] =>
  ALL.flatMap((all) =>
    ufwGuestPorts(familyOf(all)).flatMap((what) =>
      sourced(all).map((ends) => ({ action: 'allow' as const, ...what, ...ends })),
    ),
  );

/** What the script closes by the block: whatever is not closed to everybody, and all where the rest is closed. */
const isOfBlock = (intent: Intent, { allBut = [] }: ExportItem): boolean =>
  intent.rest === 'close' || allBut.length > 0;

export function exportUfwIntent(intent: Intent): RuleFile {
  const { keep, rest } = intent;
  const blocked = itemsOf(intent).filter((item) => isOfBlock(intent, item));
  return exportUfw(
    itemsOf(intent).filter((item) => !isOfBlock(intent, item)),
    sourceOf(intent),
    {
      lines: ufwBlock(intent, blocked),
      items: blocked,
      keep,
      rest,
      guests: rest === 'close' ? { name: UFW_GUEST_NAME, lines: ufwGuests() } : null,
      leftOut: rest === 'close' ? [GUESTS_OF_UFW] : [],
    },
  );
}
