/** Where all the rest is closed, guests and containers keep what they need of the computer, or the file says that they do not. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Intent } from '../../../src/core/firewalls/export.ts';
import { writeIntent } from '../../../src/core/intent/formats/index.ts';

const intent = (rest: Intent['rest']): Intent => ({
  schema: 1,
  madeAt: '2026-11-20T18:00:00Z',
  host: null,
  close: [{ protocol: 'tcp', port: 3000, for: 'everyone', name: null, why: null }],
  keep: [],
  rest,
});

test('nftables and iptables let DHCP and DNS by from their interfaces, ahead of what drops all', () => {
  const lines = (format: 'nftables' | 'iptables') => writeIntent(format, intent('close')).content.split('\n');
  const nft = lines('nftables').map((line) => line.trim());
  const let4 = nft.indexOf('iifname "virbr*" meta l4proto { tcp, udp } th dport { 53, 67, 547 } accept');
  expect(let4).toBeGreaterThan(0);
  expect(let4).toBeLessThan(nft.indexOf('drop'));
  const iptables = lines('iptables');
  for (const [port, protocol] of [
    [53, 'tcp'],
    [53, 'udp'],
    [67, 'udp'],
    [547, 'udp'],
  ]) {
    const rule = `-A PORTCULLIS-EXPORT -i docker+ -p ${protocol} -m ${protocol} --dport ${port} -j RETURN`;
    const at = port === 547 ? iptables.lastIndexOf(rule) : iptables.indexOf(rule);
    expect(at).toBeGreaterThan(0);
    expect(iptables[iptables.indexOf('-A PORTCULLIS-EXPORT -j DROP', at)]).toBeDefined();
  }
});

test('the script for firewalld gives them to the zones of guests alone, and its undo takes them out', () => {
  const { content, undoContent } = writeIntent('firewalld', intent('close'));
  const wanted = (zone: string): string => {
    const functions = content.slice(content.indexOf('rules() {'), content.indexOf('# Every zone in use'));
    const choose = content.slice(content.indexOf('wanted() {'), content.indexOf('# missing ZONE'));
    return spawnSync('/bin/sh', ['-c', `${functions}${choose}wanted "$1"`, 'sh', zone], { encoding: 'utf8' }).stdout;
  };
  const dns = 'rule priority="-32759" port port="53" protocol="udp" accept\n';
  for (const zone of ['libvirt', 'libvirt-routed', 'docker', 'nm-shared']) expect(wanted(zone)).toContain(dns);
  for (const zone of ['public', 'home', 'my-libvirt']) expect(wanted(zone)).not.toContain(dns);
  expect(wanted('public')).toContain('rule priority="-32758" drop\n');
  expect(undoContent).toContain(dns);
  expect(undoContent).toContain('{ rules; guests; } >"$work/rules"');
});

test.each(['nftables', 'iptables', 'firewalld', 'firewalld-xml'] as const)('%s says what becomes of them', (format) => {
  const about = (rest: Intent['rest']) =>
    writeIntent(format, intent(rest)).notExpressed.filter((line) => line.startsWith('Guests and containers'));
  expect(about('leave')).toEqual([]);
  expect(about('close')).toEqual([
    expect.stringContaining(
      format === 'firewalld-xml' ? 'do not reach its DHCP and DNS' : 'still reach its DHCP and DNS',
    ),
  ]);
});
