/**
 * What socketfilterfw of macOS says -> the settings of the application firewall, and the programs in its list. Sources:
 * its own usage; Apple, "Block connections to your Mac with a firewall"; outputs of macOS 12 to 26.
 */
import { type GapWhat, type GapWhy, gap } from '../../gaps/index.ts';
import type { FirewallState, Gap, Policy, Reading, Snapshot } from '../../model.ts';
import { find, whyNot } from '../../transcripts.ts';

export interface AlfApp {
  /** A file, or a bundle: `/Applications/Foo.app`. */
  readonly path: string;
  readonly allow: boolean;
}

/** null: not known. */
export interface AlfSettings {
  readonly on: boolean | null;
  /** All is blocked but basic services of the system. */
  readonly blockAll: boolean | null;
  /** Programs that came with the system are let in without an entry. */
  readonly builtIn: boolean | null;
  /** Others that are signed are, too. */
  readonly signed: boolean | null;
  readonly stealth: boolean | null;
  readonly apps: readonly AlfApp[] | null;
}

const SETTINGS: GapWhat = { kind: 'mac', part: 'application-firewall' };
const LIST: GapWhat = { kind: 'mac', part: 'application-list' };
const ROOT = { kind: 'as-root' } as const;
const AGAIN = { kind: 'scan-again' } as const;
const GARBLED: GapWhy = { kind: 'garbled', by: 'socketfilterfw' };

export function readAlf(snapshot: Snapshot): Reading<AlfSettings> {
  const gaps: Gap[] = [];
  const said = (id: string): string | null => {
    const transcript = find(snapshot, id);
    return whyNot(transcript) === null ? (transcript?.stdout ?? '') : null;
  };
  const missing = (id: string, what: GapWhat): void => {
    const why = whyNot(find(snapshot, id)) ?? GARBLED;
    gaps.push(gap({ what, why, how: why.kind === 'refused' ? ROOT : AGAIN }));
  };
  const kept = plistOf(snapshot);
  const state = stateOf(said('alf.state'), kept.get('globalstate'));
  if (state === null) missing('alf.state', SETTINGS);
  const all = /block all\b.*?\b(enabled|disabled)\b/i.exec(said('alf.blockall') ?? '')?.[1]?.toLowerCase();
  const blockAll = state === 2 ? true : all === undefined ? null : all === 'enabled';
  if (state === 1 && blockAll === null) missing('alf.blockall', SETTINGS);
  const signed = said('alf.signed');
  const builtIn = flag(
    signed,
    /(?:built-in signed|signed built-in|allow signed) software\b.*?\b(enabled|disabled)\b/i,
    kept.get('allowsignedenabled'),
  );
  const downloaded = flag(
    signed,
    /downloaded signed software\b.*?\b(enabled|disabled)\b/i,
    kept.get('allowdownloadsignedenabled'),
  );
  const stealth = flag(
    said('alf.stealth'),
    /stealth mode\b.*?\b(enabled|on|disabled|off)\b/i,
    kept.get('stealthenabled'),
  );
  const apps = appsOf(said('alf.apps'));
  if (state === 1 && apps === null) missing('alf.apps', LIST);
  return {
    value: { on: state === null ? null : state > 0, blockAll, builtIn, signed: downloaded, stealth, apps },
    gaps,
  };
}

/** `Firewall is enabled. (State = 1)`; 2: it blocks all that is not essential. The file says the same. */
function stateOf(text: string | null, kept: string | undefined): 0 | 1 | 2 | null {
  const digit = /\(State = ([012])\)/.exec(text ?? '')?.[1] ?? (text === null ? kept : undefined);
  return digit === '0' || digit === '1' || digit === '2' ? (Number(digit) as 0 | 1 | 2) : null;
}

function flag(text: string | null, pattern: RegExp, kept: string | undefined): boolean | null {
  const word = pattern.exec(text ?? '')?.[1]?.toLowerCase();
  if (word !== undefined) return word === 'enabled' || word === 'on';
  return text !== null || kept === undefined ? null : kept === '1' || kept === 'true';
}

/** Numbers and truths at the top of the property list, as `plutil -p` prints them: `  "globalstate" => 1`. */
function plistOf(snapshot: Snapshot): ReadonlyMap<string, string> {
  const transcript = find(snapshot, 'alf.plist');
  const text = whyNot(transcript) === null ? (transcript?.stdout ?? '') : '';
  return new Map(
    [...text.matchAll(/^ {2}"(\w+)" => (\d+|true|false)$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}

const HEAD = /total number of apps = (\d+)/i;
const ENTRY = /^\s*\d+ :\s+(\S.*?)\s*(\(\s*(Allow|Block) incoming connections\s*\))?\s*$/;
const VERDICT = /^\s*\(\s*(Allow|Block) incoming connections\s*\)\s*$/;

/** As many as its head says; null where that is not so, or a line is not understood. */
function appsOf(text: string | null): readonly AlfApp[] | null {
  const count = HEAD.exec(text ?? '')?.[1];
  if (text === null || count === undefined) return null;
  const apps: AlfApp[] = [];
  let path: string | null = null;
  for (const line of text.split('\n')) {
    if (line.trim() === '' || HEAD.test(line)) continue;
    const entry = ENTRY.exec(line);
    const verdict = entry?.[3] ?? VERDICT.exec(line)?.[1];
    if (entry !== null) {
      if (path !== null) return null;
      path = entry[1] ?? '';
    }
    if (entry === null && verdict === undefined) return null;
    if (verdict === undefined) continue;
    if (path === null) return null;
    apps.push({ path, allow: verdict === 'Allow' });
    path = null;
  }
  return path === null && apps.length === Number(count) ? apps : null;
}

/** Is it on? */
export function alfState(snapshot: Snapshot): Reading<readonly FirewallState[]> {
  const { value, gaps } = readAlf(snapshot);
  const { on, blockAll, apps } = value;
  const inbound: Policy = on === null ? 'unknown' : !on ? 'allow' : blockAll === null ? 'unknown' : 'deny';
  return {
    value: [{ id: 'alf', active: on, defaults: { inbound, outbound: 'allow' }, rules: apps?.length ?? null }],
    gaps,
  };
}
