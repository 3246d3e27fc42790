/** Rules that do nothing, and openings for nothing, in German. */
import type { Sentences } from '../../../core/advice/english/parts.ts';
import type { Subjects } from '../../../core/advice/subjects.ts';
import type {
  IdleSaid,
  OpeningSaid,
  SaysHalfOpening,
  SaysIdleRules,
  SaysPowerlessDeny,
  SaysUnusedOpening,
} from '../../../core/says.ts';
import { upper } from '../facts.ts';
import { foreign, list, number } from '../format.ts';
import { FIREWALL } from '../names-de.ts';
import { audience, portOf, quoted, subjectOf } from './de-parts.ts';

const DELETING = 'Eine solche Regel zu löschen ändert für niemanden etwas, solange die anderen Regeln bleiben.';

/** `Die ufw-Regel „deny 8080/tcp“`, with the family where it is so for one only of two. */
const ruleName = ({ firewall, rule, families }: IdleSaid): string =>
  `Die ${firewall}-Regel ${quoted(rule)}${families.length === 1 ? ` (IPv${families[0]})` : ''}`;

/** One sentence: why it does nothing. */
function reasonOf({ kind, firewall, action, by, against }: IdleSaid): string {
  const names = by.map((one) => `${quoted(one.rule)}${one.firewall === firewall ? '' : ` (${foreign(one.firewall)})`}`);
  const others = names.length === 0 ? 'eine andere Regel' : list(names);
  const verb = (one: string, many: string): string => (names.length > 1 ? many : one);
  switch (kind) {
    case 'shadowed':
      if (names.length === 0) return 'Kein Paket, auf das sie zuträfe, kann bis zu ihr kommen.';
      return against
        ? `Kein Paket kommt bis zu ihr: Was sie meint, trifft vorher auf ${others} und wird dort ganz ${action === 'deny' ? 'hereingelassen' : 'aufgehalten'}.`
        : `Kein Paket kommt bis zu ihr: Vorher ${verb('entscheidet', 'entscheiden')} ${others}.`;
    case 'redundant':
      return against
        ? `Sie entscheidet nichts: Vor ihr ${verb('lässt', 'lassen')} ${others} manches herein, und der Rest wird auch ohne sie aufgehalten.`
        : `Sie entscheidet nichts: Ohne sie ${verb('tut', 'tun')} ${others} dasselbe.`;
    case 'overridden':
      return action === 'allow'
        ? `Niemand kommt durch sie herein: ${upper(others)} ${verb('hält', 'halten')} alles auf, was sie hereinlässt.`
        : `Pakete kommen nicht bis zu ihr: Vorher ${verb('leitet', 'leiten')} ${others} sie anderswohin.`;
  }
}

const toDelete = ({ deletion }: IdleSaid): string => (deletion === null ? '' : ` Zum Löschen der Regel: ${deletion}.`);

export function powerlessDeny({ rule, listener: id, who, command }: SaysPowerlessDeny, subjects: Subjects): Sentences {
  const listener = subjects.listener(id);
  return {
    title: `${ruleName(rule)} schließt ${portOf(listener)} nicht`,
    why: `${reasonOf(rule)} ${subjectOf(listener)} ist offen für ${audience(who)}. Zum Schließen: ${command}.${toDelete(rule)}`,
    ifClosed: DELETING,
  };
}

export function idleRules({ rules: { first, more } }: SaysIdleRules): Sentences {
  const [only, ...rest] = first;
  if (only !== undefined && rest.length === 0)
    return { title: `${ruleName(only)} bewirkt nichts`, why: `${reasonOf(only)}${toDelete(only)}`, ifClosed: DELETING };
  const said = first.map((rule) => `${ruleName(rule)}: ${reasonOf(rule)}`);
  return {
    title: `${number(first.length + more)} Firewall-Regeln bewirken nichts`,
    why: `${said.join(' ')}${more === 0 ? '' : ` ${number(more)} weitere stehen in: portcullis scan --json.`}`,
    ifClosed: DELETING,
  };
}

const openingsOf = (openings: readonly OpeningSaid[]): string =>
  `${openings.length === 1 ? 'Die Regel ist' : 'Die Regeln sind'} ${list(
    openings.map(({ rule, firewall }) => `${quoted(rule)} (${FIREWALL[firewall]})`),
  )}`;

export const unusedOpening = ({ target, openings, here, off }: SaysUnusedOpening): Sentences => ({
  title: `Eine Regel öffnet ${portOf(target)}, aber dort lauscht nichts${here ? ' für andere' : ''}`,
  why: `${openingsOf(openings)}. ${here ? 'Das Programm dort lauscht nur auf diesem Computer. ' : ''}${
    off
      ? 'Die Firewall ist gerade aus; ist sie an, wäre das nächste Programm, das dort lauscht, sofort offen.'
      : 'Das nächste Programm, das dort lauscht, wäre sofort offen.'
  }`,
  ifClosed:
    'Nichts, was gerade läuft, ist betroffen. Ein Programm, das dort später lauscht, ist für andere geschlossen, bis du den Port wieder öffnest.',
});

export const halfOpening = ({ target, family, openings, commands }: SaysHalfOpening): Sentences => ({
  title: `Eine Regel öffnet ${portOf(target)} für IPv${family}, aber über IPv${family} lauscht dort nichts`,
  why: `${openingsOf(openings)}, nur für IPv${family}. Das Programm dort lauscht über IPv${family === 6 ? 4 : 6}; eines, das auch über IPv${family} lauscht, wäre sofort offen.${commands === null ? '' : ` Zum Löschen: ${commands.join('; ')}.`}`,
  ifClosed: 'Nichts, was gerade läuft, ist betroffen.',
});
