/** Listeners that have their number for now alone. */
import type { ReportListener } from '../model.ts';

/**
 * Services that take a free number when they start, by their id in the catalog. Not documented: Apple's list of ports
 * (support.apple.com/103229) has none for it, and those that people report are of the dynamic range (49158 in
 * applehelpwriter.com, "what is rapportd?"), which the system hands out anew each time (RFC 6335, 8.1.2).
 */
const OF_FREE_NUMBER: ReadonlySet<string> = new Set(['apple-rapport']);

/** A rule by that number would shut nothing, or somebody else, once the program starts again. */
export const isPassing = ({ range, identity: { by, service } }: ReportListener): boolean =>
  range === 'dynamic' && by === 'program' && service !== null && OF_FREE_NUMBER.has(service.id);
