/** What findings name by its id. */
import type { InterfaceKind, ReportForward, ReportListener } from '../model.ts';

/** The part of a report that its findings point into. */
export interface Pointed {
  readonly listeners: readonly ReportListener[];
  readonly forwards: readonly ReportForward[];
  readonly interfaces: readonly { readonly name: string; readonly kind: InterfaceKind }[];
}

export interface Subjects {
  readonly listener: (id: string) => ReportListener;
  readonly forward: (id: string) => ReportForward;
}

const known = new WeakMap<Pointed, Subjects>();

/** Looked through once for each report. */
export function subjectsOf(report: Pointed): Subjects {
  const made = known.get(report) ?? { listener: byId(report.listeners), forward: byId(report.forwards) };
  known.set(report, made);
  return made;
}

function byId<T extends { readonly id: string }>(all: readonly T[]): (id: string) => T {
  const map = new Map(all.map((one) => [one.id, one]));
  return (id) => {
    const one = map.get(id);
    if (one === undefined) throw new Error(`a finding names what is not in its report: ${id}`);
    return one;
  };
}
