/** What is noteworthy of macOS's firewalls beside their rules. */
import type { Snapshot } from '../model.ts';
import { find, whyNot } from '../transcripts.ts';
import * as alf from './alf/index.ts';
import * as pf from './pf/index.ts';

export interface MacNotes {
  /** null: cannot tell. */
  readonly stealth: boolean | null;
  /** Signed programs that did not come with the system are let in without an entry. */
  readonly signed: boolean | null;
  readonly alf: boolean | null;
  /** pf is on: which anchors hold rules, and which programs asked for it. */
  readonly pf: { readonly anchors: readonly string[]; readonly askers: readonly string[] } | null;
}

export function macNotes(snapshot: Snapshot): MacNotes {
  const { value } = alf.readAlf(snapshot);
  const { active } = pf.readPf(snapshot);
  return {
    alf: value.on,
    stealth: value.stealth,
    signed: value.signed,
    pf:
      active === true
        ? { anchors: pf.anchorRules(snapshot).map(({ anchor }) => anchor), askers: askersOf(snapshot) }
        : null,
  };
}

/** Programs that hold a reference to pf, so that it stays on: `pfctl -s References`. Source: pfctl(8) of macOS, -E. */
function askersOf(snapshot: Snapshot): readonly string[] {
  const transcript = find(snapshot, 'pf.references');
  const text = whyNot(transcript) === null ? (transcript?.stdout ?? '') : '';
  return [...new Set([...text.matchAll(/^\s*\d+\s+(\S.*?)\s{2,}\d+/gm)].map(([, name = '']) => name))];
}
