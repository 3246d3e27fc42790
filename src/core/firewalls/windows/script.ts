/** The script that closes ports as a file for people, and its undo: the very script of a change, with what it is about. */
import type { RuleFile } from '../../model.ts';
import { commentText, type ExportItem, type ExportSource, leftOutLines } from '../export.ts';
import { scriptOf } from './change-script.ts';
import { backOfAll, type BlockOperation } from './operations.ts';
import { GROUP, namesInFile } from './own.ts';

/** Windows PowerShell 5.1 takes a file without it for one of the system's own code page. */
const BOM = '\ufeff';

const FILE = 'portcullis-close-windows.ps1';
const UNDO = 'portcullis-undo-windows.ps1';

/** What closes each, for everyone and in every network. */
export const closingOf = (items: readonly ExportItem[]): readonly BlockOperation[] =>
  items.map(({ target: { protocol, port } }) => ({ kind: 'windows-block', protocol, port, from: 'any', profiles: [] }));

type Managed = NonNullable<ExportSource['managed']>;

/** What a file is about, line by line, as a comment in whatever script. */
export const aboutOf = (
  items: readonly ExportItem[],
  title: string,
  { host, takenAt, managed = [] }: ExportSource,
): readonly string[] => [
  title,
  ...(managed.length === 0 ? [] : ['', 'ATTENTION:', ...managedLines(managed), '']),
  `Made by Portcullis from what was seen${host === null ? '' : ` on ${commentText(host)}`} at ${commentText(takenAt)}.`,
  '',
  ...items.flatMap(({ target, name, why }) => [
    `  ${target.port}/${target.protocol}${name === null ? '' : `  ${commentText(name)}`}`,
    ...(why === null ? [] : [`      ${commentText(why)}`]),
  ]),
  '',
];

/** How it ends, in any language of scripts. */
const ENDS = [
  'It ends with 0: done and checked; 3: a rule of this name is there and is another one, nothing was changed;',
  '4: it failed and all is as it was; 5: it failed and not all could be put back; 6: not run as administrator.',
];

/** Source: [MS-FASP] 2.2.33; "override block rules" (authenticated bypass), Microsoft Learn. */
export const PRECEDENCE = [
  'A block rule beats every allow rule, whichever was there first; only a rule that overrides blocks',
  '(authenticated bypass) still lets in those whom it names.',
];

const NOT_EXPRESSED = [
  'Ports that WSL or Hyper-V forwards have a firewall of their own and are not closed by it.',
  'Where group policy does not let local rules count, the rules are there but have no effect.',
];

/** Known of the computer itself: the file would end with "Done and checked." there, and nobody would be shut out. */
const managedLines = (managed: Managed): readonly string[] => [
  'On the computer that this was made on, group policy does not let rules count that are made there',
  `(${managed.join(', ')} networks): there this file makes them, ends with 0, and closes nothing.`,
  'Ask whoever manages that computer.',
];

export const notExpressedOf = ({ leftOut = [], managed = [] }: ExportSource): readonly string[] => [
  ...(managed.length === 0 ? [] : [managedLines(managed).join(' ')]),
  ...leftOut,
  ...NOT_EXPRESSED,
];

/** The script and its undo, each with the byte order mark that Windows PowerShell 5.1 needs. */
export function exportWindows(items: readonly ExportItem[], from: ExportSource): RuleFile {
  const file = (title: string, other: string, script: string, lacks: readonly string[] = []): string => {
    const said = [
      ...aboutOf(items, title, from),
      'Run in PowerShell as administrator; it may be run again, the second time changes nothing:',
      '  powershell.exe -NoProfile -ExecutionPolicy Bypass -File THIS-FILE',
      ...ENDS,
      `Check: Get-NetFirewallRule -Group '${GROUP}'`,
      `Undo:  ${other}`,
      ...PRECEDENCE,
      ...leftOutLines(lacks),
    ].map((line) => `# ${line}`.trimEnd());
    return `${BOM}${[...said, ...script.split('\n')].join('\r\n')}`;
  };
  const operations = closingOf(items);
  const notExpressed = notExpressedOf(from);
  return {
    format: 'windows',
    filename: FILE,
    content: file(
      'Closes ports with Windows Firewall, for every network.',
      UNDO,
      scriptOf(operations, true, namesInFile),
      notExpressed,
    ),
    undoFilename: UNDO,
    undoContent: file(`Removes the rules of ${FILE} again.`, FILE, scriptOf(backOfAll(operations), false, namesInFile)),
    notExpressed,
  };
}
