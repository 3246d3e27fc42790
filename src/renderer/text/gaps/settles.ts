/** What would settle a gap, in any language: cut where it would never end, but not where it names a command, which is copied. */
import { commandsThatSettle } from '../../../core/advice/commands.ts';
import type { GapHow } from '../../../core/gaps/index.ts';
import { visible } from '../../../core/visible.ts';
import { sentence } from '../format.ts';

export const settles = (text: string, how: GapHow): string =>
  commandsThatSettle(how).length === 0 ? sentence(text) : visible(text);
