/** What people call a rule. Small: the window loads it. */
import { parseRegistryText } from './registry-text.ts';

/** Its `Name`, or its id where that is a resource (`@FirewallAPI.dll,-28502`) or nothing. */
export function ruleName(id: string, text: string): string {
  const name = parseRegistryText(text)?.fields.findLast(({ key }) => key.toLowerCase() === 'name')?.value ?? '';
  return name.startsWith('@') || name.trim() === '' ? id : name;
}
