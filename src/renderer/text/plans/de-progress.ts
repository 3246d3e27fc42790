/** What is under way, in German: by its phase and, while a plan is carried out, by the operation. */
import type { Progress } from '../../../core/api.ts';
import type { Plan } from '../../../core/model.ts';
import { foreign } from '../format.ts';
import { stepWords } from './de-steps.ts';

const PHASES: Readonly<Record<string, string>> = {
  sockets: 'Liest, was lauscht',
  links: 'Liest die Netzwerke',
  rules: 'Liest die Regeln der Firewall',
  exact: 'Fragt nach dem Recht, alle Regeln zu lesen',
  check: 'Liest die Regeln noch einmal',
  save: 'Sichert die Regeln, wie sie sind',
  verify: 'Prüft, wer jetzt was erreicht',
  'put-back': 'Nimmt alles zurück',
  recover: 'Nimmt eine Änderung zurück, die unterbrochen wurde',
};

const undoing = ({ undo }: Plan): string =>
  undo.map(({ operation }) => stepWords(operation)).join('; ') || 'Nimmt alles zurück';

function step(done: number | null, { steps }: Plan): string | undefined {
  const operation = steps[done ?? -1]?.operation;
  if (operation?.kind === 'program-end') return `Bittet ${foreign(operation.program)}, sich zu beenden`;
  return operation === undefined ? undefined : stepWords(operation);
}

/** @param plan what is carried out or taken back; null: nothing is. A phase that is not known says what it says. */
export function progressWords({ call, phase, text, done }: Progress, plan: Plan | null): string {
  if (call === 'undo' && phase === 'check') return 'Prüft, ob sonst etwas die Regeln geändert hat';
  const said = phase === 'step' && plan !== null ? (call === 'undo' ? undoing(plan) : step(done, plan)) : PHASES[phase];
  return said ?? text;
}
