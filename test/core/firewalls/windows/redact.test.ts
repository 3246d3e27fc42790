/** A Windows snapshot for others: nobody's names, the same verdicts. */
import { expect, test } from 'vitest';
import type { Report } from '../../../../src/core/model.ts';
import { redact } from '../../../../src/core/redact.ts';
import { makeReport } from '../../../../src/core/report.ts';
import { WINDOWS } from '../../../main/cli/windows-machines.ts';

const verdicts = ({ listeners, forwards }: Report) =>
  [...listeners, ...forwards].map(({ id, exposure, exposureComplete, places }) => [
    id.replace(/[>@].*/, ''),
    exposure,
    exposureComplete,
    places,
  ]);

test.each(Object.entries(WINDOWS))('%s', (_, snapshot) => {
  const shown = redact(snapshot);
  expect(verdicts(makeReport(shown, { kept: new Set() }))).toEqual(verdicts(makeReport(snapshot, { kept: new Set() })));
  const text = JSON.stringify(shown);
  for (const secret of ['anna', 'ben\\\\', 'node server.js', 'S-1-5-21-1-2-3-4', snapshot.host])
    expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
  expect(redact(snapshot)).toEqual(shown);
});
