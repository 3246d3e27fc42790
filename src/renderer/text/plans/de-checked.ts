/** What was found after a change, in German, by what is meant as data (`core/told.ts`). */
import type { Checked } from '../../../core/told.ts';
import type { Around } from '../facts.ts';
import { number } from '../format.ts';
import { germanReason } from '../gaps/de-why.ts';
import { causeWords } from '../problems/de-cause.ts';
import { noteWords } from './de-notes.ts';
import { endNow, englishReason } from './de-parts.ts';

const AS_BEFORE = 'läuft wieder und startet mit dem Computer wie zuvor.';

/** A note of which only the English text is known stays as it is. */
export function checkedWords(checked: Checked | string, around: Around): string {
  const { report } = around;
  if (typeof checked === 'string') return checked;
  switch (checked.kind) {
    case 'nobody-reaches':
      return `${endNow(checked.end, report)}: jetzt für niemanden sonst erreichbar.`;
    case 'as-predicted':
      return `${endNow(checked.end, report)}: erreichbar wie vorhergesagt.`;
    case 'gone':
      return `${endNow(checked.end, report)}: Dort lauscht nichts mehr.`;
    case 'same-as-before':
      return `${endNow(checked.end, report)}: erreichbar für dieselben wie vor der Änderung.`;
    case 'others-than-before':
      return `${endNow(checked.end, report)}: erreichbar für andere als vor der Änderung; das Netzwerk oder andere Regeln sind jetzt anders.`;
    case 'reach-untold': {
      const why = checked.reason === null ? '' : `: ${germanReason(checked.reason)}`;
      return `${endNow(checked.end, report)}: Wer hineinkommt, ist nicht mehr zu sagen${why}.`;
    }
    case 'others-same':
      return `Alle anderen Ports, an denen etwas lauscht (${number(checked.count)}), sind für dieselben erreichbar wie zuvor.`;
    case 'connections-ended':
      return `Die Verbindungen zu Port ${checked.port}, die offen waren, wurden beendet.`;
    case 'connections-unread':
      return `Ob die Verbindungen zu Port ${checked.port} beendet wurden, ließ sich nicht lesen.`;
    case 'connections-left': {
      const { port, count } = checked;
      return `${count === 1 ? `Eine Verbindung zu Port ${port} ließ` : `${number(count)} Verbindungen zu Port ${port} ließen`} sich nicht beenden; dazu beende das Programm und starte es wieder.`;
    }
    case 'until-restart':
      return 'Das gilt, bis der Computer neu startet oder ein anderes Programm nftables leert: Das installierte Paket lädt die Tabelle beim Start wieder, auch nach dem Dienst von nftables.';
    case 'files-back':
      return `Die Dateien von ${checked.of} sind Byte für Byte, was sie waren.`;
    case 'rules-back':
      if (checked.of === 'own-table') return 'Die eigene Tabelle von Portcullis ist, was sie war.';
      return `Die Regeln von ${checked.of}${checked.of === 'ufw' ? ' im Kernel' : ''} sind, was sie waren.`;
    case 'rules-at-start':
      return 'firewalld läuft gerade nicht: Seine Regeln sind wieder, was sie waren, sobald es gestartet wird.';
    case 'services-back':
      return checked.all ? `Was beendet wurde, ${AS_BEFORE}` : `Was beendet wurde und sich starten lässt, ${AS_BEFORE}`;
    case 'connections-gone':
      return 'Beendete Verbindungen kommen nicht von selbst wieder: Die andere Seite baut sie neu auf.';
    case 'no-systemd':
      return 'systemd läuft hier nicht: Sollte der Computer selbst ausgehen, solange die Änderung wartet, wird sie bei der nächsten Änderung zurückgenommen, oder mit portcullis undo.';
    case 'stays':
      return 'Sie bleibt, bis sie rückgängig gemacht wird.';
    case 'all-back':
      return 'Alles wurde zurückgenommen.';
    case 'unwritten': {
      const { reason } = checked;
      const why = typeof reason === 'string' ? '' : ` (${causeWords(reason, around)})`;
      const said = typeof reason === 'string' ? ` ${englishReason(reason)}` : '';
      return `Der Verlauf ließ sich nicht vervollständigen${why}; vor der nächsten Änderung wird vielleicht alles noch einmal zurückgenommen.${said}`;
    }
    case 'noted':
      return noteWords(checked.note, around);
    case 'unworded': {
      const { count } = checked;
      return `${count === 1 ? 'Etwas Weiteres stammt' : `${number(count)} weitere Angaben stammen`} von einer anderen Version von Portcullis und ${count === 1 ? 'lässt' : 'lassen'} sich hier nicht zeigen: Scanne neu, um zu sehen, wie es steht.`;
    }
  }
}
