/** The way back of ufw's chains: what is loaded must lead from one print-out to the other, and touch nobody else's. */
import { describe, expect, test } from 'vitest';
import { parseTables, printTables, restore, clear } from '../../../src/core/firewalls/ufw/tables.ts';
import { wayBack } from '../../../src/main/apply/kernel.ts';

/** synthetic, in the form of iptables-save */
const bare =
  '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n:DOCKER - [0:0]\n-A INPUT -j DOCKER\nCOMMIT\n';
const on = [
  '*filter',
  ':INPUT DROP [7:9]',
  ':FORWARD DROP [0:0]',
  ':OUTPUT ACCEPT [0:0]',
  ':DOCKER - [0:0]',
  ':ufw-before-input - [0:0]',
  ':ufw-user-input - [0:0]',
  '-A INPUT -j DOCKER',
  '-A INPUT -j ufw-before-input',
  '-A ufw-before-input -j ufw-user-input',
  '-A ufw-user-input -p tcp -m tcp --dport 3000 -j ACCEPT',
  'COMMIT',
  '',
].join('\n');
const closed = on.replace(
  '-A ufw-user-input -p',
  '-A ufw-user-input -p tcp -m tcp --dport 3000 -j DROP\n-A ufw-user-input -p',
);

/** What iptables-restore -n makes of it; `-X` by the model's own means. */
function load(now: string, input: string): string {
  const removed = [...input.matchAll(/^-X (\S+)$/gm)].map(([, chain]) => chain ?? '');
  const loaded = restore(parseTables(now), input.replaceAll(/^-X .*\n/gm, ''), 4);
  if (loaded === null) throw new Error('not loaded');
  return printTables(clear(loaded, [], removed.toReversed()));
}

const same = (text: string) => printTables(parseTables(text)).split('\n').sort();

describe('the way back', () => {
  test('from a closed port to the open one', () => {
    const input = wayBack(on, closed) ?? '';
    expect(same(load(closed, input))).toEqual(same(on));
    expect(input).not.toContain('DOCKER');
    expect(input).not.toContain('before-input - ');
  });

  test('from ufw on to ufw never started: policies, jumps and chains', () => {
    const input = wayBack(bare, on) ?? '';
    expect(same(load(on, input))).toEqual(same(bare));
    expect(input).toContain(':INPUT ACCEPT');
    expect(input).not.toContain('DOCKER');
  });

  test('nothing to do', () => {
    expect(wayBack(on, on.replace('[7:9]', '[8:10]'))).toBeNull();
    expect(wayBack('', '')).toBeNull();
  });

  test('rules that another program made meanwhile stay', () => {
    const later = closed.replace('-A INPUT -j DOCKER', '-A INPUT -j DOCKER\n-A INPUT -s 10.0.0.9/32 -j DROP');
    const result = load(later, wayBack(on, later) ?? '');
    expect(result).toContain('-s 10.0.0.9/32 -j DROP');
    expect(result).not.toContain('--dport 3000 -j DROP');
  });
});
