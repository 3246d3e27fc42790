/** Problems of foreseeing what a step would do, in German. */
import type { Unforeseen, Wording } from '../../../core/problem.ts';
import type { ForeseeingProblem } from '../../../core/problem/foreseeing.ts';
import { upper } from '../facts.ts';
import { quoted } from '../findings/de-parts.ts';
import { sentence } from '../format.ts';
import { germanWhat } from '../gaps/de-what.ts';
import { germanWhy } from '../gaps/de-why.ts';

function whyWords(why: Unforeseen): string {
  switch (why.is) {
    case 'unread':
      return `${upper(germanWhat(why.what))}: ${germanWhy(why.why)}`;
    case 'no-unit':
      return `${sentence(why.unit)} gibt es nicht`;
    case 'kernel-unread':
      return `Die Regeln des Kernels ließen sich nicht lesen (${germanWhy(why.why)})`;
    case 'file-unread':
      return `${sentence(why.path)} ließ sich nicht lesen`;
    case 'file-line':
      return `In ${sentence(why.path)} steht eine unbekannte Zeile`;
    case 'family-line':
      return `In einer Datei für IPv${why.family} in /etc/ufw steht eine unbekannte Zeile`;
    case 'kernel-family':
      return `Die Regeln des Kernels für IPv${why.family} sind nicht bekannt`;
    case 'zone-missing':
      return `Die Zone ${quoted(why.zone)} fehlt in den Regeln von nftables`;
    case 'zone-priority':
      return `In der Zone ${quoted(why.zone)} hat eine fremde Regel dieselbe Priorität wie die von Portcullis`;
    case 'zone-differs':
      return `Die Regeln von nftables für die Zone ${quoted(why.zone)} sind nicht die, die firewalld nennt`;
    case 'zone-halved':
      return `Die Zone ${quoted(why.zone)} wird nicht benutzt, oder sie ist nicht gespeichert`;
    case 'sockets':
      return 'Welcher Socket wem gehört, ist nicht bekannt';
    case 'rule-differs':
      return `Die Regel ${quoted(why.rule)} ist nicht so, wie sie gelesen wurde`;
    case 'chains-missing':
      return 'Die Ketten von ufw sind nicht im Kernel';
    case 'builtins':
      return 'Mit MANAGE_BUILTINS=yes leert ufw auch fremde Regeln';
    case 'off-but-loaded':
      return 'ufw ist laut seinen Einstellungen aus, aber seine Regeln sind im Kernel';
    case 'ufw-missing':
      return 'ufw ist nicht installiert';
    case 'ufw-off':
      return 'ufw ist schon aus';
    case 'saved':
      return 'Was gesichert wurde, steht in keinem Snapshot';
    case 'skipped':
      return 'ufw würde einen der Schritte überspringen';
    case 'nonsense':
      return 'Die Regeln von nftables ergeben keinen Sinn';
    case 'no-effect':
      return 'Einer der Schritte würde nichts bewirken';
  }
}

export const foreseeingWords: Wording<ForeseeingProblem> = {
  unforeseen: ({ of, why }) => [
    `Was diese Änderung${of === 'firewalld' ? ' in firewalld' : ''} bewirken würde, ist nicht vorherzusehen${why.is === 'unread' ? '.' : ':'} ${whyWords(why)}.`,
    of === 'ufw'
      ? 'Sieh dir die Dateien in /etc/ufw an oder nimm die Änderung von Hand mit ufw vor.'
      : 'Scanne neu und versuche es dann noch einmal.',
  ],
  'saved-not-read': () => ['Was gesichert wurde, steht in keinem Snapshot.', 'Scanne neu.'],
};
