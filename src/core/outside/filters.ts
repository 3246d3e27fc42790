/** What `tc filter show` prints -> what those filters can do to a packet. */

/** `nothing`: they sort and count. Format: tc(8) of iproute2 6, and the actions' own pages. */
export type Power = 'nothing' | 'drop' | 'anything';

/** What follows `action order N:`, and what it can do; what is not here can do anything. */
const ACTIONS: readonly (readonly [RegExp, Power])[] = [
  [/^gact action (pass|ok|pipe|continue|reclassify)\b/, 'nothing'],
  [/^gact action (drop|shot)\b/, 'drop'],
  [/^police\b/, 'drop'],
  [/^mirred \((Egress|Ingress) Mirror to /, 'nothing'],
  // Where laptops shape what comes in: ifb hands every packet back to the device that it came from.
  [/^mirred \(Egress Redirect to device ifb/, 'nothing'],
  [/^(connmark|sample|simple)\b/, 'nothing'],
];

const RANK: Readonly<Record<Power, number>> = { nothing: 0, drop: 1, anything: 2 };

/** The most that any of the filters can do. */
export function powerOf(text: string): Power {
  let most: Power = 'nothing';
  const atLeast = (power: Power): void => {
    if (RANK[power] > RANK[most]) most = power;
  };
  // A program that acts by itself instead of naming a class.
  if (/^filter .* bpf .*\bdirect-action\b/m.test(text)) atLeast('anything');
  for (const [, said = ''] of text.matchAll(/^\s*(?:action order \d+:\s*(?=\S)|(?=police ))(.*)$/gm)) {
    atLeast(ACTIONS.find(([pattern]) => pattern.test(said))?.[1] ?? 'anything');
  }
  return text.trim() === '' || text.startsWith('filter ') ? most : 'anything';
}
