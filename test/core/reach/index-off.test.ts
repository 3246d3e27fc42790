import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJudge } from '../../../src/core/reach/index.ts';
import { listener, question, socket, worldOf } from './world.ts';

const port = fc.integer({ min: 1, max: 40 });
const spec = fc.oneof(
  port.map((p) => `-m tcp --dport ${p}`),
  fc.tuple(port, port).map(([a, b]) => `-m tcp --dport ${Math.min(a, b)}:${Math.max(a, b)}`),
  fc.array(port, { minLength: 1, maxLength: 4 }).map((ports) => `-m multiport --dports ${ports.join(',')}`),
  port.map((p) => `-m tcp ! --dport ${p}`),
  fc.constant(''),
);
const rule = fc
  .tuple(
    fc.constantFrom('', '-s 192.168.77.20/32 ', '-i wlan0 '),
    spec,
    fc.constantFrom('ACCEPT', 'DROP', 'mine', 'RETURN'),
    fc.constantFrom('INPUT', 'mine'),
  )
  .map(([where, what, target, chain]) =>
    `-A ${chain} ${where}-p tcp ${what} -j ${target === chain ? 'RETURN' : target}`.replace(/ +/g, ' '),
  )
  .filter((text) => !/^-A mine .*-j mine/.test(text));

test('the index changes no answer', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 25 }), fc.array(port, { minLength: 1, maxLength: 6 }), (rules, ports) => {
      const v4 = `*filter\n:INPUT DROP [0:0]\n:mine - [0:0]\n${rules.join('\n')}\nCOMMIT\n`;
      const world = worldOf({ v4 });
      const [on, off] = [createJudge(world), createJudge(world, { index: false })];
      for (const p of ports) {
        expect(on.ask(question({ port: p }))).toEqual(off.ask(question({ port: p })));
        expect(on.reachOf(listener(socket({ port: p })))).toEqual(off.reachOf(listener(socket({ port: p }))));
      }
    }),
    { numRuns: 200 },
  );
});
