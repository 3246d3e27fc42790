/** Rules that do nothing. */
import type { RuleFault } from '../hygiene/index.ts';
import type { IdleSaid } from '../says.ts';
import { asRoot } from '../shell-command.ts';

/** A key that stays the same as long as the rule does. */
export const named = ({ rule, families }: RuleFault): string =>
  `${rule.firewall}-${families.join('-')}-${rule.text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

export const idleSaid = (fault: RuleFault): IdleSaid => ({
  kind: fault.kind,
  firewall: fault.rule.firewall,
  rule: fault.rule.text,
  action: fault.rule.action,
  against: fault.against,
  families: fault.families,
  by: fault.by,
  deletion: deletion(fault),
});

/** The command that deletes it; null where there is none, or where it still does something. */
function deletion({ kind, rule, families }: RuleFault): string | null {
  if (kind === 'overridden' || rule.removal.length === 0) return null;
  const plain = rule.firewall === 'ufw' && families.length === 2 && /^[\w./:, -]+$/.test(rule.text);
  return asRoot(plain ? ['ufw', 'delete', ...rule.text.split(' ')] : rule.removal);
}
