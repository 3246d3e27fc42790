/** What must be known before an intent of another machine is carried out here, in English. */
import type { CarryRemark } from './carry.ts';

/** One sentence. It holds no text of a file but networks in their plain form. */
export function remarkText(remark: CarryRemark): string {
  if (remark.kind === 'unknown-rest')
    return 'What listens on this machine could not be read whole, so more may be open than what is closed here.';
  if (remark.kind === 'rest-of-now')
    return 'What listens now and is not kept is closed; no firewall of this machine is made to close what listens later.';
  const port = `${remark.target.port}/${remark.target.protocol}`;
  switch (remark.kind) {
    case 'not-listening':
      return remark.of === 'close'
        ? `${port}: nothing listens there on this machine, so there is nothing to close.`
        : `${port}: is to be kept, but nothing listens there on this machine.`;
    case 'unknown-listening':
      return remark.of === 'close'
        ? `${port}: what listens on this machine could not be read whole, so whether there is something to close cannot be told. It is not closed.`
        : `${port}: is to be kept; whether something listens there on this machine cannot be told.`;
    case 'closed-already':
      return `${port}: nobody else can reach it here as it is.`;
    case 'own-networks':
      return `${port}: those who are not shut out are the networks of this machine, not those of the other one${remark.networks.length === 0 ? '' : ` (${remark.networks.join(', ')})`}.`;
  }
}
