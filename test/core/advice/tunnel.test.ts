import { expect, test } from 'vitest';
import { advise } from '../../../src/core/advice/index.ts';
import type { Tunnel } from '../../../src/core/catalog/index.ts';
import { facts, loopback } from './build.ts';

const ngrok: Tunnel = {
  id: 'ngrok',
  name: 'ngrok',
  pid: 42,
  port: 3000,
  lets: 'internet',
  stop: { by: 'end', program: 'ngrok' },
};

test('a published port names what listens there, though nobody else reaches it', () => {
  const [finding] = advise(facts({ listeners: [loopback('tcp/3000', 'my-server')], tunnels: [ngrok] }));
  expect(finding).toMatchObject({
    id: 'tunnel:ngrok-3000',
    listener: 'tcp/3000',
    advice: 'review',
    severity: 'medium',
  });
  expect(finding?.title).toMatch(/^ngrok may publish port 3000 \(.+\) to the internet$/);
  expect(finding?.why).toContain('To stop it: end the program ngrok.');
});

test('what is risky by itself weighs more, what lets in few weighs less', () => {
  const severity = (tunnel: Tunnel) =>
    advise(facts({ listeners: [loopback('tcp/5432', 'postgres')], tunnels: [tunnel] }))[0]?.severity;
  expect(severity({ ...ngrok, port: 5432 })).toBe('high');
  expect(severity({ ...ngrok, port: 5432, lets: 'members' })).toBe('medium');
  expect(severity({ ...ngrok, port: null, lets: 'server' })).toBe('low');
});

test('several processes of one tunnel are one finding; a port that is not known is said so', () => {
  const findings = advise(
    facts({
      tunnels: [
        { ...ngrok, port: null },
        { ...ngrok, port: null, pid: 43 },
      ],
    }),
  );
  expect(findings.map(({ id, listener }) => [id, listener])).toEqual([['tunnel:ngrok', null]]);
  expect(findings[0]?.title).toBe('ngrok may publish something on this computer to the internet');
  expect(findings[0]?.why).toContain('pid 42 and pid 43');
});
