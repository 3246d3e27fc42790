/** What a plan, and a change, is called in German. */
import type { Audience, Change, NewChoice, Plan } from '../../../core/model.ts';
import { calledOf, doingOfChoice } from '../../../core/plan/called.ts';
import type { Doing } from '../../../core/told.ts';
import { changeById, portsOf } from './de-parts.ts';

const AUDIENCE: Record<Audience, string> = {
  everyone: 'für alle',
  'all-but-this-network': 'für alle außer diesem Netzwerk',
  internet: 'für das Internet',
};

/** What is done, for those who chose it and for those who wait for it. */
export function doingWords(doing: Doing): string {
  switch (doing.is) {
    case 'close':
      if (doing.stops) return `Beenden, was an ${portsOf(doing.targets)} lauscht`;
      return `${portsOf(doing.targets)} ${AUDIENCE[doing.audience]} schließen${doing.turnsOn ? ' und die Firewall einschalten' : ''}`;
    case 'reopen':
      return `${portsOf(doing.targets)} wieder öffnen`;
    case 'enable-firewall':
      return 'Die Firewall einschalten';
    case 'remove-opening':
      return `Die Regel entfernen, die ${portsOf(doing.targets)} öffnet`;
    case 'undo':
      return doing.change === null ? 'Eine Änderung zurücknehmen' : `Die ${changeById(doing.change)} zurücknehmen`;
    case 'recover':
      return 'Zurücknehmen, was unterbrochen wurde';
  }
}

const choiceWords = (choice: NewChoice, turnsOn: boolean): string => doingWords(doingOfChoice(choice, turnsOn));

/** `„Port 3000 (TCP) für alle schließen“ zurücknehmen`; of what was itself an undo: `„…“ erneut ausführen`. */
export function summary(plan: Pick<Plan, 'choice' | 'steps'>, history: readonly Change[]): string {
  const { about, undos } = calledOf(plan, history);
  const what =
    'change' in about
      ? `Die ${changeById(about.change)}`
      : undos === 0
        ? choiceWords(about.choice, about.turnsOn)
        : `„${choiceWords(about.choice, about.turnsOn)}“`;
  if (undos === 0) return what;
  return `${what} ${undos % 2 === 1 ? 'zurücknehmen' : 'erneut ausführen'}`;
}
