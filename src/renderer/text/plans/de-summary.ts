/** What a plan, and a change, is called in German. */
import type { Audience, Change, NewChoice, Plan } from '../../../core/model.ts';
import { calledOf } from '../../../core/plan/called.ts';
import { changeById, portsOf } from './de-parts.ts';

const AUDIENCE: Record<Audience, string> = {
  everyone: 'für alle',
  'all-but-this-network': 'für alle außer diesem Netzwerk',
  internet: 'für das Internet',
};

function choiceWords(choice: NewChoice, turnsOn: boolean): string {
  switch (choice.kind) {
    case 'close':
      if (choice.way === 'stop') return `Beenden, was an ${portsOf(choice.targets)} lauscht`;
      return `${portsOf(choice.targets)} ${AUDIENCE[choice.audience]} schließen${turnsOn ? ' und die Firewall einschalten' : ''}`;
    case 'reopen':
      return `${portsOf(choice.targets)} wieder öffnen`;
    case 'enable-firewall':
      return 'Die Firewall einschalten';
    case 'remove-opening':
      return `Die Regel entfernen, die ${portsOf(choice.targets)} öffnet`;
  }
}

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
