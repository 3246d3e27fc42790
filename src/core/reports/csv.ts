/**
 * The report as one table for spreadsheets and scripts: a record for each listener, forwarded port, firewall, piece of
 * advice about no single port, and thing that was not read.
 *
 * Lines end in CRLF, every field stands in quotes, and quotes in it are doubled: RFC 4180, section 2. A field that a
 * spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, or their full-width forms, also after blanks)
 * gets an apostrophe in front: OWASP, "CSV Injection". Other control characters are written out by `visible` before.
 * The names of the columns are English in every language, since scripts rely on them. No byte order mark.
 */
import type { Finding } from '../model.ts';
import { adviceOf, type Advice, firewallsOf, forwardsOf, gapsOf, listenersOf } from './content/index.ts';
import type { ReportSource } from './source.ts';
import { visible } from '../visible.ts';

const COLUMNS = [
  'record',
  'id',
  'protocol',
  'port',
  'last_port',
  'name',
  'program',
  'addresses',
  'leads_to',
  'exposure',
  'exposure_complete',
  'who',
  'why',
  'kept',
  'advice',
  'severity',
  'advice_title',
  'advice_why',
  'advice_if_closed',
  'advice_command',
  'to_settle',
  'computer',
  'taken_at',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number | boolean>>;

export function* csvReport(source: ReportSource): Generator<string> {
  const { report, host } = source;
  const always: Row = { computer: host ?? '', taken_at: report.takenAt };
  yield `${COLUMNS.map(field).join(',')}\r\n`;
  for (const row of rows(source)) {
    const whole: Row = { ...row, ...always };
    yield `${COLUMNS.map((column) => field(whole[column] ?? '')).join(',')}\r\n`;
  }
}

function* rows(source: ReportSource): Generator<Row> {
  const advice = new Map(adviceOf(source).map((one) => [one.finding.id, one]));
  const told = new Set<string>();
  const said = (findings: readonly Finding[]): Row => {
    for (const { id } of findings) told.add(id);
    return adviceRow(findings.flatMap(({ id }) => advice.get(id) ?? []));
  };
  for (const one of listenersOf(source)) {
    const { id, protocol, port, exposure, exposureComplete, kept } = one.listener;
    yield {
      record: 'listener',
      id,
      protocol,
      port,
      last_port: port,
      name: one.name,
      program: one.program,
      addresses: one.listens.join(' '),
      exposure,
      exposure_complete: exposureComplete,
      who: one.whoLong,
      why: one.why ?? '',
      kept,
      ...said(one.findings),
    };
  }
  for (const one of forwardsOf(source)) {
    const { id, protocol, port, lastPort, exposure, exposureComplete, kept } = one.forward;
    yield {
      record: 'forward',
      id,
      protocol,
      port,
      last_port: lastPort,
      name: one.ruleOf,
      leads_to: one.to,
      exposure,
      exposure_complete: exposureComplete,
      who: one.whoLong,
      why: one.why ?? '',
      kept,
      ...said(one.findings),
    };
  }
  for (const one of advice.values()) {
    if (!told.has(one.finding.id)) yield { record: 'advice', id: one.finding.id, ...adviceRow([one]) };
  }
  for (const one of firewallsOf(source))
    yield { record: 'firewall', id: one.state.id, name: one.name, who: one.is, why: one.says };
  for (const gap of gapsOf(source))
    yield { record: 'unread', name: gap.what.join('; '), why: gap.why, to_settle: gap.how };
}

/** The most pressing one decides; what the others say stands behind it. */
function adviceRow(advice: readonly Advice[]): Row {
  const [first] = advice;
  if (first === undefined) return {};
  const all = (text: (one: Advice) => string | null): string =>
    [...new Set(advice.map(text))].filter((one) => one !== null && one !== '').join(' | ');
  return {
    advice: first.finding.advice,
    severity: first.severity,
    advice_title: all(({ title }) => title),
    advice_why: all(({ why }) => why),
    advice_if_closed: all(({ ifClosed }) => ifClosed),
    advice_command: all(({ command }) => command),
  };
}

/** What a spreadsheet would calculate. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

function field(value: string | number | boolean): string {
  const text = typeof value === 'string' ? visible(value) : String(value);
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
