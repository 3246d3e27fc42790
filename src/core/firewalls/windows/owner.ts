/** Whose rule it is: that of a person here, Portcullis's, or one that Windows, a package, or an administrator has put there. */
import { listed, pairSchema, windowsPart } from '../../machine/windows.ts';
import type { RuleInWords, Snapshot } from '../../model.ts';
import type { Store, WindowsRule } from './model.ts';
import { TOOLS } from '../tool-names.ts';
import { parseRegistryText } from './registry-text.ts';

export type RuleOwner = Pick<RuleInWords, 'owner' | 'tool'>;

/** The group that a rule is shown in, by its store and id; only the registry tells it. */
export type RuleGroups = ReadonlyMap<string, string>;

const PARTS = [
  ['localRules', 'local'],
  ['policyRules', 'policy'],
  ['mdmRules', 'mdm'],
] as const;

/** EmbedCtxt of each rule. Source: [MS-GPFAS] 2.2.2.19. */
export function groupsOf(snapshot: Snapshot): RuleGroups {
  const groups = new Map<string, string>();
  for (const [part, store] of PARTS) {
    const read = windowsPart(snapshot, part);
    for (const one of 'why' in read ? [] : listed(read.value)) {
      const pair = pairSchema.safeParse(one);
      if (!pair.success || !/embedctxt=/i.test(String(pair.data.value))) continue;
      const fields = parseRegistryText(String(pair.data.value))?.fields ?? [];
      const group = fields.find(({ key }) => key.toLowerCase() === 'embedctxt')?.value;
      if (group !== undefined && group !== '') groups.set(groupKey(store, pair.data.name), group);
    }
  }
  return groups;
}

const groupKey = (store: Store, id: string): string => `${store} ${id}`;

export const groupOf = ({ store, id }: Pick<WindowsRule, 'store' | 'id'>, groups: RuleGroups): string | null =>
  groups.get(groupKey(store, id)) ?? null;

/**
 * A text of the system's own libraries: what comes with Windows is named by it. Another library may lie anywhere, with its
 * whole path. Source: INetFwRule::put_Grouping on Microsoft Learn, indirect strings.
 */
const OF_SYSTEM = /^@(%(systemroot|windir)%\\system32\\|[a-z]:\\windows\\system32\\)?[\w.-]+\.(dll|exe|mui),-\d+$/i;

/** `@{Microsoft.XboxApp_48.49_x64__8wekyb3d8bbwe?ms-resource://…}`: the package's name, as far as its version. */
const OF_PACKAGE = /^@\{([\w.-]+?)_/;

const OURS = 'Portcullis';

/**
 * Which program's installer has written a rule is not told: what neither Windows, a package nor an administrator of many
 * computers has put there counts as made here.
 */
export function ownerOf(rule: WindowsRule, groups: RuleGroups): RuleOwner {
  const { id, name, store, packaged, family } = rule;
  const tool = (named: string | null): RuleOwner => ({ owner: 'tool', tool: named });
  const group = groupOf(rule, groups);
  switch (store) {
    case 'policy':
      return tool(TOOLS.policy);
    case 'mdm':
      return tool(TOOLS.mdm);
    case 'other':
      return tool(null);
    case 'local':
      break;
  }
  if (id.startsWith(`${OURS}-`) && (group === null || group === OURS)) return { owner: 'portcullis', tool: null };
  const texts = [name, group ?? ''];
  const of = texts.map((text) => OF_PACKAGE.exec(text)?.[1]).find((text) => text !== undefined);
  if (packaged || family !== null || of !== undefined) return tool(of ?? TOOLS.app);
  if (texts.some((text) => OF_SYSTEM.test(text))) return tool(TOOLS.windows);
  return texts.some((text) => text.startsWith('@')) ? tool(null) : { owner: 'you', tool: null };
}
