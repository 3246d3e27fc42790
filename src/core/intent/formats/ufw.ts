/** ufw: ports closed to everybody by the script's own way; whom to leave out, and the rest, by a block of rules ahead of all. */
import type { ExportItem, Intent } from '../../firewalls/export.ts';
import { type BlockLine, exportUfw } from '../../firewalls/registry.ts';
import type { RuleFile } from '../../model.ts';
import { byPort, EVERYWHERE, halvesOf, itemsOf, sourceOf } from '../parts.ts';

/**
 * In the order in which ufw asks them. Each network is written as its two halves: ufw takes a rule that is there already,
 * further down, for the same one and leaves it where it is.
 */
export function ufwBlock(intent: Intent, items: readonly ExportItem[] = itemsOf(intent)): readonly BlockLine[] {
  const lines = (
    action: BlockLine['action'],
    protocol: BlockLine['protocol'],
    port: number | null,
    networks: readonly string[],
  ): readonly BlockLine[] => networks.map((from) => ({ action, protocol, port, from }));
  const excepted = items.flatMap(({ target: { protocol, port }, allBut = [] }) =>
    lines('allow', protocol, port, allBut.flatMap(halvesOf)),
  );
  if (intent.rest === 'close') {
    return [
      ...excepted,
      ...byPort(intent.keep).flatMap(({ protocol, port }) => lines('allow', protocol, port, EVERYWHERE)),
      ...lines('deny', 'any', null, EVERYWHERE),
    ];
  }
  return [...excepted, ...items.flatMap(({ target: { protocol, port } }) => lines('deny', protocol, port, EVERYWHERE))];
}

/** What the script closes by the block: whatever is not closed to everybody, and all where the rest is closed. */
const isOfBlock = (intent: Intent, { allBut = [] }: ExportItem): boolean =>
  intent.rest === 'close' || allBut.length > 0;

export function exportUfwIntent(intent: Intent): RuleFile {
  const { keep, rest } = intent;
  const blocked = itemsOf(intent).filter((item) => isOfBlock(intent, item));
  return exportUfw(
    itemsOf(intent).filter((item) => !isOfBlock(intent, item)),
    sourceOf(intent),
    { lines: ufwBlock(intent, blocked), items: blocked, keep, rest },
  );
}
