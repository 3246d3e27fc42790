/** How devices on one network find each other, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

export const discovery: Readonly<Record<string, GermanService>> = {
  'apple-rapport': {
    purpose: 'Lässt deine eigenen Apple-Geräte diesen Mac finden und ihm etwas übergeben.',
    ifExposed:
      'Jemand könnte erfahren, dass hier ein Mac steht; was ausgetauscht wird, ist für deine eigenen Geräte verschlüsselt.',
    ifClosed: 'Handoff, die gemeinsame Zwischenablage und dein Handy als Kamera funktionieren vielleicht nicht mehr.',
  },
  llmnr: {
    purpose: 'Findet Computer im selben Netzwerk nach ihrem Namen, auf die alte Art von Windows.',
    ifExposed: 'Jemand könnte den Namen dieses Computers erfahren und seine Fragen falsch beantworten.',
    ifClosed: 'Alte Windows-Computer finden diesen vielleicht nicht mehr nach seinem Namen.',
  },
  mdns: {
    purpose: 'Findet Drucker, Lautsprecher und andere Geräte im selben Netzwerk und lässt sie diesen Computer finden.',
    ifExposed: 'Jemand könnte den Namen dieses Computers erfahren und welche Dienste er ankündigt.',
    ifClosed: 'Drucker, Lautsprecher und freigegebene Ordner werden vielleicht nicht mehr von selbst gefunden.',
  },
  netbios: {
    purpose: 'Findet Computer in alten Windows-Netzwerken nach ihrem Namen.',
    ifExposed: 'Jemand könnte Namen und Arbeitsgruppe dieses Computers erfahren und seine Fragen falsch beantworten.',
    ifClosed:
      'Sehr alte Windows-Computer finden diesen nicht mehr nach seinem Namen. Freigegebene Ordner gehen weiterhin.',
    bindLocal: 'In smb.conf, Abschnitt [global]: disable netbios = yes',
  },
  slp: {
    purpose: 'Eine alte Art, auf die Geräte Dienste ankündigen.',
    ifExposed: 'Jemand könnte damit andere im Namen dieses Computers mit Daten überfluten.',
    ifClosed: 'Manche alten Drucker und Speichergeräte werden nicht mehr von selbst gefunden.',
  },
  ssdp: {
    purpose: 'Findet Mediaplayer, Router und andere Geräte im selben Netzwerk.',
    ifExposed: 'Jemand könnte erfahren, welche Geräte und Dienste hier laufen.',
    ifClosed: 'Mediaplayer finden diesen Computer vielleicht nicht mehr.',
  },
  'ws-discovery': {
    purpose: 'Lässt diesen Computer auf Windows-Computern unter „Netzwerk“ erscheinen und findet Drucker und Scanner.',
    ifExposed: 'Jemand könnte den Namen dieses Computers erfahren und was er ankündigt.',
    ifClosed:
      'Dieser Computer erscheint auf Windows-Computern nicht mehr von selbst. Wer seine Adresse eingibt, öffnet ihn weiter.',
  },
};
