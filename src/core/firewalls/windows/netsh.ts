/**
 * The same for netsh, as a batch file: for computers on which PowerShell is not to be used.
 *
 * netsh knows rules by the name that people read, and `delete rule name=` takes all of that name, so names are made of what a
 * rule holds. What it prints is translated, values too: only its exit status is looked at, which is 1 where no rule has the
 * name. So it cannot be asked whether a rule is on; `set rule … new enable=yes` turns on whatever is there, and fails where
 * nothing is. In a batch file `%` begins a variable also between quotes, so all that is not plain is left out of comments,
 * and nothing of anybody else's stands anywhere else. Source: Microsoft Learn, netsh advfirewall firewall, and netsh's own
 * help (`set rule ?`); about `cmd`: its own help (`cmd /?`, `rem /?`). Not run on Windows here.
 */
import type { RuleFile } from '../../model.ts';
import { type ExportItem, type ExportSource, leftOutLines } from '../export.ts';
import type { BlockOperation } from './operations.ts';
import { blockTitle, profileWord } from './own.ts';
import { aboutOf, closingOf, notExpressedOf, PRECEDENCE } from './script.ts';

const FILE = 'portcullis-close-netsh.bat';
const UNDO = 'portcullis-undo-netsh.bat';

/** Behind `rem` nothing is looked at but `%`; what else could mean something is left out all the same. */
const remark = (text: string): string => `rem - ${text.replace(/[^A-Za-z0-9 .,:;=/()_-]/gu, '_')}`.trimEnd();

/** Only what needs no quoting may stand there: it is checked, not escaped. */
function argument(name: string, text: string): string {
  if (!/^[A-Za-z0-9.:,/-]+$/.test(text)) throw new RangeError('not to be written in a batch file');
  return `${name}="${text}"`;
}

const NETSH = '"%netsh%" advfirewall firewall';

interface Commands {
  /** Is there one of that name, on or off? */
  readonly has: string;
  /** Is there one for that port? It is on then, and for everyone, as it is made. */
  readonly holds: string;
  readonly add: string;
  readonly remove: string;
}

function commandsFor(block: BlockOperation): Commands {
  const { protocol, port, from, profiles } = block;
  const name = argument('name', blockTitle(block));
  const at = ['dir=in', argument('protocol', protocol.toUpperCase()), argument('localport', String(port))];
  const more = [
    'action=block',
    'enable=yes',
    argument('profile', profiles.length === 0 ? 'any' : profiles.map(profileWord).join()),
    argument('remoteip', from === 'any' ? from : from.join()),
  ];
  return {
    has: `${NETSH} show rule ${name} >nul 2>&1`,
    holds: `${NETSH} set rule ${[name, ...at, 'new', ...more].join(' ')} >nul 2>&1`,
    add: `${NETSH} add rule ${[name, ...at, ...more].join(' ')} >nul`,
    remove: `${NETSH} delete rule ${[name, ...at].join(' ')} >nul`,
  };
}

const HEAD = [
  'set "netsh=%SystemRoot%\\System32\\netsh.exe"',
  '"%SystemRoot%\\System32\\reg.exe" query HKU\\S-1-5-19 >nul 2>&1',
  'if not errorlevel 1 goto begin',
  'echo This must be run as administrator. Nothing was changed. 1>&2',
  'exit /b 6',
  ':begin',
];

/** `errorlevel 1`: there is no such rule. */
function linesFor(blocks: readonly BlockOperation[], closes: boolean): readonly string[] {
  const all = blocks.map((block, at) => {
    const commands = commandsFor(block);
    return { ...commands, look: closes ? commands.holds : commands.has, at };
  });
  const [absent, present] = ['if errorlevel 1', 'if not errorlevel 1'];
  const [isDone, isNot] = closes ? [present, absent] : [absent, present];
  return [
    ...all.map(({ at }) => `set "begun${at}="`),
    'set "left="',
    ...all.flatMap(({ look, add, remove, at }) => [
      look,
      `${isDone} goto done${at}`,
      `set "begun${at}=1"`,
      closes ? add : remove,
      'if errorlevel 1 goto failed',
      `:done${at}`,
    ]),
    ...all.flatMap(({ look }) => [look, `${isNot} goto failed`]),
    'echo Done and checked.',
    'exit /b 0',
    ':failed',
    'echo It failed. What was begun is put back. 1>&2',
    ...all
      .toReversed()
      .flatMap(({ has, add, remove, at }) => [
        `if not defined begun${at} goto back${at}`,
        has,
        `${isNot} goto back${at}`,
        closes ? remove : add,
        'if errorlevel 1 set "left=1"',
        `:back${at}`,
      ]),
    'if not defined left exit /b 4',
    'echo Not all could be put back. 1>&2',
    'exit /b 5',
  ];
}

/** The file and its undo. */
export function exportNetsh(items: readonly ExportItem[], from: ExportSource): RuleFile {
  const notExpressed = notExpressedOf(from);
  const file = (
    title: string,
    other: string,
    more: readonly string[],
    lines: readonly string[],
    lacks: readonly string[] = [],
  ): string => {
    const said = [
      ...aboutOf(items, title, from),
      'Run as administrator; it may be run again, the second time changes nothing.',
      'It ends with 0: done and checked; 4: it failed and all is as it was;',
      '5: it failed and not all could be put back; 6: not run as administrator.',
      ...more,
      `Undo: ${other}`,
      ...PRECEDENCE,
      ...leftOutLines(lacks),
    ];
    return `${['@echo off', 'setlocal EnableExtensions DisableDelayedExpansion', ...said.map(remark), ...HEAD, ...lines].join('\r\n')}\r\n`;
  };
  const blocks = closingOf(items);
  return {
    format: 'netsh',
    filename: FILE,
    content: file(
      'Closes ports with Windows Firewall, for every network.',
      UNDO,
      [
        'How a rule of these that is there already was changed cannot be told: it is set as this file makes it, so it is on,',
        'blocks, and is for every address and every network afterwards. At 4 and 5 this is not put back.',
        'Whether somebody else narrowed one of them to a program or a service is not looked at.',
      ],
      linesFor(blocks, true),
      notExpressed,
    ),
    undoFilename: UNDO,
    undoContent: file(
      `Removes the rules of ${FILE} again.`,
      FILE,
      [
        'One that is off or was changed otherwise goes too; where it has to be put back, it is as the other file makes it:',
        'on, blocking, and for every address and every network.',
      ],
      linesFor(blocks, false),
    ),
    notExpressed,
  };
}
