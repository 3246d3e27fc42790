/** What would settle what was not read of the application firewall. */
import { expect, test } from 'vitest';
import { readAlf } from '../../../../src/core/firewalls/alf/read.ts';
import { failed, macSnapshot } from './machine.ts';

const hows = (failure: 'refused' | 'timeout'): readonly string[] => {
  const whole = macSnapshot();
  const transcripts = whole.transcripts.map((one) =>
    one.id.startsWith('alf.') ? { ...one, ...failed(failure) } : one,
  );
  return readAlf({ ...whole, transcripts }).gaps.map(({ how }) => how);
};

test('rights where they were missing, else another try', () => {
  expect(hows('refused')).toEqual(['sudo portcullis scan']);
  expect(hows('timeout')).toEqual(['scan again']);
});
