/** Rules of Windows Firewall in words: what each asks, whose it is, where it counts, and whether it is of use. */
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../../src/core/facts.ts';
import type { RuleBook, RuleInWords, Snapshot } from '../../../src/core/model.ts';
import { reportFrom } from '../../../src/core/report.ts';
import { makeRuleBook } from '../../../src/core/rulebook/index.ts';
import { en } from '../../../src/renderer/text/en/index.ts';
import { counted } from '../counted.ts';
import { HOME, profilesPrinted, windowsSnapshot } from '../firewalls/windows/machine.ts';
import { machine, PROGRAM, refusal } from '../firewalls/windows/noted.ts';

function bookOf(snapshot: Snapshot): RuleBook {
  const facts = readFacts(snapshot);
  return makeRuleBook(snapshot, facts, reportFrom(facts, snapshot, { kept: new Set() }));
}

const rule = (snapshot: Snapshot, text: string): RuleInWords => {
  const found = bookOf(snapshot).rules.filter((one) => one.text === text);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} rules: ${text}`);
  return found[0];
};
const only = (text: string, more: Parameters<typeof machine>[0] = {}): RuleInWords =>
  rule(machine({ rules: [`${text}Name=it|`], ...more }), 'it');
const says = (text: string): string => en.firewall.sentence(only(text));

describe('in a sentence', () => {
  test.each([
    [
      'Allow|Protocol=6|LPort=445|RA4=LocalSubnet|RA6=LocalSubnet|App=System|Profile=Private|',
      'Lets in 445/tcp from LocalSubnet, for System, in private networks.',
    ],
    ['Allow|Protocol=17|LPort2_10=5000-5010|', 'Lets in 5000-5010/udp from anyone.'],
    ['Block|App=C:\\x\\node.exe|', 'Keeps out everything from anyone, for node.exe.'],
    [
      'Allow|Svc=TermService|App=%SystemRoot%\\system32\\svchost.exe|Protocol=6|LPort=3389|RA4=10.20.0.0/255.255.0.0|',
      'Lets in 3389/tcp from 10.20.0.0/16, for the service TermService.',
    ],
    ['Allow|Protocol=1|', 'Lets in icmp from anyone.'],
    ['Allow|Protocol=6|LPort=80|LUAuth=O:|', 'Lets in 80/tcp from anyone, where all else that it asks for holds.'],
    ['Allow|Protocol=6|LPort=RPC|', 'Lets in what it names from anyone, where all else that it asks for holds.'],
    ['Allow|Protocol=6|LPort=80|RA4=10.0.0.5|', 'Lets in 80/tcp from 10.0.0.5.'],
    [
      'Allow|AppPkgId=S-1-15-2-1|',
      'Lets in everything from anyone, for one app of the store, where all else that it asks for holds.',
    ],
    [
      'Allow|Protocol=6|LPort=80|Security=Authenticate|',
      'Lets in 80/tcp from anyone, where all else that it asks for holds.',
    ],
    ['ByPass|Protocol=6|RMauth=O:|Security=Authenticate|', 'Decides in more ways than a sentence holds.'],
  ])('%s', (text, sentence) => expect(says(text)).toBe(sentence));

  test('of what goes out, the ports that it goes to', () => {
    const out = machine({
      rules: [{ name: 'x', value: 'v2.31|Action=Block|Active=TRUE|Dir=Out|Protocol=17|RPort=53|Name=it|' }],
    });
    expect(en.firewall.sentence(rule(out, 'it'))).toBe('Does not let out 53/udp.');
    expect(rule(out, 'it').use).toBe('in-force');
  });

  test('one that cannot be read is there as it stands', () =>
    expect(rule(machine({ rules: [{ name: 'x', value: 'nonsense' }] }), 'nonsense')).toMatchObject({
      action: 'depends',
      owner: 'tool',
    }));
});

describe('whose it is', () => {
  test.each<[string, string, RuleInWords['owner'], string | null]>([
    ['a name of the system', 'Allow|Name=@FirewallAPI.dll,-28511|', 'tool', 'Windows'],
    ['a group of the system', 'Allow|Name=x|EmbedCtxt=@FirewallAPI.dll,-28502|', 'tool', 'Windows'],
    ['a library somewhere', 'Allow|Name=@C:\\Apps\\x.dll,-1|', 'tool', null],
    [
      'a package',
      'Allow|Name=@{Microsoft.XboxApp_48.49_x64__8wekyb3d8bbwe?ms-resource://x}|AppPkgId=S-1-15-2-1|',
      'tool',
      'Microsoft.XboxApp',
    ],
    ['a package without a name', 'Allow|Name=x|AppPkgId=S-1-15-2-1|', 'tool', 'A store app'],
    ['a plain name', 'Allow|Name=x|', 'you', null],
    ['a group that is only called like ours', 'Allow|Name=x|EmbedCtxt=Portcullis|', 'you', null],
  ])('%s', (_, text, owner, tool) => {
    const { rules } = bookOf(machine({ rules: [{ name: '{1}', value: `v2.31|Active=TRUE|Dir=In|Action=${text}` }] }));
    expect(rules.find(({ text: name }) => name !== 'inert')).toMatchObject({ owner, tool });
  });

  test('group policy, device management, and Portcullis', () => {
    const value = 'v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=1|Name=it|EmbedCtxt=Portcullis|';
    const there = { name: 'Portcullis-close-tcp-1', value };
    expect(rule(machine({ rules: [there] }), 'it')).toMatchObject({ owner: 'portcullis', tool: null });
    expect(rule(machine({ policyRules: [there] }), 'it')).toMatchObject({ owner: 'tool', tool: 'Group policy' });
    expect(rule(machine({ parts: { mdmRules: { ok: [there] } } }), 'it')).toMatchObject({ tool: 'Device management' });
  });

  test('the group is told, by its name where that is documented', () => {
    const grouped = only('Allow|EmbedCtxt=@FirewallAPI.dll,-28502|');
    expect(grouped.windows?.group).toBe('@FirewallAPI.dll,-28502');
    expect(en.firewall.place(grouped)).toBe('Windows Firewall, File and Printer Sharing');
    expect(en.firewall.place(only('Allow|EmbedCtxt=@x.dll,-9|'))).toBe('Windows Firewall, @x.dll,-9');
    expect(en.firewall.place(only('Allow|'))).toBe('Windows Firewall');
  });
});

describe('of what use it is', () => {
  const standing = ({ use, windows }: RuleInWords) => [use, windows?.standing];
  const printed = (name: string, changes: object): unknown =>
    (profilesPrinted() as readonly { readonly Name: string }[]).map((one) =>
      one.Name === name ? { ...one, ...changes } : one,
    );

  test('something listens for others that it is for', () => {
    expect(standing(only('Allow|Protocol=6|LPort=4000|'))).toEqual(['in-use', 'counts']);
    expect(standing(only(`Allow|App=${PROGRAM}|`))).toEqual(['in-use', 'counts']);
    expect(standing(only('Allow|'))).toEqual(['in-use', 'counts']);
  });

  test('nothing listens there, or only for this computer, or another program', () => {
    expect(only('Allow|Protocol=6|LPort=4001|').use).toBe('nothing-listens');
    expect(only('Allow|Protocol=17|LPort=4000|').use).toBe('nothing-listens');
    expect(only('Allow|Protocol=6|LPort=4000|App=C:\\other.exe|').use).toBe('nothing-listens');
    expect(only('Allow|Protocol=6|LPort=4000|', { sockets: [{ at: 'tcp 127.0.0.1:4000', pid: 5000 }] }).use).toBe(
      'nothing-listens',
    );
  });

  test('whether it is for what listens cannot be told', () => {
    expect(only('Allow|Protocol=6|LPort=RPC|').use).toBe('in-force');
    expect(only('Allow|App=C:\\Users\\x\\current\\game.exe|').use).toBe('in-force');
  });

  test('what Windows comes with stands there for whoever will want it', () =>
    expect(only('Allow|Protocol=6|LPort=4001|EmbedCtxt=@FirewallAPI.dll,-28502|').use).toBe('in-force'));

  test('switched off, elsewhere, ignored, blocked, the firewall off', () => {
    const off = machine({ rules: [{ name: 'x', value: 'v2.31|Action=Allow|Active=FALSE|Dir=In|Name=it|' }] });
    expect(standing(rule(off, 'it'))).toEqual(['off', 'off']);
    expect(standing(only('Allow|Protocol=6|LPort=4000|Profile=Domain|'))).toEqual(['in-force', 'elsewhere']);
    expect(standing(only('Allow|', { effective: printed('Private', { AllowLocalFirewallRules: 0 }) }))).toEqual([
      'no-effect',
      'policy',
    ]);
    expect(standing(only('Allow|', { effective: printed('Private', { AllowInboundRules: 0 }) }))).toEqual([
      'no-effect',
      'shielded',
    ]);
    expect(standing(only('Block|', { effective: printed('Private', { AllowInboundRules: 0 }) }))).toEqual([
      'in-force',
      'counts',
    ]);
    expect(standing(only('Allow|', { effective: printed('Private', { Enabled: 0 }) }))).toEqual([
      'off',
      'firewall-off',
    ]);
  });

  test('rules that were not read may be anything: nothing is said of use', () => {
    const blind = machine({
      rules: ['Allow|Protocol=6|LPort=4001|Name=it|'],
      parts: { policyRules: { error: { kind: 'refused', said: '' } } },
    });
    expect(rule(blind, 'it').use).toBe('unknown');
    expect(bookOf(blind).unread.length).toBeGreaterThan(0);
  });

  test('without the list of what listens, nothing is said of it', () => {
    const deaf = machine({ rules: ['Allow|Protocol=6|LPort=4001|Name=it|'] });
    const transcripts = deaf.transcripts.filter(({ id }) => id !== 'netstat');
    expect(rule({ ...deaf, transcripts }, 'it').use).toBe('unknown');
  });
});

describe('an allow that a block undoes', () => {
  const undone = (allow: string, block: string, more: Parameters<typeof machine>[0] = {}) =>
    rule(machine({ rules: [`Allow|${allow}Name=it|`, `Block|${block}Name=stop|`], ...more }), 'it');

  test.each([
    ['Protocol=6|LPort=4000|', ''],
    ['Protocol=6|LPort=4000|', 'Protocol=6|'],
    ['Protocol=6|LPort=4000|', 'Protocol=6|LPort2_10=4000-4010|'],
    ['Protocol=6|LPort=4000|RA4=10.0.0.0/8|', 'LPort=4000|Protocol=6|'],
    [`App=${PROGRAM}|Protocol=6|`, `App=${PROGRAM.toUpperCase()}|`],
    ['Protocol=6|LPort=4000|Profile=Private|', 'Profile=Private|Profile=Public|'],
  ])('%s within %s', (allow, block) =>
    expect(undone(allow, block)).toMatchObject({ use: 'no-effect', because: [{ firewall: 'windows', rule: 'stop' }] }),
  );

  test.each([
    ['Protocol=6|LPort=4000|', 'Protocol=17|'],
    ['LPort=4000|', 'Protocol=6|LPort=4000|'],
    ['Protocol=6|LPort=4000|', 'Protocol=6|LPort=4001|'],
    ['Protocol=6|LPort2_10=4000-4001|', 'Protocol=6|LPort=4000|'],
    ['Protocol=6|LPort=4000|', 'RA4=10.0.0.0/8|'],
    ['Protocol=6|LPort=4000|', `App=${PROGRAM}|`],
    ['Protocol=6|LPort=4000|', 'Profile=Public|'],
    ['Protocol=6|LPort=4000|', 'LUAuth=O:|'],
    ['Protocol=6|LPort=4000|', 'Security=Authenticate|'],
    ['Protocol=6|LPort=4000|', 'IFType=Wireless|'],
    ['Protocol=6|LPort=4000|', 'Svc=TermService|'],
    ['Protocol=6|LPort=RPC|', 'Protocol=6|LPort=4000|'],
    ['Protocol=6|LPort=4000|', 'AppPkgId=S-1-15-2-1|'],
  ])('%s is not within %s', (allow, block) => expect(undone(allow, block).because).toEqual([]));

  test('a block that group policy ignores undoes nothing', () =>
    expect(
      undone('Protocol=6|LPort=4000|', '', {
        effective: undefined,
        policy: { private: { AllowLocalPolicyMerge: 0 } },
      }).because,
    ).toEqual([]));

  test('what a question left behind undoes what was allowed afterwards', () => {
    const both = machine({ rules: [refusal('TCP'), `Allow|App=${PROGRAM}|Protocol=6|Name=it|`] });
    expect(rule(both, 'it')).toMatchObject({ use: 'no-effect', because: [{ firewall: 'windows', rule: 'A game' }] });
    expect(en.firewall.why(rule(both, 'it'))).toBe(
      'Without it all would be the same, because of “A game” (Windows Firewall).',
    );
  });
});

test('each of thousands of rules is looked at as often however many there are', () => {
  const looksAt = (count: number): number => {
    const rules = Array.from(
      { length: count },
      (_, at) => `Allow|Protocol=6|App=C:\\Apps\\${at % 900}\\program${at % 700}.exe|Name=rule ${at}|`,
    );
    const processes = Array.from({ length: 60 }, (_, at) => ({
      pid: 5000 + at,
      path: `C:\\Apps\\${at}\\program${at}.exe`,
    }));
    const sockets = processes.map(({ pid }) => ({ at: `tcp 0.0.0.0:${pid}`, pid }));
    const many = windowsSnapshot({ rules, processes, sockets, adapters: [HOME], effective: profilesPrinted() });
    const facts = readFacts(many);
    const windows = facts.windows!;
    const { seen, looks } = counted();
    const written = () => windows.written().map((rule) => seen({ ...rule, windows: seen(rule.windows) }));
    const report = reportFrom(facts, many, { kept: new Set() });
    const book = makeRuleBook(many, { ...facts, windows: { ...windows, written } }, report);
    expect(book.rules).toHaveLength(count + 1);
    expect(book.rules.filter(({ use }) => use === 'in-use').length).toBeGreaterThan(50);
    return looks();
  };
  const some = looksAt(1000);
  expect(some).toBeGreaterThan(1000);
  expect(looksAt(8000) / some).toBeLessThan(12);
});
