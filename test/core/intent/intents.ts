/** Intents at random, for properties. Ports are in one place each. */
import * as fc from 'fast-check';
import type { Intent, IntentClose } from '../../../src/core/firewalls/export.ts';

/** Text that would like to be more than a comment: of a shell, of YAML, Jinja, XML, nft, and of a terminal. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(
    '$(reboot)',
    '`reboot`',
    '\nrm -rf /\n',
    '\r\nexit\r\n',
    "'; reboot; '",
    '"; reboot; "',
    'END\nreboot',
    '{{ lookup("pipe", "reboot") }}',
    '{% raw %}',
    '{# #}',
    '}}',
    '---\n- hosts: all',
    '...',
    '!unsafe',
    '&a *a <<: *a',
    ': | >- ?',
    '# not the end',
    '-->',
    '--!>',
    '--',
    '-',
    ']]>',
    '<!ENTITY a SYSTEM "file:///etc/passwd">',
    'include "/etc/shadow"',
    '\u2028reboot',
    '\u202egnp',
    '\u0000\u001b[2J',
    '\ud800',
    '\uffff',
    '\u0085',
  ),
);

const networks = fc.constantFrom(
  ['192.168.77.0/24', 'fd77::/64', 'fe80::/10'],
  ['10.0.0.5'],
  ['2001:db8::/32'],
  ['192.168.77.0/24', '192.168.0.0/16'],
  [],
);

export const intents = (text: fc.Arbitrary<string>): fc.Arbitrary<Intent> => {
  const port = fc.record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    port: fc.integer({ min: 1, max: 65_535 }),
  });
  const whom: fc.Arbitrary<IntentClose['for']> = fc.oneof(
    fc.constant('everyone' as const),
    fc.record({ allBut: fc.constantFrom('this-network' as const, 'private' as const), networks }),
  );
  const close = fc.record({ for: whom, name: fc.option(text), why: fc.option(text) });
  const keep = fc.record({ name: fc.option(text) });
  return fc.uniqueArray(port, { maxLength: 8, selector: (one) => `${one.port}/${one.protocol}` }).chain((ports) =>
    fc.record({
      schema: fc.constant(1 as const),
      madeAt: fc.constant('2026-11-20T18:00:00Z'),
      host: fc.option(text),
      rest: fc.constantFrom('leave' as const, 'close' as const),
      close: fc.tuple(
        ...ports.filter((_, at) => at % 2 === 0).map((one) => close.map((more) => ({ ...one, ...more }))),
      ),
      keep: fc.tuple(...ports.filter((_, at) => at % 2 === 1).map((one) => keep.map((more) => ({ ...one, ...more })))),
    }),
  );
};
