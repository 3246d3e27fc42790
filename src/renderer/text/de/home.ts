/** Keep closed: the state, the advice, what was checked, in German. */
import { headlineInGerman, meantInGerman } from '../../../core/advice/headline-de.ts';
import { openCount } from '../../../core/advice/headline.ts';
import { meantForInternet } from '../../../core/advice/meant.ts';
import { isListWhole } from '../../../core/listeners/whole.ts';
import { NETWORK } from '../../../core/reach/place-words-de.ts';
import { countExposure, needsRights, networkOf } from '../../state/select.ts';
import { portName, upper } from '../facts.ts';
import { foreign, number, plural, time } from '../format.ts';
import { FIREWALL } from '../names-de.ts';
import { ports, connections } from './shared.ts';
import type { homeWords as English } from '../en/home.ts';

export const homeWords: typeof English = {
  home: {
    sentence: (report) => {
      const [headline] = headlineInGerman(openCount(report));
      if (headline !== undefined) return headline;
      const { unknown } = countExposure(report);
      const off = report.firewalls.length > 0 && report.firewalls.every(({ active }) => active === false);
      if (unknown > 0)
        return `Wer ${unknown === 1 ? 'einen Port' : ports(unknown)} erreicht, lässt sich noch nicht sagen.`;
      if (!isListWhole(report)) return 'Nicht alles, was lauscht, konnte gelesen werden.';
      if (off) return 'Gerade muss nichts geschlossen werden, aber die Firewall ist aus.';
      return 'Nichts zu schließen.';
    },
    detail: (report) => {
      const [headline, ...more] = headlineInGerman(openCount(report));
      const meant = meantInGerman(meantForInternet(report, headline !== undefined));
      const { unknown, others } = countExposure(report);
      const which = unknown === 1 ? 'einen weiteren' : `${number(unknown)} weitere`;
      const yet = unknown === 0 ? [] : [`Wer ${which} erreicht, ist noch unklar.`];
      if (headline !== undefined)
        return [...more, ...meant, 'Was du schließt, kann dieser Computer selbst weiter nutzen.', ...yet].join(' ');
      if (unknown > 0 && needsRights(report))
        return 'Die genauen Regeln der Firewall sind nur mit Administratorrechten lesbar.';
      if (unknown > 0 || !isListWhole(report)) return 'Was fehlt und wie es sich klären lässt, steht weiter unten.';
      if (networkOf(report) === null && others === 0)
        return 'Dieser Computer ist gerade in keinem Netzwerk. Scanne neu, sobald er in einem ist.';
      if (others === 0) return 'Niemand sonst erreicht etwas auf diesem Computer.';
      return meant[0] ?? 'Was andere erreichen, ist für sie gedacht, oder du lässt es offen.';
    },
    closeAll: (count) => `Alle empfohlenen schließen (${number(count)})`,
    list: 'Zum Ansehen',
    close: 'Schließen',
    closing: 'Wird geschlossen …',
    keepOpen: 'Offen lassen',
    keepingOpen: 'Wird notiert …',
    more: 'Mehr',
    less: 'Weniger',
    turnOn: 'Einschalten',
    turningOn: 'Wird vorbereitet …',
    remove: 'Freigabe entfernen',
    removing: 'Wird entfernt …',
    readExactly: 'Genaue Regeln lesen',
    readExactlyWhy: 'Fragt einmal nach deinem Passwort. Liest nur; nichts wird geändert.',
    ifClosed: 'Wenn du ihn schließt',
    runBy: 'Programm',
    decidedBy: 'Entschieden durch',
    showPort: 'Alles zu diesem Port',
    closeLabel: (name) => `${name} schließen`,
    keepLabel: (name) => `Offen lassen: ${name}`,
    severity: { high: 'Zuerst schließen', medium: 'Besser schließen', low: 'Kleinigkeit' },
    yourCall: 'Deine Wahl',
    ways: 'Wege',
    showWays: 'So wird er geschlossen',
    keptTitle: 'Von dir offen gelassen',
    stopKeeping: 'Wieder melden',
    stopKeepingLabel: (name) => `Wieder melden: ${name}`,
    keptAnnounced: (target, keep) =>
      keep
        ? `${portName(target)} bleibt offen und wird nicht mehr gemeldet.`
        : `${portName(target)} wird wieder gemeldet.`,
    checkedTitle: (asOf) => (asOf === null ? 'Was geprüft wurde' : `Was um ${time(asOf)} geprüft wurde`),
    checkedListening: (count, self) =>
      count === 0
        ? 'Nichts lauscht'
        : `${plural(count, { one: 'Port lauscht', other: 'Ports lauschen' })}, ${number(self)} davon nur für diesen Computer`,
    checkedOthers: (count, unknown) => {
      if (count > 0) return `${number(count)} ${count === 1 ? 'ist' : 'sind'} für andere erreichbar`;
      return unknown > 0 ? 'Von keinem ist bekannt, dass andere ihn erreichen' : 'Keiner ist für andere erreichbar';
    },
    checkedUnknown: (count) =>
      `Bei ${number(count)} lässt sich nicht sagen, wer ${count === 1 ? 'ihn' : 'sie'} erreicht`,
    checkedConnections: (inbound, outbound) => `${connections(inbound)} von anderen, ${number(outbound)} zu anderen`,
    checkedInterface: (kind, name, addresses) =>
      `${upper(NETWORK[kind])} ${foreign(name)}: ${addresses.slice(0, 2).map(foreign).join(', ')}`,
    firewallLine: (state) => {
      const name = `Die Firewall (${FIREWALL[state.id]})`;
      if (state.active === null) return `${name} kann an oder aus sein: Das ist nicht lesbar`;
      if (!state.active) return `${name} ist aus: Sie hält niemanden auf`;
      switch (state.defaults.inbound) {
        case 'deny':
        case 'reject':
          return `${name} ist an und weist andere ab, wenn keine Regel sie hereinlässt`;
        case 'allow':
          return `${name} ist an, lässt aber andere herein, wenn keine Regel sie aufhält`;
        case 'unknown':
          return `${name} ist an`;
      }
    },
    unreadTitle: 'Was nicht gelesen werden konnte',
    unreadLead: 'Wo es für ein Urteil zählt, heißt das Urteil „unklar“, statt zu raten.',
    historyTitle: 'Letzte Änderung',
  },

  listGap: {
    title: 'Nicht alles, was lauscht, konnte gelesen werden.',
    text: 'Es kann mehr Ports geben als diese. In der Übersicht steht, was fehlt und wie es sich klären lässt.',
  },
};
