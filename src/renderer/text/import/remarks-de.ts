/** What must be known before an intent of another computer is carried out here, in German. */
import type { CarryRemark } from '../../../core/intent/carry.ts';
import { visible } from '../../../core/visible.ts';

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
      return remark.audience === 'everyone'
        ? `${port}: Niemand sonst erreicht diesen Port hier, so wie es ist.`
        : `${port}: Wer ausgesperrt werden soll, erreicht diesen Port hier schon jetzt nicht.`;
    case 'range-stays':
      return `${remark.target.port}-${remark.lastPort}/${remark.target.protocol}: Eine Regel leitet diese Ports anderswohin weiter. Ein ganzer Bereich wird hiermit nicht geschlossen und bleibt womöglich offen.`;
    case 'address-stays':
      return `${port} von ${visible(remark.address)}: Wird unter der eigenen Adresse durch diesen Computer erreicht. Das wird hiermit nicht geschlossen und bleibt womöglich offen.`;
    case 'own-networks':
      return `${port}: ${[
        remark.here.length === 0
          ? 'Dieser Computer hat kein weiteres Netz, das nicht ausgesperrt wird'
          : `Netze dieses Computers, die nicht ausgesperrt werden: ${remark.here.join(', ')}`,
        ...(remark.there.length === 0
          ? []
          : [`ausgesperrt werden Netze des anderen, soweit sie nicht auch diesem gehören: ${remark.there.join(', ')}`]),
      ].join('; ')}.`;
  }
}
