/** How the lists of ports show who can reach something, at a glance. */
import { CircleHelp, Laptop, Users } from 'lucide-react';
import type { Tone } from '../../state/select.ts';

export const TONE: Record<Tone, { readonly icon: typeof Users; readonly colour: string }> = {
  others: { icon: Users, colour: 'text-open' },
  self: { icon: Laptop, colour: 'text-faint' },
  unknown: { icon: CircleHelp, colour: 'text-doubt' },
};
