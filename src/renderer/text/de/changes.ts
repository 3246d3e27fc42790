/** Plans and changes: what is done, reviewed, waiting, in the history, in German. */
import type { Outcome } from '../../../core/model.ts';
import { dateTime, foreign, number, plural, time } from '../format.ts';
import { checkedWords } from '../plans/de-checked.ts';
import { noteWords } from '../plans/de-notes.ts';
import { endName } from '../plans/de-parts.ts';
import { progressWords } from '../plans/de-progress.ts';
import { stepWords } from '../plans/de-steps.ts';
import { summary } from '../plans/de-summary.ts';
import { warningWords } from '../plans/de-warnings.ts';
import type { Words } from '../en/index.ts';
import type { changesWords as English } from '../en/changes.ts';

const CHANGE_STATES: Words['history']['states'] = {
  waiting: 'Wartet auf „Behalten“',
  applied: 'Gilt',
  undone: 'Rückgängig gemacht',
  'rolled-back': 'Zurückgenommen',
  failed: 'Fehlgeschlagen',
};

const changes = (count: number): string => plural(count, { one: 'Änderung', other: 'Änderungen' });

const NOT_KEPT = 'Zurückgenommen, weil es nicht behalten wurde';

export const changesWords: typeof English = {
  deed: {
    planning: 'Rechnet aus, was sich ändern würde …',
    applying: 'Ändert die Firewall …',
    undoing: 'Wird rückgängig gemacht …',
    title: (undone, closes, outcome, asOf) => {
      const verified = outcome?.verified !== false;
      if (outcome?.change.state === 'rolled-back')
        return verified ? NOT_KEPT : `${NOT_KEPT}, aber nicht alles konnte geprüft werden`;
      const checked = asOf === null ? 'Geprüft' : `Um ${time(asOf)} geprüft`;
      if (!verified)
        return undone
          ? 'Rückgängig gemacht, aber nicht alles konnte geprüft werden'
          : 'Erledigt, aber nicht alles konnte geprüft werden';
      if (undone) return 'Rückgängig gemacht';
      return `${checked}: ${closes ? 'geschlossen' : 'erledigt'}`;
    },
    undo: 'Rückgängig machen',
    undoLabel: (summary) => `Rückgängig machen: ${foreign(summary)}`,
    seeTakeBack: 'Zeigen, was sich zurücknehmen lässt',
    dismiss: 'Ausblenden',
    before: 'Vorher',
    after: 'Nachher',
    failed: 'Das hat nicht geklappt. Nichts ist halb erledigt:',
    rolledBack: 'Alles ist wieder so, wie es war',
    refused: 'Nichts wurde geändert',
    scanAgain: 'Neu scannen',
    step: (done, of) => `Schritt ${number(Math.min(done + 1, of))} von ${number(of)}`,
    announce: (phase: 'done' | 'undone', { checked, change, report }: Outcome) =>
      `${change.state === 'rolled-back' ? NOT_KEPT : phase === 'done' ? 'Erledigt' : 'Rückgängig gemacht'}. ${checked.map((line) => foreign(checkedWords(line, { report, history: [] }))).join(' ')}`,
  },

  waiting: {
    title: 'Diese Änderung behalten?',
    left: (seconds) => (seconds === 0 ? 'Wird zurückgenommen …' : `Wird in ${number(seconds)} s zurückgenommen`),
    lead: 'Sie gilt und ist geprüft. Wenn etwas nicht mehr geht, tu nichts: Sie wird von selbst zurückgenommen, auch wenn dieses Fenster zu ist.',
    keep: 'Behalten',
    keeping: 'Wird behalten …',
    putBack: 'Zurücknehmen',
    announce: (seconds) =>
      `Die Änderung gilt. Diese Änderung behalten? Sie wird in ${number(seconds)} Sekunden zurückgenommen, wenn du sie nicht behältst.`,
    lastCall: (seconds) => `Sie wird in ${number(seconds)} Sekunden zurückgenommen, wenn du sie nicht behältst.`,
  },

  plan: {
    summary,
    step: ({ operation }) => stepWords(operation),
    warning: warningWords,
    checked: checkedWords,
    name: (end, report) => endName(end, report) ?? end.name,
    progress: progressWords,
    note: ({ note, says }, around) => (says === undefined ? note : noteWords(says, around)),
  },

  review: {
    title: 'Durchsehen',
    nothing: 'Es gibt nichts durchzusehen.',
    nothingHint: 'Wähle bei einem Port „Schließen“; was sich ändern würde, steht dann zuerst hier.',
    toHome: 'Zur Übersicht',
    warnings: 'Vor dem Anwenden zu wissen',
    effects: 'Wer was erreicht',
    effectsTable: 'Wer was erreicht, vorher und nachher',
    effectsLead: 'Alles andere bleibt, wie es ist.',
    noEffects: 'Für niemanden ändert sich der Weg herein.',
    steps: 'Was getan wird',
    stepsDone: 'Was getan wurde',
    undoSteps: 'Wie es rückgängig gemacht wird',
    apply: 'Anwenden',
    applying: 'Wird angewendet …',
    cancel: 'Abbrechen',
    drop: (live) =>
      live === 1
        ? 'Auch die Verbindung beenden, die gerade offen ist'
        : `Auch die ${number(live)} Verbindungen beenden, die gerade offen sind`,
    dropHint: 'Wer von anderswo hier arbeitet, wird nie getrennt.',
    replanned: (steps) => `Der Plan hat jetzt ${plural(steps, { one: 'Schritt', other: 'Schritte' })}.`,
    noUndo: 'Das lässt sich von hier aus nicht rückgängig machen.',
    password: 'Vielleicht wirst du einmal nach deinem Passwort gefragt.',
    done: 'Fertig',
    progressLabel: 'Fortschritt',
    checkedLabel: 'Danach geprüft',
  },

  history: {
    title: 'Verlauf',
    lead: 'Jede Änderung, die neueste zuerst. Jede, die gilt, lässt sich rückgängig machen, in beliebiger Reihenfolge.',
    none: 'Noch wurde nichts geändert.',
    all: 'Alle Änderungen',
    review: 'Rückgängig machen …',
    by: (when) => `am ${when}`,
    states: CHANGE_STATES,
    timeline: {
      title: 'Änderungen im Lauf der Zeit',
      label: (count, from, to) =>
        from === to
          ? `Änderungen im Lauf der Zeit: ${changes(count)}, ${dateTime(to)}`
          : `Änderungen im Lauf der Zeit: ${changes(count)}, von ${dateTime(from)} bis ${dateTime(to)}`,
      looks: { ...CHANGE_STATES, drifted: 'Regeln seitdem geändert' },
      number: changes,
      one: (at, summary, look) => `${dateTime(at)}: ${summary}. ${look}.`,
      several: (count, from, to, states) =>
        `${changes(count)}, ${from === to ? dateTime(to) : `${dateTime(from)} bis ${dateTime(to)}`}: ${states}. Führt zur neuesten davon.`,
      counts: (all) => all.map(({ count, name }) => `${number(count)} × ${name}`).join(', '),
    },
  },
};
