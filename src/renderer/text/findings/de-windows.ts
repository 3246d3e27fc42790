/** What a Windows computer has of its own, in German. */
import { FIXED } from '../../../core/advice/commands.ts';
import type { Sentences } from '../../../core/advice/english/parts.ts';
import { LONGEST_RULE, short } from '../../../core/advice/named.ts';
import type { Subjects } from '../../../core/advice/subjects.ts';
import type {
  Few,
  HttpSys,
  NetworkProfile,
  PassesOn,
  SaysWindowsGuests,
  SaysWindowsInert,
  SaysWindowsPrivate,
  SaysWindowsProfile,
  SaysWindowsRefused,
  SaysWindowsReplaced,
  SaysWindowsUnfiltered,
} from '../../../core/says.ts';
import { visible } from '../../../core/visible.ts';
import { foreign, list, number } from '../format.ts';
import { NETWORK_PROFILE } from '../names-de.ts';
import { ASK_MANAGER, quoted, subjectOf, together } from './de-parts.ts';

const READS = 'Alles geht weiter wie bisher: Nachsehen liest nur.';

/** After “in”. */
const networks = (profiles: readonly NetworkProfile[]): string => list(profiles.map((one) => NETWORK_PROFILE[one].in));

const rulesOf = ({ first, more }: Few<string>): string =>
  list([...first.map(quoted), ...(more === 0 ? [] : [`${number(more)} weitere`])]);

const subjectsOf = ({ first, more }: Few<string>, subjects: Subjects): string =>
  list([...first.map((id) => subjectOf(subjects.listener(id))), ...(more === 0 ? [] : [`${number(more)} weitere`])]);

/** The last part of a path. */
const fileOf = (path: string): string => foreign(path.split('\\').at(-1) ?? '');

// ---------------------------------------------------------------- listeners

export function answersWeb({ urls }: HttpSys): string {
  const holds =
    'Windows selbst hält diesen Port (System, Prozess 4), in der Regel mit http.sys für Programme und Dienste, die Web-Anfragen beantworten; zu beenden ist es nicht.';
  const look = 'Welches antwortet, zeigt als Administrator: netsh http show servicestate.';
  if (urls === null || urls.first.length === 0) return `${holds} ${look}`;
  const more = urls.more === 0 ? [] : [`${number(urls.more)} weitere`];
  return `${holds} Für manche davon reserviert: ${list([...urls.first.map(foreign), ...more])}. ${look}`;
}

export const passesOn = ({ passes }: PassesOn): string =>
  passes
    .map(({ to, command }) =>
      together(
        `Er führt zu ${foreign(to)}.`,
        command === null ? null : `Um das wegzunehmen, als Administrator: ${visible(command)}.`,
      ),
    )
    .join(' ');

// ---------------------------------------------------------------- rules

export function refused(
  { program, profiles, listeners, over, commands }: SaysWindowsRefused,
  subjects: Subjects,
): Sentences {
  const how =
    commands === null
      ? 'in wf.msc unter „Eingehende Regeln“'
      : `als Administrator: ${commands.map(visible).join('; ')}`;
  return {
    title: `Windows blockiert ${fileOf(program)}, weil die Frage nach ihm nicht mit Ja beantwortet wurde`,
    why: together(
      `Windows fragt, ob andere ein Programm erreichen dürfen, wenn es zum ersten Mal lauscht. Für ${foreign(program)} wurde das weggeklickt oder abgelehnt, oder es konnte nicht gefragt werden; darum hat Windows Regeln angelegt, die es ${networks(profiles)} blockieren.`,
      listeners.first.length === 0 ? null : `Sie halten andere fern von: ${subjectsOf(listeners, subjects)}.`,
      over.first.length === 0
        ? null
        : `Sie gehen vor ${rulesOf(over)}: Blockieren schlägt jede Regel, die nur erlaubt und nicht ausdrücklich über dem Blockieren steht.`,
      `Lass sie stehen, wenn niemand sonst es braucht. Solange sie da sind, fragt Windows nicht noch einmal; überlegst du es dir anders, lösche sie ${how}.`,
    ),
    ifClosed:
      'Solange sie bleiben, ändert sich nichts. Ohne sie gelten wieder Regeln, die das Programm hereinlassen, und wo es keine gibt, fragt Windows beim nächsten Mal.',
  };
}

export function inert({ because, profiles, rules }: SaysWindowsInert): Sentences {
  const count = rules.first.length + rules.more;
  const which =
    count === 1
      ? 'Eine Regel, die hier angelegt wurde, lässt'
      : `${number(count)} Regeln, die hier angelegt wurden, lassen`;
  return because === 'policy'
    ? {
        title: `${which} niemanden herein: Die Gruppenrichtlinie übergeht sie`,
        why: `${rulesOf(rules)}. Hier gelten ${networks(profiles)} nur Regeln der Gruppenrichtlinie; die anderen sehen aus, als wären sie an, und bewirken nichts. Wer diesen Computer verwaltet, kann eine hinzufügen.`,
        ifClosed: 'Durch sie kommt jetzt niemand herein, sie zu löschen ändert also nichts.',
      }
    : {
        title: `${which} niemanden herein: Alle eingehenden Verbindungen sind blockiert`,
        why: `${rulesOf(rules)}. Die Windows-Firewall ist ${networks(profiles)} darauf eingestellt, alle eingehenden Verbindungen zu blockieren, auch die der zugelassenen Apps. Das ist die sicherste Einstellung; sie steht in Windows-Sicherheit unter „Firewall- & Netzwerkschutz“.`,
        ifClosed: 'Durch sie kommt jetzt niemand herein, sie stehen zu lassen ändert also nichts.',
      };
}

// ---------------------------------------------------------------- networks

export function privateNetwork(
  { interface: name, listeners, opens, mayOpen, command }: SaysWindowsPrivate,
  subjects: Subjects,
): Sentences {
  const ports = listeners.first.length + listeners.more;
  const one = ports === 1;
  const count = one ? 'Ein Port ist' : `${number(ports)} Ports sind`;
  const inSettings =
    'in den Einstellungen unter „Netzwerk und Internet“, Eigenschaften dieses Netzwerks, Netzwerkprofiltyp: Öffentlich';
  const title = `${count} nur offen, weil das Netzwerk (${foreign(name)}) als privat eingestellt ist`;
  const trust = `Privat ist für Netzwerke gedacht, deren Geräten du traust, etwa zu Hause; ob dieses (${foreign(name)}) so eines ist, weißt nur du.`;
  const closed = `Aus diesem Grund offen: ${subjectsOf(listeners, subjects)}. Als öffentliches Netzwerk ${one ? 'wäre er' : 'wären sie'} für andere dort geschlossen`;
  const perhaps =
    mayOpen.first.length === 0
      ? ''
      : `; ob dann für andere als jetzt offen wäre, lässt sich nicht sagen: ${subjectsOf(mayOpen, subjects)}`;
  if (opens.first.length > 0)
    return {
      title,
      why: `${trust} ${closed}, aber für andere als jetzt wäre dann offen: ${subjectsOf(opens, subjects)}. Lass es also, wie es ist, bis das geschlossen ist.`,
      ifClosed: 'Solange es ein privates Netzwerk bleibt, ändert sich nichts.',
    };
  return {
    title,
    why: `${trust} ${closed}${perhaps}. So stellst du es um: ${inSettings}${command === null ? '' : `, oder als Administrator: ${visible(command)}`}.`,
    ifClosed:
      'Geräte in diesem Netzwerk erreichen nicht mehr, was genannt ist. Es lässt sich jederzeit wieder als privat einstellen.',
  };
}

export function profile({ profile: kind, fault, interfaces, command }: SaysWindowsProfile): Sentences {
  const here = list(interfaces.map(foreign));
  const which = networks([kind]);
  const unless = fault === 'off' ? '' : ', wenn keine Regel es blockiert';
  const open =
    interfaces.length === 0
      ? `Dieser Computer ist gerade in keinem solchen Netzwerk; im nächsten wäre alles offen, was lauscht${unless}.`
      : `${here} ${interfaces.length === 1 ? 'ist' : 'sind'} in so einem Netzwerk: Was dort lauscht, ist offen${unless}.`;
  return {
    title:
      fault === 'off'
        ? `Die Windows-Firewall ist ${which} aus`
        : `Die Windows-Firewall lässt ${which} herein, was keine Regel blockiert`,
    why: `${open} ${command === null ? ASK_MANAGER : `Um das zu ändern, als Administrator: ${command}.`}`,
    ifClosed:
      'Andere in solchen Netzwerken erreichen nur noch, was Regeln hereinlassen. Was du von hier aus öffnest, geht weiterhin.',
  };
}

export const unfiltered = ({ profile: kind, interfaces, command }: SaysWindowsUnfiltered): Sentences => ({
  title: `Die Windows-Firewall lässt ${list(interfaces.map(foreign))} außer Acht`,
  why: `Sie ist ${networks([kind])} an, aber ${list(interfaces.map(foreign))} ${interfaces.length === 1 ? 'ist' : 'sind'} davon ausgenommen: Was lauscht, ist dort offen, was auch immer die Regeln sagen. ${command === null ? ASK_MANAGER : `Um ${interfaces.length === 1 ? 'es' : 'sie'} wieder aufzunehmen, als Administrator: ${command}.`}`,
  ifClosed:
    'Andere in diesem Netzwerk erreichen nur noch, was Regeln hereinlassen. Was du von hier aus öffnest, geht weiterhin.',
});

// ---------------------------------------------------------------- the firewall as a whole

export const replaced = ({ by }: SaysWindowsReplaced): Sentences =>
  by === null
    ? {
        title: 'Der Dienst der Windows-Firewall läuft nicht',
        why: 'Ohne ihn (mpssvc) bewirken ihre Regeln nichts. Steht keine andere Firewall an ihrer Stelle, ist alles offen, was lauscht; von hier aus ist das nicht zu sehen. Zum Starten als Administrator: Start-Service mpssvc.',
        ifClosed:
          'Läuft er, erreichen andere nur noch, was Regeln hereinlassen. Was du von hier aus öffnest, geht weiterhin.',
      }
    : {
        title: `${short(by, LONGEST_RULE)} hat die Stelle der Windows-Firewall eingenommen`,
        why: 'Es hat sich hier als Firewall angemeldet, die Regeln der Windows-Firewall bewirken also vielleicht nichts. Was es hereinlässt, steht in seinem eigenen Programm und ist von hier aus nicht zu sehen.',
        ifClosed: READS,
      };

export function guests({ adapters, programs, wsl }: SaysWindowsGuests): Sentences {
  const names = [...adapters, ...programs].map(foreign);
  const mirrored = wsl.networking === 'mirrored';
  const open = mirrored && (wsl.filter === 'off' || wsl.filter === 'allows');
  return {
    title: open
      ? 'Was in Linux (WSL) lauscht, ist für andere offen, und Windows führt es nicht auf'
      : mirrored
        ? 'Was in Linux (WSL) lauscht, liegt an den eigenen Adressen dieses Computers und wird nicht beurteilt'
        : 'Linux (WSL), Container oder virtuelle Maschinen hier werden nicht beurteilt',
    why: together(
      names.length === 0 ? null : `Zu sehen sind: ${list(names)}.`,
      'Was für WSL und für Container hereinkommt, geht durch die Hyper-V-Firewall (Windows 11 ab Version 22H2); eine gewöhnliche virtuelle Maschine hat nur die Firewall in ihr selbst.',
      withinWsl(wsl),
      `Sieh nach, was in WSL selbst lauscht, welche Regeln diese Firewall hat und was sie ohne Regel tut: ${FIXED.hyperVRules}; ${FIXED.hyperVDefault}.`,
    ),
    ifClosed: READS,
  };
}

function withinWsl({ networking, filter, openings }: SaysWindowsGuests['wsl']): string {
  if (networking === null)
    return 'Mit gespiegeltem Netzwerk ist ein Port, der in WSL offen ist, an den eigenen Adressen dieses Computers offen, soweit die Hyper-V-Firewall ihn hereinlässt, obwohl Windows ihn nicht aufzählt, und dieser Bericht auch nicht.';
  if (networking === 'other')
    return 'WSL ist auf ein eigenes Netzwerk eingestellt: Andere erreichen, was darin lauscht, über Ports, die dieser Computer weiterleitet.';
  if (networking === 'none') return 'WSL ist so eingestellt, dass es kein Netzwerk hat.';
  if (networking === 'bridged')
    return 'WSL ist auf eine Brücke eingestellt: Es hat eine eigene Adresse im Netzwerk, an der andere erreichen, was darin lauscht. Windows führt das nicht auf, und dieser Bericht auch nicht.';
  const mirrored =
    'WSL ist auf gespiegeltes Netzwerk eingestellt: Ein Port, der darin offen ist, ist an den eigenen Adressen dieses Computers offen, soweit diese Firewall ihn hereinlässt, obwohl Windows ihn nicht aufzählt, und dieser Bericht auch nicht.';
  const rules = list([
    ...openings.first.map(foreign),
    ...(openings.more === 0 ? [] : [`${number(openings.more)} weitere`]),
  ]);
  switch (filter) {
    case 'off':
      return `${mirrored} Für WSL ist sie aus, was dort lauscht, ist also offen.`;
    case 'allows':
      return `${mirrored} Sie lässt herein, was keine ihrer Regeln sperrt, zumindest in manchen Netzwerken.`;
    case 'blocks':
      return `${mirrored} Sie sperrt, was keine Regel hereinlässt${rules === '' ? '' : `; ihre Regeln lassen herein: ${rules}`}. Regeln der Windows-Firewall können dort auch gelten, darum lässt sich von hier aus nicht sagen, wer was erreicht.`;
    case null:
      return `${mirrored} Ihre Einstellungen konnten nicht gelesen werden.`;
  }
}
