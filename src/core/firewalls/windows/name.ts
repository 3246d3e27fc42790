/** What a rule is called where it is told. */
import type { WindowsRule } from './model.ts';

/** A resource (`@FirewallAPI.dll,-28502`) says nothing to people: the rule's own id does. */
export const nameOf = ({ name, id }: Pick<WindowsRule, 'name' | 'id'>): string =>
  name.startsWith('@') || name.trim() === '' ? id : name;
