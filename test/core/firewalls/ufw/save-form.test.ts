import { expect, test } from 'vitest';
import { saveForm, words } from '../../../../src/core/firewalls/ufw/save-form.ts';

/** Left: as written in ufw's files. Right: what iptables-save 1.8.9 (nf_tables) printed for it in the lab. */
test.each([
  ['-p udp --sport 67 --dport 68 -j ACCEPT', '-p udp -m udp --sport 67 --dport 68 -j ACCEPT'],
  ['-p icmp --icmp-type destination-unreachable -j ACCEPT', '-p icmp -m icmp --icmp-type 3 -j ACCEPT'],
  ['-p udp -d 224.0.0.251 --dport 5353 -j ACCEPT', '-d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT'],
  [
    '-m limit --limit 3/minute -j LOG --log-prefix "[UFW LIMIT BLOCK] "',
    '-m limit --limit 3/min -j LOG --log-prefix "[UFW LIMIT BLOCK] "',
  ],
  ['-j REJECT', '-j REJECT --reject-with icmp-port-unreachable'],
  ['-p tcp --dport 99 -j REJECT --reject-with tcp-reset', '-p tcp -m tcp --dport 99 -j REJECT --reject-with tcp-reset'],
  [
    '-p tcp -m multiport --dports 80,443 -s 10.0.0.0/8 -j ufw-user-logging-input',
    '-s 10.0.0.0/8 -p tcp -m multiport --dports 80,443 -j ufw-user-logging-input',
  ],
  [
    '-p udp -m multiport --dports 1024:2000 -m multiport --sports 53 -s 10.0.0.5 -j ACCEPT',
    '-s 10.0.0.5/32 -p udp -m multiport --dports 1024:2000 -m multiport --sports 53 -j ACCEPT',
  ],
  [
    '-p tcp --dport 22 -m conntrack --ctstate NEW -m recent --set',
    '-p tcp -m tcp --dport 22 -m conntrack --ctstate NEW -m recent --set --name DEFAULT --mask 255.255.255.255 --rsource',
  ],
  [
    '-m conntrack --ctstate INVALID -j RETURN -m limit --limit 3/min --limit-burst 10',
    '-m conntrack --ctstate INVALID -m limit --limit 3/min --limit-burst 10 -j RETURN',
  ],
  ['-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT', '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'],
])('%s', (written, saved) => {
  expect(saveForm(words(written), 4)).toBe(saved);
});

test('an option that is not known is passed on, not lost', () => {
  expect(saveForm(words('-m statistic --mode random --probability 0.5 -j DROP'), 4)).toContain('--probability 0.5');
});
