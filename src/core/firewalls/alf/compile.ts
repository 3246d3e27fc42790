/**
 * The application firewall of macOS, for one holder of a port -> a chain that the engine walks. It asks which program
 * listens, never which port: blocked is what is in its list as blocked, and in everything-blocked mode all but basic
 * services (DHCP, Bonjour, IPSec). What has no entry is let in where it is signed and the setting for that is on, else a
 * person is asked. It does not look at what this computer sends to itself. Sources: Apple, "Block connections to your Mac
 * with a firewall", "Firewall security in macOS" (Platform Security), com.apple.security.firewall (AllowSigned,
 * AllowSignedApp).
 */
import { type Doubt, type Reason, doubt, unreadDoubt } from '../../gaps/index.ts';
import type { MacHolder } from '../../listeners/macos.ts';
import type { Deciding, Gap, Interface } from '../../model.ts';
import { type Chain, type Rule, type Statement, always, test } from '../netfilter/model.ts';
import type { AlfApp, AlfSettings } from './read.ts';

interface Line {
  readonly text: string;
  readonly doubt: Doubt | null;
  readonly effect: 'accept' | 'drop';
}

const sure = (effect: Line['effect'], text: string): Line => ({ text, doubt: null, effect });
const perhaps = (effect: Line['effect'], text: string, why: Doubt): Line => ({ text, doubt: why, effect });

/** @param gaps what was not read of its settings */
export function alfChain(
  settings: AlfSettings,
  gaps: readonly Gap[],
  holder: MacHolder,
  interfaces: readonly Interface[],
): Chain {
  const loopback = ['lo', ...interfaces.filter(({ kind }) => kind === 'loopback').map(({ name }) => name)];
  const lines = linesFor(settings, gaps, holder);
  const rules: Rule[] = [
    {
      text: 'loopback is not filtered',
      statements: [test({ on: 'in-interface', names: loopback }), always({ do: 'accept' })],
    },
    ...lines.map(({ text, doubt: why, effect }): Rule => {
      const tests: readonly Statement[] = why === null ? [] : [test({ on: 'unknown', doubt: why })];
      return { text, statements: [...tests, always({ do: effect })] };
    }),
  ];
  return {
    key: 'alf/input',
    backend: 'alf',
    families: [4, 6],
    table: 'alf',
    name: 'input',
    // The last line decides about all.
    base: { hook: 'input', priority: 0, type: 'filter', policy: 'accept' },
    rules,
    named: new Map<string, Deciding>(rules.map(({ text }) => [text, { firewall: 'alf', rule: text }])),
  };
}

const about = (kind: Extract<Reason, { kind: 'application' }>['about'], { name }: MacHolder): Doubt =>
  doubt({ kind: 'application', about: kind, program: name });

const OFF = 'the application firewall is off';
const BLOCKS_ALL = 'blocks all incoming connections';

/** The last of them is certain. */
function linesFor(settings: AlfSettings, gaps: readonly Gap[], holder: MacHolder): readonly Line[] {
  const { on, blockAll } = settings;
  if (on === false) return [sure('accept', OFF)];
  const [first] = gaps;
  const lost = first === undefined ? about('program', holder) : unreadDoubt(first);
  if (on === null) return [perhaps('drop', 'the application firewall, if it is on', lost), sure('accept', OFF)];
  const listed = listedLines(settings, lost, holder);
  if (blockAll === true) return everythingBlocked(holder);
  return blockAll === null ? [perhaps('drop', BLOCKS_ALL, lost), ...listed] : listed;
}

/** Basic services by the documents, and the programs that they are. */
const BASIC: ReadonlySet<string> = new Set(['/usr/libexec/configd', '/usr/sbin/mDNSResponder', '/usr/sbin/racoon']);

/** Nobody but Apple can write there. Source: Apple, "About System Integrity Protection on your Mac". */
const SYSTEM = /^\/(System\/(?!Volumes\/)|(usr\/(?!local\/)[^/]+|bin|sbin)\/)/;

function everythingBlocked(holder: MacHolder): readonly Line[] {
  const { path } = holder;
  if (path !== null && BASIC.has(path)) return [sure('accept', 'lets basic services of the system in')];
  // Which others of the system's own are let in is not told program by program.
  const other = path !== null && !SYSTEM.test(path);
  const block = sure('drop', BLOCKS_ALL);
  return other
    ? [block]
    : [perhaps('accept', 'lets basic services of the system in', about('essential', holder)), block];
}

function listedLines({ apps, builtIn, signed }: AlfSettings, lost: Doubt, holder: MacHolder): readonly Line[] {
  const { path, launchd } = holder;
  const lines: Line[] = [];
  const words = ({ allow, path: of }: AlfApp): string => `${allow ? 'allow' : 'block'} ${of}`;
  const effect = ({ allow }: AlfApp): Line['effect'] => (allow ? 'accept' : 'drop');
  if (apps === null) lines.push(perhaps('drop', 'a program that is blocked', lost));
  const matches = (apps ?? []).map((app) => ({ app, is: isFor(app, holder) }));
  // An entry that is for it for certain says what others may say.
  const certain = matches.filter(({ is }) => is === true);
  const [one] = certain;
  if (one !== undefined && certain.every(({ app }) => app.allow === one.app.allow))
    return [...lines, sure(effect(one.app), words(one.app))];
  for (const { app, is } of matches)
    if (is !== false) lines.push(perhaps(effect(app), words(app), about('program', holder)));
  if (path !== null && !launchd && SYSTEM.test(path) && builtIn === true)
    return [...lines, sure('accept', 'lets in programs that came with the system')];
  const why = builtIn === false && signed === false ? 'asks' : 'signed';
  return [
    ...lines,
    perhaps('drop', 'a program that has no entry', about(path === null || launchd ? 'program' : why, holder)),
    sure('accept', 'a program that has no entry'),
  ];
}

/**
 * Is the entry for the program that holds the port? A bundle's is for its main program; another one inside it, or a file of
 * the same name elsewhere, may be the same by its signature. null: cannot tell.
 */
function isFor({ path: entry }: AlfApp, { path, name, launchd }: MacHolder): boolean | null {
  if (launchd) return SYSTEM.test(entry) ? null : false;
  if (path === null) {
    return name === null || lastOf(entry).startsWith(lastOf(name)) || isBundle(entry) ? null : false;
  }
  if (path === entry) return true;
  if (isBundle(entry) && path.startsWith(`${entry}/`)) {
    const main = `${entry}/Contents/MacOS/${lastOf(entry).replace(/\.app$/, '')}`;
    return path === main ? true : null;
  }
  return lastOf(path) === lastOf(entry) ? null : false;
}

const isBundle = (path: string): boolean => /\.(app|bundle|xpc)$/.test(path);
const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Does the chain let nobody from outside in? */
export const blocksAll = ({ backend, rules }: Chain): boolean =>
  backend === 'alf' &&
  rules
    .slice(1)
    .every(({ statements }) => statements.every((one) => one.kind !== 'effect' || one.effect.do === 'drop'));
