/** What an undo leaves as it is, and why, in German. */
import type { Change } from '../../../core/model.ts';
import type { Left, NamedChange, Thing } from '../../../core/told.ts';
import { upper } from '../facts.ts';
import { quoted } from '../findings/de-parts.ts';
import { sentence } from '../format.ts';
import { changeById, portOf } from './de-parts.ts';
import { summary } from './de-summary.ts';
import { networksOf } from './de-windows.ts';

export function thingWords(thing: Thing): string {
  switch (thing.is) {
    case 'ufw':
      return 'ufw';
    case 'rule':
      return `die IPv${thing.family}-Regel ${quoted(thing.rule)}`;
    case 'block':
      return `die Sperre von ${portOf(thing.target)} in der eigenen Tabelle von Portcullis`;
    case 'zone-rule':
      return `die Regel für ${portOf(thing.target)} in der Zone ${quoted(thing.zone)} von firewalld`;
    case 'unit':
      return sentence(thing.unit);
    case 'windows-block':
      return `die Regel von Portcullis, die ${portOf(thing.target)} in der Windows-Firewall blockiert`;
    case 'windows-rule':
      return `die Regel ${quoted(thing.rule)} der Windows-Firewall`;
    case 'profile':
      return `die Windows-Firewall in ${networksOf([thing.profile])}`;
  }
}

interface Verbs {
  readonly it: string;
  readonly there: string;
  readonly alone: string;
  readonly stays: string;
  readonly back: string;
  readonly taken: string;
  readonly made: string;
}

/** Rules and blocks are taken away and made; ufw is turned off and on; a unit is stopped and started. */
const RULE: Verbs = {
  it: 'sie',
  there: 'ist schon wieder da',
  alone: 'dort wird nichts weggenommen',
  stays: 'bleibt',
  back: 'kommt nicht zurück',
  taken: 'weggenommen',
  made: 'angelegt',
};
/** Turned off and on. */
const SWITCHED: Verbs = {
  it: 'sie',
  there: 'ist schon wieder an',
  alone: 'daran wird nichts geändert',
  stays: 'bleibt an',
  back: 'wird nicht wieder eingeschaltet',
  taken: 'ausgeschaltet',
  made: 'eingeschaltet',
};
const VERBS: Record<Thing['is'], Verbs> = {
  rule: RULE,
  'windows-block': RULE,
  'windows-rule': SWITCHED,
  profile: SWITCHED,
  block: RULE,
  'zone-rule': RULE,
  ufw: {
    it: 'es',
    there: 'ist schon wieder an',
    alone: 'daran wird nichts geändert',
    stays: 'bleibt an',
    back: 'wird nicht wieder eingeschaltet',
    taken: 'ausgeschaltet',
    made: 'eingeschaltet',
  },
  unit: {
    it: 'es',
    there: 'läuft schon wieder',
    alone: 'daran wird nichts geändert',
    stays: 'läuft weiter',
    back: 'wird nicht wieder gestartet',
    taken: 'beendet',
    made: 'gestartet',
  },
};

/** `Änderung „…“`, as the list of changes calls it; where it is not there, by its time. */
export function whichChange({ id }: NamedChange, history: readonly Change[]): string {
  const change = history.find((one) => one.id === id);
  return change === undefined ? changeById(id) : `Änderung „${summary(change.plan, history)}“`;
}

const changeWords = (change: NamedChange, history: readonly Change[], later: '' | 'spätere '): string =>
  `die ${later}${whichChange(change, history)}`;

export function leftWords({ thing, why }: Left, history: readonly Change[]): string {
  // The name of a program or of a unit stays as it is written.
  const what = thing.is === 'unit' || thing.is === 'ufw' ? thingWords(thing) : upper(thingWords(thing));
  const { it, there, alone, stays, back, taken, made } = VERBS[thing.is];
  switch (why.kind) {
    case 'differs':
      return `${what} ist nicht mehr so, wie diese Änderung ${it} hinterlassen hat; ${alone}.`;
    case 'there':
      return `${what} ${there}.`;
    case 'needed':
      return `${what} ${stays}: ${upper(changeWords(why.later, history, 'spätere '))} braucht ${it}.`;
    case 'made-by-hand':
      return `${what} ${stays}: ${upper(changeWords(why.later, history, 'spätere '))} hat ${it} ${taken}, und jemand hat ${it} wieder ${made}.`;
    case 'taken-by-hand':
      return `${what} ${back}: ${upper(changeWords(why.later, history, 'spätere '))} hat ${it} wieder ${made}, und jemand hat ${it} ${taken}.`;
    case 'taken-too':
      return `${what} ${back}: ${upper(changeWords(why.later, history, 'spätere '))} hat ${it} ebenfalls ${taken}.`;
    case 'belonged':
      return `${what} ${back}: ${upper(changeWords(why.to, history, ''))}, von der ${it} kam, gilt nicht mehr.`;
    case 'taken-before':
      return `${what} ${back}: ${upper(changeWords(why.to, history, ''))} hatte ${it} schon vorher ${taken}.`;
    case 'unit-gone':
      return `${what} ${back}: Inzwischen wurde ${it} entfernt oder maskiert.`;
    case 'rule-changed':
      return `${what} wurde inzwischen gelöscht oder geändert; daran wird nichts geändert.`;
    case 'unseen':
      return `Ob ${thingWords(thing)} noch gilt, ist jetzt nicht zu sehen, weil diese Zone nicht benutzt wird; daran wird nichts geändert.`;
    case 'no-ipv6':
      return `${what} bleibt, wie ${it} ist: ufw soll IPv6 nicht anfassen (IPV6=no).`;
    case 'replaced':
      return `${what} ${back}: An ihrer Stelle steht jetzt ${quoted(why.by)}.`;
  }
}
