/** One attack: how the helper is called, and what is right for it to do. */
import type { Call } from './launch.ts';

export interface Attack extends Call {
  /**
   * `refused`: nothing of it may be done. `either`: where the change left a right plan, that plan may be carried out.
   * `answered`: what is asked for is harmless, and only how it is asked is not.
   */
  readonly expect: 'refused' | 'either' | 'answered';
  /** It has files laid before it, and taken away after it. */
  readonly lays: boolean;
  readonly prepare: () => void;
  readonly clean: () => void;
}

const nothing = (): void => {};

export const attack = (expect: Attack['expect'], more: Partial<Attack>): Attack => ({
  expect,
  words: ['apply'],
  env: {},
  input: Buffer.alloc(0),
  ending: 'ends',
  deaf: false,
  through: null,
  whileWaiting: [],
  lays: false,
  prepare: nothing,
  clean: nothing,
  ...more,
});
