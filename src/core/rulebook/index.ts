/**
 * Every rule in words, with whose it is and whether it is of use: facts and the report on them -> RuleBook.
 *
 *   kernel   rules that no front end lists      use   whether a rule is of use      windows   the same on Windows
 */
import { aboutOf, type Gist, type WrittenRule } from '../firewalls/gist.ts';
import { firewallStates, writtenRules } from '../firewalls/registry.ts';
import type { Facts, WindowsFacts } from '../facts.ts';
import { gap } from '../gaps/index.ts';
import type { Gap, Report, RuleBook, RuleInWords, Snapshot } from '../model.ts';
import { unvisited, writtenInKernel } from './kernel.ts';
import { usesOf } from './use.ts';
import { windowsUse } from './windows.ts';

export function makeRuleBook(snapshot: Snapshot, facts: Facts, report: Report): RuleBook {
  const { lines, complete } =
    facts.windows === null ? onLinux(snapshot, facts, report) : onWindows(facts, facts.windows, report);
  return {
    takenAt: report.takenAt,
    rules: bothFamilies(lines).map((rule, at) => ({ ...rule, id: String(at) })),
    unread: once([
      ...(snapshot.platform === 'darwin' ? [NOT_LISTED_MAC] : []),
      ...firewallStates(snapshot).gaps,
      ...facts.netfilter.unread[4],
      ...facts.netfilter.unread[6],
    ]),
    useComplete: complete,
  };
}

interface Lines {
  readonly lines: readonly Line[];
  readonly complete: boolean;
}

function onLinux(snapshot: Snapshot, facts: Facts, report: Report): Lines {
  const { use, complete } = usesOf(facts, report, unvisited(facts.netfilter));
  const all = [...writtenRules(snapshot), ...writtenInKernel(facts.netfilter)];
  return { lines: all.map((rule) => ({ ...said(rule), ...use(rule) })), complete };
}

function onWindows(facts: Facts, { written }: WindowsFacts, report: Report): Lines {
  const use = windowsUse(facts, report);
  return { lines: written().map((rule) => ({ ...said(rule), ...use(rule) })), complete: true };
}

const NOT_LISTED_MAC = gap({
  what: { kind: 'mac', part: 'pf' },
  why: { kind: 'not-shown' },
  how: { kind: 'run', command: 'sudo pfctl -s rules' },
});

type Line = Omit<RuleInWords, 'id'>;

function said(written: WrittenRule): Omit<Line, 'use' | 'because' | 'opening'> {
  const { firewall, place, text, action, traffic, owner, tool, gists } = written;
  const [first] = gists;
  const where = ({ from, except, on, only }: Gist): string => JSON.stringify([from, except, on, only]);
  // What is so for one part only is not said of all.
  const alike = gists.every((gist) => first !== undefined && where(gist) === where(first));
  const abouts = gists.map(aboutOf);
  const all = [...new Set(abouts.flatMap((about) => about ?? []))];
  const families = [...new Set(gists.flatMap((gist) => gist.families))];
  return {
    firewall,
    place,
    text,
    action,
    traffic,
    owner,
    tool,
    about: first === undefined || !alike ? [] : abouts.includes(null) ? null : all,
    from: alike ? (first?.from ?? null) : null,
    except: alike ? (first?.except ?? []) : [],
    on: alike ? (first?.on ?? []) : [],
    only: alike ? (first?.only ?? null) : null,
    more: first === undefined || !alike || gists.some(({ more }) => more),
    families: families.length === 0 ? written.families : families,
    ...(written.windows === undefined ? {} : { windows: written.windows }),
  };
}

/** What stands under the same words in both families is one rule to a person. */
function bothFamilies(lines: readonly Line[]): readonly Line[] {
  const known = new Map<string, Line>();
  lines.forEach((line, at) => {
    const { families, ...rest } = line;
    const key = JSON.stringify({ ...rest, place: line.place?.replace(/^ufw6-/, 'ufw-'), text: plain(line.text) });
    const other = known.get(key);
    const joins = other !== undefined && !families.some((family) => other.families.includes(family));
    if (other === undefined) known.set(key, line);
    else if (joins) known.set(key, { ...other, families: [...other.families, ...families] });
    else known.set(`${key}${at}`, line);
  });
  return [...known.values()];
}

const plain = (text: string): string => text.replaceAll('ufw6-', 'ufw-');

function once(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [`${gap.what} ${gap.why}`, gap])).values()];
}
