/** What must be known before an intent of another computer is carried out here, in German. */
import type { CarryRemark } from '../../../core/intent/carry.ts';

export function remarkInGerman(remark: CarryRemark): string {
  if (remark.kind === 'unknown-rest')
    return 'Was auf diesem Computer lauscht, war nicht vollständig lesbar. Es kann mehr offen sein, als hier geschlossen wird.';
  if (remark.kind === 'rest-of-now')
    return 'Was jetzt lauscht und nicht offen bleiben soll, wird geschlossen. Was später lauscht, schließt keine Firewall dieses Computers von selbst.';
  const port = `${remark.target.port}/${remark.target.protocol}`;
  switch (remark.kind) {
    case 'not-listening':
      return remark.of === 'close'
        ? `${port}: Dort lauscht auf diesem Computer nichts, also ist nichts zu schließen.`
        : `${port}: Soll offen bleiben, aber dort lauscht auf diesem Computer nichts.`;
    case 'unknown-listening':
      return remark.of === 'close'
        ? `${port}: Was auf diesem Computer lauscht, war nicht vollständig lesbar. Ob hier etwas zu schließen ist, ist unklar. Der Port wird nicht geschlossen.`
        : `${port}: Soll offen bleiben. Ob dort auf diesem Computer etwas lauscht, ist unklar.`;
    case 'closed-already':
      return `${port}: Niemand sonst erreicht diesen Port hier, so wie es ist.`;
    case 'own-networks':
      return `${port}: Nicht ausgesperrt sind die Netze dieses Computers, nicht die des anderen${remark.networks.length === 0 ? '' : ` (${remark.networks.join(', ')})`}.`;
  }
}
