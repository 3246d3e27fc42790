/** What is noteworthy of macOS's firewalls beside their rules. */
export interface MacNotes {
  /** null: cannot tell. */
  readonly stealth: boolean | null;
  /** Signed programs that did not come with the system are let in without an entry. */
  readonly signed: boolean | null;
  readonly alf: boolean | null;
  /** pf is on: which anchors hold rules, and which programs asked for it. */
  readonly pf: { readonly anchors: readonly string[]; readonly askers: readonly string[] } | null;
}
