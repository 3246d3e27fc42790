/** Does it listen on this computer only? Who reaches it from elsewhere all the same is led there. */
import type { ReportListener } from '../model.ts';

export const isBoundHere = ({ addresses }: Pick<ReportListener, 'addresses'>): boolean =>
  addresses.length > 0 && addresses.every(({ scope }) => scope === 'loopback');
