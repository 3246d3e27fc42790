/** What must be known before an intent of another machine is carried out here, in English. */
import { visible } from '../visible.ts';
import type { CarryRemark } from './carry.ts';

/** One sentence. It holds no text of a file but networks in their plain form, and addresses made visible. */
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
      return remark.audience === 'everyone'
        ? `${port}: nobody else can reach it here as it is.`
        : `${port}: those who are to be shut out cannot reach it here as it is.`;
    case 'range-stays':
      return `${remark.target.port}-${remark.lastPort}/${remark.target.protocol}: a rule leads these ports on to elsewhere; a whole range is not closed by this, and may stay open.`;
    case 'address-stays':
      return `${port} of ${visible(remark.address)}: is reached at its own address, through this machine; that is not closed by this, and may stay open.`;
    case 'own-networks':
      return `${port}: ${[
        remark.here.length === 0
          ? 'this machine adds no network that is not shut out'
          : `networks of this machine that are not shut out: ${remark.here.join(', ')}`,
        ...(remark.there.length === 0
          ? []
          : [
              `shut out are networks of the other machine, but for what is this one’s as well: ${remark.there.join(', ')}`,
            ]),
      ].join('; ')}.`;
  }
}
