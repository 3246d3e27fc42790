/** Programs that pass messages between programs, or mail between people, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const CLOSED =
  'Programme auf anderen Computern können hier keine Nachrichten mehr senden oder holen. Die auf diesem Computer können es weiter.';
const PASSES = 'Reicht Nachrichten zwischen Programmen weiter.';

export const messaging: Readonly<Record<string, GermanService>> = {
  epmd: {
    purpose: 'Hilft Erlang-Programmen wie RabbitMQ und CouchDB, einander zu finden.',
    ifExposed: 'Jemand könnte auflisten, welche Erlang-Programme dieser Computer hat und wo sie zu erreichen sind.',
    ifClosed: 'Erlang-Programme auf anderen Computern können mit denen hier kein Cluster mehr bilden.',
    bindLocal: 'In seiner Umgebung setzen: ERL_EPMD_ADDRESS=127.0.0.1',
  },
  kafka: {
    purpose: 'Reicht Ströme von Nachrichten zwischen Programmen weiter.',
    ifExposed:
      'Frisch installiert fragt es nach keinem Passwort: Jemand könnte alle Nachrichten lesen, senden und löschen.',
    ifClosed: CLOSED,
  },
  'mail-server': {
    purpose: 'Nimmt E-Mails an, meist die, die dieser Computer sich selbst schickt.',
    ifExposed:
      'Jemand könnte hier E-Mails hinterlassen und in deinem Namen welche verschicken, wo das Weiterleiten offen ist.',
    ifClosed: 'Andere Computer können hier keine E-Mails mehr zustellen. Verschicken geht weiterhin.',
  },
  'mailbox-server': {
    purpose: 'Lässt Mailprogramme die Postfächer lesen, die auf diesem Computer liegen.',
    ifExposed: 'Wer ein Passwort kennt oder errät, könnte die E-Mails lesen.',
    ifClosed: 'Mailprogramme auf anderen Geräten können von hier keine E-Mails mehr lesen.',
  },
  mqtt: {
    purpose: 'Reicht Nachrichten zwischen Sensoren, Schaltern und Smart-Home-Programmen weiter.',
    ifExposed: 'Jemand könnte deinen Geräten zuhören und sie schalten, wo kein Passwort gesetzt ist.',
    ifClosed: 'Smart-Home-Geräte können diesem Computer nichts mehr melden.',
  },
  nats: {
    purpose: PASSES,
    ifExposed: 'Frisch installiert fragt es nach keinem Passwort: Jemand könnte alle Nachrichten lesen und senden.',
    ifClosed: CLOSED,
  },
  rabbitmq: {
    purpose: PASSES,
    ifExposed: 'Wer ein Passwort kennt oder errät, könnte Nachrichten lesen und senden und die Einstellungen ändern.',
    ifClosed: CLOSED,
  },
  xmpp: {
    purpose: 'Lässt Menschen über diesen Computer chatten.',
    ifExposed: 'Jemand könnte sich registrieren oder anmelden, je nach seinen Einstellungen.',
    ifClosed: 'Chatprogramme auf anderen Geräten können sich nicht mehr mit diesem Server verbinden.',
  },
};
