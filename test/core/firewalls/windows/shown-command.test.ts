/** Commands for people: what cannot be written exactly is not offered. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makePublic, removeRule } from '../../../../src/core/firewalls/windows/shown-command.ts';

test.each(['\ud800', 'Wi-Fi\udc00', 'a\ud83d b', 'a\nb', 'a*', 'a\u202eb'])('no command names %j', (name) => {
  expect(makePublic(name)).toBeNull();
  expect(removeRule(name)).toBeNull();
});

test('a whole character of two halves is named', () =>
  expect(removeRule('a\ud83d\ude00b')).toBe("Remove-NetFirewallRule -Name 'a\ud83d\ude00b'"));

test('whatever a name is, there is a command or none, and never a fault', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      const name = String.fromCharCode(...units);
      for (const one of [makePublic(name), removeRule(name)]) {
        if (one !== null) expect(one).not.toMatch(/\p{Cs}/u);
      }
    }),
    { numRuns: 200 },
  );
});
