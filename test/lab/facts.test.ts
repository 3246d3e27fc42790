/**
 * What Portcullis relies on of ufw and of the kernel, each fact with packets. Where one of these fails on a newer system,
 * the product's recipe or its engine must change with it.
 */
import { expect, test } from 'vitest';
import { type Lab, describeLab, isRoot, laptop, neighbour, probe, startLab } from './harness.ts';

const v4 = (port: number, protocol: 'tcp' | 'udp' = 'tcp') => probe(protocol, neighbour, laptop, port);
const v6 = (port: number, protocol: 'tcp' | 'udp' = 'tcp') => probe(protocol, 'fd77::20', 'fd77::10', port);

/** A lab in which these ports listen on both families and protocols. */
async function labWith(...ports: readonly number[]): Promise<Lab> {
  const lab = await startLab();
  await lab.listen(
    ports.flatMap((port) =>
      (['tcp', 'udp'] as const).flatMap((protocol) => ['0.0.0.0', '::'].map((any) => [protocol, any, port] as const)),
    ),
  );
  return lab;
}

/** ufw on, with these commands typed one after the other. What each printed. */
async function typed(lab: Lab, ...commands: readonly string[]): Promise<readonly string[]> {
  await lab.must('A', ['ufw', '--force', 'enable']);
  const said: string[] = [];
  for (const command of commands) said.push(await lab.must('A', ['ufw', ...command.split(' ')]));
  return said;
}

async function tuples(lab: Lab): Promise<readonly string[]> {
  const texts = await lab.read(['/etc/ufw/user.rules', '/etc/ufw/user6.rules']);
  return texts.flatMap((text) => [...(text ?? '').matchAll(/^### tuple ### (.*)$/gm)].map(([, tuple]) => tuple!));
}

describeLab('ufw, as it behaves', () => {
  test('a deny put before a standing allow of the same ports is skipped, with exit 0, and the port stays open', async () => {
    await using lab = await labWith(8080);
    const [, prepended, inserted] = await typed(
      lab,
      'allow 8080/tcp',
      'prepend deny 8080/tcp',
      'insert 1 deny 8080/tcp',
    );
    expect(prepended).toContain('Skipping inserting existing rule');
    expect(inserted).toContain('Skipping inserting existing rule');
    expect(await lab.probe([v4(8080), v6(8080)])).toEqual(['open', 'open']);
  });

  test('the same deny lower down keeps a deny from being put first', async () => {
    await using lab = await labWith(8080);
    const said = await typed(lab, 'allow 8080', 'deny 8080/tcp', 'prepend deny 8080/tcp');
    expect(said[2]).toContain('Skipping inserting existing rule');
    expect(await lab.probe([v4(8080), v6(8080)])).toEqual(['open', 'open']);
  });

  test('a plain deny takes the place of the allow, and its comment is gone', async () => {
    await using lab = await labWith(8080);
    const said = await typed(lab, 'allow 8080/tcp comment kept', 'deny 8080/tcp');
    expect(said[1]).toContain('Rule updated');
    expect(await lab.probe([v4(8080), v6(8080)])).toEqual(['filtered', 'filtered']);
    expect((await tuples(lab)).filter((tuple) => tuple.includes('comment'))).toEqual([]);
  });

  test('a deny of one protocol after an allow of both has no effect', async () => {
    await using lab = await labWith(8080);
    await typed(lab, 'allow 8080', 'deny 8080/tcp');
    expect(await lab.probe([v4(8080), v6(8080)])).toEqual(['open', 'open']);
  });

  test('a deny appended after an allow for the LAN closes IPv6 and leaves IPv4 open', async () => {
    await using lab = await labWith(8080);
    await typed(lab, 'default allow', 'allow from 192.168.77.0/24 to any port 8080', 'deny 8080/tcp');
    expect(await lab.probe([v4(8080), v6(8080)])).toEqual(['open', 'filtered']);
  });

  test('deleting the exact rule and putting the deny first closes both families', async () => {
    await using lab = await labWith(8080);
    await typed(
      lab,
      'allow from 192.168.77.0/24 to any port 8080',
      'allow 8080',
      'deny 8080/tcp',
      'delete deny 8080/tcp',
      'prepend deny 8080/tcp',
    );
    expect((await tuples(lab)).filter((tuple) => tuple.startsWith('deny tcp 8080'))).toHaveLength(2);
    expect(await lab.probe([v4(8080), v6(8080)])).toEqual(['filtered', 'filtered']);
  });

  test('insert 1 fails on an empty list, prepend does not', async () => {
    await using lab = await labWith(8080);
    await lab.must('A', ['ufw', '--force', 'enable']);
    const inserted = await lab.run('A', ['ufw', 'insert', '1', 'deny', '8080/tcp']);
    expect(inserted.stdout + inserted.stderr).toContain("Invalid position '1'");
    expect(await tuples(lab)).toEqual([]);
    await lab.must('A', ['ufw', 'prepend', 'deny', '8080/tcp']);
    expect(await tuples(lab)).toHaveLength(2);
  });

  test('deleting by number takes one family only, and a rule typed by port is not deleted by name', async () => {
    await using lab = await labWith(22, 8080);
    await typed(lab, 'allow 8080/tcp', 'allow ssh', '--force delete 1');
    expect(await lab.probe([v4(8080), v6(8080)])).toEqual(['filtered', 'open']);
    expect(await lab.must('A', ['ufw', 'delete', 'allow', '22'])).toContain('Could not delete non-existent rule');
    expect(await lab.probe([v4(22)])).toEqual(['open']);
    await lab.must('A', ['ufw', 'delete', 'allow', 'ssh']);
    expect(await lab.probe([v4(22)])).toEqual(['filtered']);
  });

  test('exit 0 says nothing: a rule that is not there is "deleted" with it', async () => {
    await using lab = await labWith();
    const { exit, stdout } = await lab.run('A', ['ufw', 'delete', 'allow', '1234/tcp']);
    expect([exit, stdout]).toEqual([0, expect.stringContaining('Could not delete non-existent rule')]);
  });

  test('the tuple lines hold what was typed, in order, for each family', async () => {
    await using lab = await labWith();
    await typed(
      lab,
      'allow 22/tcp comment door',
      'prepend deny in on wlan0 from 192.168.77.20 to any port 80 proto tcp',
    );
    await typed(lab, 'limit WWW', 'allow 8000:8010,9000/udp');
    expect(await tuples(lab)).toEqual([
      'deny tcp 80 0.0.0.0/0 any 192.168.77.20 in_wlan0',
      'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in comment=646f6f72',
      'limit tcp 80 0.0.0.0/0 any 0.0.0.0/0 WWW - in',
      'allow udp 8000:8010,9000 0.0.0.0/0 any 0.0.0.0/0 in',
      'allow tcp 22 ::/0 any ::/0 in comment=646f6f72',
      'limit tcp 80 ::/0 any ::/0 WWW - in',
      'allow udp 8000:8010,9000 ::/0 any ::/0 in',
    ]);
  });

  test('limit lets connections in, six tries in half a minute, counted over all limited ports', async () => {
    await using lab = await labWith(22, 80);
    await typed(lab, 'limit 22/tcp', 'limit 80/tcp');
    const tries = [22, 80, 22, 80, 22, 80].map((port) => v4(port));
    expect(await lab.probe(tries)).toEqual(['open', 'open', 'open', 'open', 'open', 'refused']);
    expect(await lab.probe([probe('tcp', '192.168.77.21', laptop, 22)])).toEqual(['open']);
  });

  test('a session that stands survives a deny, a reload, and ufw off and on', async () => {
    await using lab = await labWith(3000);
    await typed(lab, 'allow 3000/tcp');
    const session = await lab.connect(v4(3000));
    expect(session).not.toBeNull();
    for (const command of [['deny', '3000/tcp'], ['reload'], ['disable'], ['--force', 'enable']]) {
      await lab.must('A', ['ufw', ...command]);
      expect(await lab.talk(session!)).toBe(true);
    }
    expect(await lab.probe([v4(3000)])).toEqual(['filtered']);
  });

  test('default deny still takes mDNS to its group, and not to the machine or the broadcast address', async () => {
    await using lab = await labWith(5353);
    await lab.join([['224.0.0.251', 5353, 'wlan0']]);
    await typed(lab);
    const to = (destination: string) => probe('udp', neighbour, destination, 5353);
    expect(await lab.probe([to('224.0.0.251'), to(laptop), to('192.168.77.255')])).toEqual([
      'open',
      'filtered',
      'filtered',
    ]);
  });

  test('IPV6=no does not leave IPv6 open: all of it is dropped', async () => {
    await using lab = await labWith(3000);
    await lab.ufw({ commands: [['allow', '3000']], inbound: 'allow', ipv6: false });
    expect(await lab.probe([v4(3000), v6(3000), v6(3000, 'udp')])).toEqual(['open', 'filtered', 'filtered']);
  });

  test('as packaged, rules are written and enforce nothing', async () => {
    await using lab = await labWith(3000);
    await lab.must('A', ['ufw', 'deny', '3000']);
    const [conf] = await lab.read(['/etc/ufw/ufw.conf']);
    expect(conf).toContain('ENABLED=no');
    expect(await lab.probe([v4(3000), v6(3000)])).toEqual(['open', 'open']);
  });
});

describeLab('the kernel, which has the last word', () => {
  test('a drop is final and an accept is not: every base chain must let a packet pass', async () => {
    await using lab = await labWith(3000, 8080);
    await typed(lab, 'allow 3000');
    const table = (priority: number, rule: string) =>
      lab.must('A', ['nft', '-f', '-'], {
        input: `table inet other { chain in { type filter hook input priority ${priority}; policy accept; ${rule}; }\n}\n`,
      });
    await table(-10, 'tcp dport { 3000, 8080 } accept');
    expect(await lab.probe([v4(3000), v4(8080), v6(8080)])).toEqual(['open', 'filtered', 'filtered']);
    await lab.must('A', ['nft', 'delete', 'table', 'inet', 'other']);
    await table(10, 'tcp dport 3000 drop');
    expect(await lab.probe([v4(3000), v6(3000)])).toEqual(['filtered', 'filtered']);
  });

  test.runIf(isRoot)(
    'nft shows iptables rules without their ports, and none of the legacy ones that are enforced',
    async () => {
      await using lab = await labWith(3000);
      await lab.must('A', [
        'iptables',
        '-A',
        'INPUT',
        '-p',
        'tcp',
        '-m',
        'multiport',
        '--dports',
        '3000,3001',
        '-j',
        'DROP',
      ]);
      const nft = await lab.must('A', ['nft', '-j', 'list', 'ruleset']);
      expect(nft).toContain('"xt"');
      expect(nft).not.toContain('3000');
      expect(await lab.must('A', ['iptables-save'])).toContain('--dports 3000,3001');
      expect(await lab.probe([v4(3000)])).toEqual(['filtered']);
      await lab.must('A', ['iptables', '-F']);
      await lab.must('A', ['iptables-legacy', '-A', 'INPUT', '-p', 'tcp', '--dport', '3000', '-j', 'DROP']);
      expect(await lab.must('A', ['iptables-save'])).not.toContain('3000');
      expect(await lab.must('A', ['nft', '-j', 'list', 'ruleset'])).not.toContain('3000');
      expect(await lab.probe([v4(3000)])).toEqual(['filtered']);
      expect(await lab.read(['/proc/net/ip_tables_names'])).toEqual(['filter\n']);
    },
  );

  test('a redirect comes before the filter, which sees the new port for both ways in', async () => {
    await using lab = await labWith(80, 3000);
    await lab.must('A', ['ufw', '--force', 'enable']);
    for (const program of ['iptables', 'ip6tables']) {
      const rule = '-t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3000';
      await lab.must('A', [program, ...rule.split(' ')]);
    }
    const ways = () => [v4(80), v4(3000), v6(80), v6(3000)];
    const after = async (...command: string[]) => {
      await lab.must('A', ['ufw', ...command]);
      await lab.forget();
      return lab.probe(ways());
    };
    const all = (outcome: string) => ways().map(() => outcome);
    expect(await after('allow', '80/tcp')).toEqual(all('filtered'));
    expect(await after('allow', '3000/tcp')).toEqual(all('open'));
    expect(await after('deny', '3000/tcp')).toEqual(all('filtered'));
  });
});
