/** What ports are, and what a scan of them finds, in German. */
import { NETWORK } from '../../../core/reach/place-words-de.ts';
import type { Seen, Shut } from '../../../core/reach/scanned.ts';
import { foreign, number, plural, time } from '../format.ts';
import { SLOWED } from './shared.ts';
import type { learnWords as English } from '../en/learn.ts';

export const learnWords: typeof English = {
  learn: {
    title: 'Lernen',
    lead: 'Ports in zwei Minuten, mit diesem Computer als Beispiel.',
    leadExample: 'Ports in zwei Minuten. Dieser Computer wurde noch nicht gelesen, darum sind die Beispiele erfunden.',
    here: 'Auf diesem Computer',
    example: 'Ein erfundenes Beispiel',
    others: 'Andere Computer',
    port: {
      title: 'Was ein Port ist',
      text: [
        'Andere Computer finden diesen über seine Adresse, wie Briefe ein Haus finden. Hinter der Adresse sind nummerierte Türen, von 0 bis 65535. Das sind seine Ports.',
        'Ein Programm, das gefunden werden will, wartet hinter einer Tür. Man sagt: Es lauscht. Wo niemand lauscht, führt die Tür nirgendwohin.',
        'Es gibt zwei Reihen von Türen. TCP ist für Gespräche, etwa eine Webseite. UDP ist für einzelne Nachrichten, etwa die Frage nach der Uhrzeit. 53/tcp und 53/udp sind also zwei Türen.',
      ],
      mine: (name, port) => `${foreign(name)} lauscht an ${port}.`,
      made: 'Ein Webserver lauscht an 443/tcp.',
      notWhole:
        'Was hier lauscht, konnte nicht gelesen werden. Darum ist dieses Bild ein erfundenes Beispiel: ein Webserver an 443/tcp.',
      noneListens:
        'Nichts lauscht auf diesem Computer. Darum ist dieses Bild ein erfundenes Beispiel: ein Webserver an 443/tcp.',
      picture: (doors) =>
        `Vier Türen. ${doors.map(({ port, listening }) => `${port}: ${listening ? 'ein Programm lauscht' : 'niemand lauscht'}`).join('. ')}.`,
    },
    ways: {
      title: 'Eingehend und ausgehend',
      text: [
        'Eingehend: Jemand anderes fängt an. Er klopft an einen Port, an dem hier ein Programm lauscht. Eine Firewall entscheidet, wer durchkommt.',
        'Ausgehend: Du fängst an. Dein Programm bekommt für die Antworten einen freien Port. Der wird zurückgegeben, wenn das Gespräch endet. Er braucht keine Freigabe.',
      ],
      picture: (inbound, local, remote) =>
        `Eingehend: Ein anderer Computer klopft an Port ${inbound} dieses Computers. Ausgehend: Dieser Computer geht von seinem Port ${local} zu Port ${remote} eines anderen.`,
      columns: { way: 'Richtung', program: 'Programm hier', from: 'Von', to: 'Nach' },
      inbound: 'Eingehend',
      outbound: 'Ausgehend',
      anyone: 'wer auch immer klopft',
      thisPort: (port) => `dieser Computer, Port ${port}`,
      otherPort: (address, port) => `${foreign(address)}, Port ${port}`,
      madeUp: '(erfunden)',
    },
    ranges: {
      title: 'Drei Bereiche von Nummern',
      text: 'Die IANA, die Stelle, die die Liste der Portnummern führt, teilt sie in drei Bereiche. Sie sind Gewohnheiten, keine Mauern: Jedes Programm darf fast jede Nummer nutzen. Eine Nummer allein sagt also nicht, wer da ist.',
      picture: (count) =>
        `Bild aller 65.536 Ports in ihren drei Bereichen, mit den ${number(count)}, an denen hier etwas lauscht. Die Tabelle darunter zählt sie.`,
      columns: { range: 'Bereich', numbers: 'Nummern', use: 'Wofür', mine: 'Lauscht hier' },
    },
    addresses: {
      title: 'Private und öffentliche Adressen',
      text: [
        'Eine öffentliche Adresse ist von überall im Internet ansprechbar. Eine private bedeutet nur innerhalb eines Netzwerks etwas, etwa im WLAN zu Hause. Dieselben privaten Nummern werden in vielen anderen Netzwerken noch einmal benutzt.',
        'Ein Router leiht seine öffentliche Adresse allen hinter ihm und sortiert die Antworten. Das heißt NAT. Von außen kann niemand ein Gespräch mit dir anfangen, es sei denn, der Router soll einen Port weiterleiten.',
        'NAT schützt dich nicht vor Nachbarn: Wer im selben Netzwerk ist, spricht dich direkt an. IPv6-Adressen sind oft öffentlich, ohne NAT.',
      ],
      picture:
        'Dieser Computer, mit einer privaten Adresse, spricht mit seinem Router. Der Router, mit einer öffentlichen Adresse, spricht mit dem Internet.',
      router: 'Router (NAT)',
      privateSide: 'private Adresse',
      publicSide: 'öffentliche Adresse',
      columns: { address: 'Adresse', on: 'In', kind: 'Art' },
      kinds: {
        private: 'Privat: nur in diesem Netzwerk',
        public: 'Öffentlich: vielleicht aus dem Internet ansprechbar',
        link: 'Link-lokal: nur direkte Nachbarn',
        shared: 'Geteilt: innerhalb eines Anbieters oder Tailnets',
        other: 'Für einen besonderen Zweck',
      },
      unseen:
        'Welche öffentliche Adresse dein Router nutzt, ist von hier aus nicht zu sehen. Portcullis fragt niemanden im Internet.',
    },
    scan: {
      title: 'Was ein Portscan dieses Computers fände',
      asOf: (iso) => `Stand ${time(iso)}. Es kann sich seitdem geändert haben.`,
      text: 'Ein Portscan klopft an viele Türen und notiert die Antworten. Alle im selben Netzwerk können das. Portcullis tut es nicht: Es leitet die Antworten aus dem ab, was hier lauscht, und aus den Regeln der Firewall. Nichts wird gesendet.',
      answers: [
        { seen: 'open', text: '„Ja.“ Ein Programm lauscht, und die Regeln lassen das Klopfen durch.' },
        {
          seen: 'closed',
          text: '„Nein.“ Das Klopfen wird sofort abgelehnt. Der Scanner weiß, dass hier ein Computer ist.',
        },
        { seen: 'filtered', text: 'Stille. Die Firewall verwirft das Klopfen. Der Scanner wartet und gibt dann auf.' },
      ] satisfies readonly { seen: Seen; text: string }[],
      as: (kind, name) => `Wie es Nachbarn in deinem ${NETWORK[kind]} (${foreign(name)}) sähen`,
      noNetwork:
        'Dieser Computer ist gerade in keinem WLAN oder LAN, also könnten keine Nachbarn ihn von dort scannen.',
      columns: { port: 'Port', seen: 'Der Scanner sieht', what: 'Was es ist' },
      seen: {
        open: 'Offen',
        limited: `Offen${SLOWED}`,
        some: 'Offen für manche Nachbarn',
        unknown: 'Unklar',
        filtered: 'Gefiltert',
        refused: 'Geschlossen, durch eine Regel abgelehnt',
        closed: 'Geschlossen',
        shut: 'Geschlossen oder gefiltert',
      },
      byDefault: (seen) => `${seen}, als Voreinstellung`,
      emptyDoor: 'Wie eine leere Tür',
      unheardWhy: 'Nichts wartet auf dieses Netzwerk.',
      refusedWhy: 'Manche Scanner schreiben dafür „gefiltert“.',
      leadsOn: 'Eine Regel leitet anderswohin weiter.',
      restUnread:
        'Alle anderen Ports: Was dort lauscht, konnte nicht gelesen werden. Wie sie wirken, lässt sich nicht sagen.',
      rest: (seen: Shut) => {
        switch (seen) {
          case 'filtered':
            return 'Alle anderen Ports: Dort lauscht nichts. Ihrer Voreinstellung nach verwirft die Firewall das Klopfen, also wirken sie gefiltert, wenn keine Regel etwas anderes sagt.';
          case 'refused':
            return 'Alle anderen Ports: Dort lauscht nichts. Ihrer Voreinstellung nach lehnt die Firewall das Klopfen ab, wenn keine Regel etwas anderes sagt.';
          case 'closed':
            return 'Alle anderen Ports: Dort lauscht nichts. Dieser Computer sagt von selbst Nein, also wirken sie geschlossen, wenn keine Regel etwas anderes sagt.';
          case 'shut':
            return 'Alle anderen Ports: Dort lauscht nichts, sie sind wie leere Türen. Ob eine solche Tür geschlossen oder gefiltert wirkt oder ob eine Regel von ihr anderswohin leitet, lässt sich aus dem Gelesenen nicht sagen.';
        }
      },
      more: (count) =>
        `${plural(count, { one: 'weiterer Port', other: 'weitere Ports' })}, ${count === 1 ? 'nicht' : 'keiner davon'} offener als diese. Alle stehen unter „Ports“.`,
      udp: 'Ein UDP-Programm muss nicht antworten. Ein Scanner kann einen offenen UDP-Port oft nicht von einem gefilterten unterscheiden.',
      settle: 'Was Unklares klären würde',
      examples: [
        { port: '443/tcp', seen: 'open', what: 'Webserver' },
        { port: '22/tcp', seen: 'filtered', what: 'Anmeldung aus der Ferne' },
        { port: '3000/tcp', seen: 'closed', what: 'Nichts lauscht' },
      ] satisfies readonly { port: string; seen: Seen; what: string }[],
    },
  },
};
