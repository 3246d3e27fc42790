/** The report on a snapshot in the two forms that its goldens have. */
import type { Snapshot } from '../../../src/core/model.ts';
import { makeReport } from '../../../src/core/report.ts';
import { scanJson } from '../../../src/main/faces/cli/json.ts';
import { reachText } from '../../../src/main/faces/cli/reach-text.ts';
import { notRead, scanText } from '../../../src/main/faces/cli/report-text.ts';
import { PLAIN } from '../../../src/main/faces/cli/text.ts';

const layout = { style: PLAIN, columns: 110 };

export function reportOf(snapshot: Snapshot): { readonly text: string; readonly json: string } {
  const report = makeReport(snapshot, { kept: new Set() });
  const ways = report.listeners.map(
    (listener) => `${listener.id}\n${reachText(listener, report.interfaces, layout).trimEnd()}\n`,
  );
  const text = `${scanText(report, { all: true, replayed: true }, layout)}\n${notRead(report, layout)}\n${ways.join('\n')}`;
  return { text, json: `${lined(withoutTraces(scanJson(report)), 4)}\n` };
}

/** The text tells the way of the packet; a second time it would be most of the JSON. */
function withoutTraces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTraces);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'trace');
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutTraces(item)]));
}

/** JSON in which everything deeper than `depth` stands on one line, so that a difference is easy to read. */
function lined(value: unknown, depth: number, indent = ''): string {
  if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent} `;
  const isList = Array.isArray(value);
  const entries = Object.entries(value).map(
    ([key, item]) => `${inner}${isList ? '' : `${JSON.stringify(key)}: `}${lined(item, depth - 1, inner)}`,
  );
  const [open, close] = isList ? '[]' : '{}';
  return entries.length === 0 ? `${open}${close}` : `${open}\n${entries.join(',\n')}\n${indent}${close}`;
}
