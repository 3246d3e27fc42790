/**
 * The report as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format 2.1.0 Errata 01): the rules of advice are
 * its rules, findings its results, what was not read its notifications.
 *
 * A port stands in no file, so a result has logical locations alone (3.28.3 leaves `physicalLocation` out where there is
 * none). `ruleIndex` points into the driver's rules (3.27.6). What is kept on purpose is `informational` and has no level
 * (3.27.9, 3.27.10). In messages braces are doubled (3.11.5), and brackets that would make a link have a backslash (3.11.6).
 */
import type { Finding, Severity } from '../model.ts';
import { whatToType } from '../advice/typed.ts';
import { visible } from '../visible.ts';
import { headOf } from './content/index.ts';
import { json } from './json.ts';
import { REPORT_RULES, ruleNameOf } from './rules.ts';
import type { ReportSource } from './source.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const LEVEL: Record<Severity, 'error' | 'warning' | 'note'> = { high: 'error', medium: 'warning', low: 'note' };

export function* sarifReport(source: ReportSource): Generator<string> {
  const { report, words, version } = source;
  const names = rulesOf(source);
  const place = new Map(names.map((name, index) => [name, index]));
  yield json({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Portcullis',
            version,
            language: words.language,
            rules: names.map((name) => ruleJson(name, source)),
            notifications: [{ id: 'unread', shortDescription: message(words.headings.unread) }],
          },
        },
        language: words.language,
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: `portcullis/${source.host === null ? '' : `${visible(source.host)}/`}` },
        invocations: [invocationJson(source)],
        results: report.findings.map((finding) => resultJson(finding, place, source)),
        properties: {
          takenAt: report.takenAt,
          platform: report.platform,
          complete: report.complete,
          state: headOf(source).state,
        },
      },
    ],
  });
}

/** All that are known, and by its name one that this version of the words does not have. */
const rulesOf = ({ report }: ReportSource): readonly string[] => [
  ...new Set<string>([...REPORT_RULES, ...report.findings.map(ruleNameOf)]),
];

function ruleJson(name: string, { words }: ReportSource) {
  const said = Object.hasOwn(words.rules, name) ? words.rules[name as keyof typeof words.rules] : null;
  return {
    id: name,
    ...(said === null
      ? {}
      : { shortDescription: message(said.title), fullDescription: message(said.help), help: message(said.help) }),
  };
}

function invocationJson({ report, host, words }: ReportSource) {
  return {
    executionSuccessful: true,
    startTimeUtc: report.takenAt,
    endTimeUtc: report.takenAt,
    ...(host === null || host === '' ? {} : { machine: visible(host) }),
    toolExecutionNotifications: report.unread.map((gap) => {
      const { what, why, how } = words.gap(gap);
      return {
        descriptor: { id: 'unread', index: 0 },
        level: 'warning',
        message: message(`${what}: ${why}. ${words.settle}: ${how}`),
      };
    }),
  };
}

function resultJson(finding: Finding, place: ReadonlyMap<string, number>, { report, words }: ReportSource) {
  const { id, listener, advice, severity } = finding;
  const { title, why, ifClosed } = words.finding(finding, report);
  const command = whatToType(finding, report);
  const at = listener ?? id.slice(id.indexOf(':') + 1);
  const says = [
    /[.!?]$/.test(title) ? title : `${title}.`,
    why,
    ifClosed,
    ...(command === null ? [] : [`${words.advice.type}: ${command}`]),
  ];
  return {
    ruleId: ruleNameOf(finding),
    ruleIndex: place.get(ruleNameOf(finding)) ?? -1,
    ...(advice === 'keep' ? { kind: 'informational', level: 'none' } : { kind: 'fail', level: LEVEL[severity] }),
    message: message(says.filter((one) => one !== '').join(' ')),
    locations: [{ logicalLocations: [{ name: visible(at), fullyQualifiedName: visible(at), kind: 'resource' }] }],
    // A finding's id is the same as long as it is about the same thing, whatever the numbers of processes and rules.
    partialFingerprints: { 'portcullisFinding/v1': visible(id) },
    properties: { advice, severity, ways: finding.ways },
  };
}

/** Plain text of a message, in which nothing is a placeholder and nothing a link. */
function message(said: string): { readonly text: string } {
  const text = visible(said).replace(/[{}]/g, '$&$&');
  return { text: /\]\(|\\[[\]]/.test(text) ? text.replace(/[[\]]/g, String.raw`\$&`) : text };
}
