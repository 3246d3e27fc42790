/**
 * firewalld: reading what it says of itself, giving the kernel rules that it made their names, and the rules of its zones
 * that close a port.
 *
 *   replies     D-Bus replies as busctl prints them      settings   a zone, a policy, a service
 *   read        snapshot -> FirewalldState               state      on, off, defaults, number of rules
 *   owners      whose kernel chain it is                 rich       a rich rule's parts
 *   entries     what rules a zone's entries become       signature  what a rule asks, as text
 *   name        kernel rules -> `zone public: service ssh`
 *   written     what zones hold, entry by entry
 *   notes       what of it needs a person's attention
 *   own         the rules that Portcullis puts into zones, and the commands for it
 *   listing     those as nft prints them                predict    snapshot + operation -> snapshot
 *
 * The verdict comes from the kernel's rules alone. Where nothing could be read here, chains still tell zone and policy.
 */
export { FORWARDED, nameRules } from './name.ts';
export { differs, type FirewalldNotes, notesOf } from './notes.ts';
export { commandsOf, isOwnRule, isZone, type OwnRule, parseRule, printRule, type ZoneOperation } from './own.ts';
export { predictFirewalld } from './predict.ts';
export { type FirewalldState, kernelGap, readFirewalld } from './read.ts';
export { isFirewalldLine, stateOf } from './state.ts';
export { writtenEntries } from './written.ts';
