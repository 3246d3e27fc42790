/** What a step of a plan does, in German, by its operation. */
import { ruleText } from '../../../core/firewalls/ufw/commands.ts';
import type { Operation } from '../../../core/model.ts';
import { quoted } from '../findings/de-parts.ts';
import { list, sentence } from '../format.ts';
import { portOf } from './de-parts.ts';
import { windowsStep } from './de-windows.ts';

type Kind<K extends Operation['kind']> = Extract<Operation, { readonly kind: K }>;

const OWN_TABLE = 'eigenen Tabelle von Portcullis';

const from = (source: string): string => (source === 'any' ? '' : ` von ${sentence(source)}`);

function prepend(operation: Kind<'ufw-prepend'>): string {
  const { action, from: source, families } = operation;
  const over = source === 'any' && families.length === 1 ? ` über IPv${families[0]}` : '';
  const what = `Neue Verbindungen zu ${portOf(operation)}${from(source)}${over}`;
  if (action === 'deny') return `${what} blockieren, vor jeder anderen Regel von ufw`;
  return `${what} hereinlassen${action === 'limit' ? ', von jeder Quelle höchstens 5 in 30 Sekunden' : ''}`;
}

function inTable({ kind, except, ...target }: Kind<'table-close' | 'table-open'>): string {
  const but = except.length === 0 ? '' : `, außer von ${list(except.map(sentence))},`;
  return kind === 'table-close'
    ? `Neue Verbindungen zu ${portOf(target)}${but} in der ${OWN_TABLE} blockieren, vor jeder anderen Regel`
    : `Die Sperre von ${portOf(target)}${but} aus der ${OWN_TABLE} nehmen`;
}

function inZone({ kind, zone, action, source, ...target }: Kind<'firewalld-add' | 'firewalld-remove'>): string {
  const where = `Zone ${quoted(zone)} von firewalld`;
  return kind === 'firewalld-add'
    ? `Neue Verbindungen zu ${portOf(target)}${from(source)} in der ${where} ${action === 'drop' ? 'blockieren' : 'hereinlassen'}, vor jeder anderen Regel darin`
    : `Die Regel von Portcullis, die ${portOf(target)}${from(source)} ${action === 'drop' ? 'blockiert' : 'hereinlässt'}, aus der ${where} nehmen`;
}

export function stepWords(operation: Operation): string {
  switch (operation.kind) {
    case 'ufw-delete':
      return `Die IPv${operation.tuple.family}-Regel ${quoted(ruleText(operation.tuple))} wegnehmen`;
    case 'ufw-prepend':
      return prepend(operation);
    case 'ufw-insert':
      return `Die IPv${operation.tuple.family}-Regel ${quoted(ruleText(operation.tuple))} wieder an ihre Stelle setzen`;
    case 'ufw-disable':
      return 'ufw ausschalten, jetzt und bei jedem Start des Computers';
    case 'ufw-enable':
      return 'ufw einschalten, jetzt und bei jedem Start des Computers';
    case 'ufw-restore':
      return operation.disable
        ? 'ufw wieder ausschalten und seine Regeldateien genau so wiederherstellen, wie sie waren'
        : 'Die Regeldateien von ufw genau so wiederherstellen, wie sie waren, und sie laden';
    case 'table-close':
    case 'table-open':
      return inTable(operation);
    case 'table-restore':
      return 'Die eigene Tabelle von Portcullis genau so wiederherstellen, wie sie war';
    case 'firewalld-add':
    case 'firewalld-remove':
      return inZone(operation);
    case 'firewalld-restore':
      return 'Die Dateien von firewalld genau so wiederherstellen, wie sie waren, und mit ihnen, was jetzt gilt';
    case 'windows-block':
    case 'windows-unblock':
    case 'windows-disable':
    case 'windows-enable':
    case 'windows-profile-on':
    case 'windows-profile-off':
      return windowsStep(operation);
    case 'service-stop':
      return `${sentence(operation.unit)} jetzt beenden${operation.boot ? ' und nicht mehr mit dem Computer starten' : ''}`;
    case 'service-start':
      return `${sentence(operation.unit)} jetzt ${operation.boot ? 'und mit dem Computer ' : ''}starten`;
    case 'service-restore':
      return 'Was beendet wurde, wieder starten, und mit dem Computer, wo es so war';
    case 'program-end':
      return `${sentence(operation.program)} (Prozess ${operation.pid}) bitten, sich zu beenden`;
    case 'connections-drop':
      return `Die Verbindungen zu Port ${operation.port} (TCP) von ${list(operation.from.map(sentence))} beenden`;
  }
}
