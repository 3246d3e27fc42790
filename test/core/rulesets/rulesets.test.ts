/** The reports on rule sets that people really run; `npx vitest run --project fast test/core/rulesets -u` writes the goldens anew. */
import { expect, test } from 'vitest';
import { parseSnapshot } from '../../../src/core/snapshot.ts';
import { reportOf } from './report.ts';
import { rulesets } from './sets/index.ts';
import { readSnapshots } from './snapshots.ts';

const snapshots = readSnapshots();

test('there are enough of them, each with what was read of it', () => {
  expect(rulesets.length).toBeGreaterThanOrEqual(30);
  expect(Object.keys(snapshots).toSorted()).toEqual(rulesets.map(({ name }) => name).toSorted());
});

test.each(rulesets)('$name', async ({ name }) => {
  const { text, json } = reportOf(parseSnapshot(JSON.stringify(snapshots[name]), name));
  await expect(text).toMatchFileSnapshot(`goldens/${name}.txt`);
  await expect(json).toMatchFileSnapshot(`goldens/${name}.json`);
});
