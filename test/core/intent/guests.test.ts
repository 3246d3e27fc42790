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

test('the script for ufw gives them to interfaces that are there and to those that had them, and to no others', () => {
  const { content, undoContent } = writeIntent('ufw', intent('close'));
  const named = (names: readonly string[]): readonly string[] => {
    const [line = ''] = /grep -Ex "[^"]*"/.exec(content) ?? [];
    expect(undoContent).toContain(line);
    return spawnSync('/bin/sh', ['-c', line], { encoding: 'utf8', input: names.join('\n') })
      .stdout.split('\n')
      .slice(0, -1);
  };
  const theirs = ['virbr0', 'podman1', 'lxcbr0', 've-box'];
  expect(named([...theirs, 'eth0', 'wlan0', 'my-virbr0', 'virbr0;reboot', 'docker0'])).toEqual(theirs);
  const lines = content.slice(content.indexOf('guests() {'), content.indexOf('\nblock() {'));
  expect(lines).toContain('echo "allow any 53 0.0.0.0/1 any $name"');
  expect(lines).toContain('echo "allow udp 547 8000::/1 any $name"');
  // What lets in comes before what closes.
  expect(content.slice(content.indexOf('\nblock() {'))).toMatch(/^\nblock\(\) \{\n {2}guests\n/);
  expect(writeIntent('ufw', intent('leave')).content).not.toContain('guests');
});

test('the playbook gives them to zones and interfaces of guests, ahead of what closes, and takes them back after it', () => {
  const { content, undoContent } = writeIntent('ansible', intent('close'));
  expect(content).toContain(`'rule priority="-32759" port port="53" protocol="udp" accept'`);
  const zones = "select('match', '(libvirt.*|docker.*|podman.*|lxd.*|incus.*|nm-shared)$')";
  expect(content.indexOf(zones)).toBeGreaterThan(0);
  expect(content.indexOf(zones)).toBeLessThan(content.indexOf('product(portcullis_rich_rules)'));
  expect(undoContent.indexOf(zones)).toBeGreaterThan(undoContent.indexOf('product(portcullis_rich_rules | reverse)'));
  expect(content).toContain("{ rule: allow, from: '8000::/1', proto: udp, port: '547' }");
  expect(content).toContain('product(portcullis_ufw_guests4)');
  expect(undoContent).toContain('portcullis_ufw_guests4 + portcullis_ufw_guests6');
  for (const text of Object.values(writeIntent('ansible', intent('leave')))) expect(text).not.toContain('guests');
});

test.each(['nftables', 'iptables', 'firewalld', 'firewalld-xml', 'ufw', 'ansible'] as const)(
  '%s says what becomes of them, in the file too',
  (format) => {
    const about = (rest: Intent['rest']) =>
      writeIntent(format, intent(rest)).notExpressed.filter((line) => line.includes('Guests and containers'));
    expect(about('leave')).toEqual([]);
    expect(about('close').length).toBe(format === 'ansible' ? 3 : 1);
    const words = (text: string): string => text.replaceAll(/[\s#-]+/g, ' ');
    for (const line of about('close')) {
      expect(line).toContain(
        format === 'firewalld-xml' ? 'do not reach its DHCP and DNS' : 'still reach its DHCP and DNS',
      );
      expect(words(writeIntent(format, intent('close')).content)).toContain(words(line));
    }
  },
);
