/** Problems that hold no other: all but those of a change that was begun. */
import { z } from 'zod';
import { asking } from './asking.ts';
import { closing } from './closing.ts';
import { elevating } from './elevating.ts';
import { files } from './files.ts';
import { foreseeing } from './foreseeing.ts';
import { ordering } from './ordering.ts';
import { running } from './running.ts';
import { stopping } from './stopping.ts';
import { undoing } from './undoing.ts';
import { windows } from './windows.ts';

export const plain = z.discriminatedUnion('kind', [
  closing,
  stopping,
  undoing,
  foreseeing,
  asking,
  ordering,
  files,
  elevating,
  running,
  windows,
]);
export type PlainProblem = z.output<typeof plain>;
