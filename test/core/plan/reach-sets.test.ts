/** Comparing reach: is less known than before, with nobody new let in for certain? */
import { expect, test } from 'vitest';
import type { ListenerReach, Reach } from '../../../src/core/model.ts';
import { lostSight } from '../../../src/core/plan/index.ts';

const way = (changes: Partial<Reach>): Reach => ({
  interface: 'wlan0',
  family: 4,
  address: '192.168.77.10',
  port: 3000,
  open: [],
  limited: [],
  unknown: [],
  decidedBy: [],
  reasons: [],
  doubts: [],
  trace: [],
  ...changes,
});
const reach = (changes: Partial<Reach>, exposureComplete = true): ListenerReach => ({
  exposure: 'self',
  exposureComplete,
  places: [],
  reach: [way(changes)],
});
const doubts = [{ kind: 'rule', text: '-m u32' } as const];

test('what is lost sight of, and why; not what is as unknown as before, or certainly open to others', () => {
  const closed = reach({});
  const dim = reach({ unknown: ['10.0.0.0/8'], doubts });
  expect(lostSight(closed, dim)).toEqual({ reason: doubts[0] });
  expect(lostSight(dim, dim)).toBeNull();
  expect(lostSight(dim, closed)).toBeNull();
  expect(lostSight(closed, reach({ open: ['10.0.0.0/8'] }))).toBeNull();
  expect(lostSight(closed, reach({ open: ['10.1.0.0/16'], unknown: ['10.2.0.0/16'], doubts }))).toBeNull();
  // There may be ways in that are not seen: of none of them a reason is known.
  expect(lostSight(closed, reach({}, false))).toEqual({ reason: null });
  expect(lostSight(reach({}, false), reach({}, false))).toBeNull();
});
