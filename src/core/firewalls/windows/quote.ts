/** Text in PowerShell scripts. */

/**
 * A single-quoted PowerShell string. PowerShell takes typographic quotes for quotes as well, so each is doubled; control
 * characters become spaces, and `|`, which the rule store uses to separate fields, becomes a slash.
 */
export function quote(text: string): string {
  const safe = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').replaceAll('|', '/');
  return `'${safe.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
