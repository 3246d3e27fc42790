/** The rules in words: what each lets in, whose it is, and whether it is of use. Never more than is known. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../../src/core/facts.ts';
import { predict } from '../../../src/core/firewalls/registry.ts';
import type { RuleBook, RuleInWords, Snapshot } from '../../../src/core/model.ts';
import { reportFrom } from '../../../src/core/report.ts';
import { makeRuleBook } from '../../../src/core/rulebook/index.ts';
import { readSnapshots } from '../rulesets/snapshots.ts';

const captured = (name: string): Snapshot =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../main/cli/snapshots', `${name}.json`), 'utf8')) as Snapshot;

const real = readSnapshots();
const ofSet = (name: string): RuleBook => {
  const found = real[name];
  if (found === undefined) throw new Error(name);
  return bookOf(found);
};

function bookOf(snapshot: Snapshot): RuleBook {
  const facts = readFacts(snapshot);
  return makeRuleBook(snapshot, facts, reportFrom(facts, snapshot, { kept: new Set() }));
}

const named = ({ rules }: RuleBook, text: string): RuleInWords => {
  const found = rules.filter((rule) => rule.text === text);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} rules: ${text}`);
  return found[0];
};

/** The same snapshot with other text in one transcript. */
const changed = (snapshot: Snapshot, id: string, change: (text: string) => string): Snapshot => ({
  ...snapshot,
  transcripts: snapshot.transcripts.map((one) => (one.id === id ? { ...one, stdout: change(one.stdout) } : one)),
});

describe('ufw', () => {
  const on = bookOf(captured('on'));

  test('each rule once for both families, with what it lets in', () => {
    const rules = on.rules.filter(({ firewall }) => firewall === 'ufw');
    expect(rules.map(({ text, action, about, from, families }) => [text, action, about, from, families])).toEqual([
      ['allow 22/tcp', 'allow', ['22/tcp'], null, [4, 6]],
      ['allow 3000/tcp', 'allow', ['3000/tcp'], null, [4, 6]],
      ['allow from 192.168.77.0/24 to any port 8080 proto tcp', 'allow', ['8080/tcp'], ['192.168.77.0/24'], [4]],
      ['limit 9000/tcp', 'limit', ['9000/tcp'], null, [4, 6]],
      ['allow 7000/tcp', 'allow', ['7000/tcp'], null, [4, 6]],
    ]);
    expect(on.unread).toEqual([]);
    expect(on.useComplete).toBe(true);
  });

  test('an opening for which nothing listens can be removed, one that is used cannot', () => {
    expect(named(on, 'allow 3000/tcp')).toMatchObject({ use: 'in-use', opening: [] });
    expect(named(on, 'allow 7000/tcp')).toMatchObject({
      use: 'nothing-listens',
      opening: [{ protocol: 'tcp', port: 7000 }],
    });
  });

  test('a port that is kept open is not offered for removal', () => {
    const snapshot = captured('on');
    const facts = readFacts(snapshot);
    const report = reportFrom(facts, snapshot, { kept: new Set() });
    const findings = report.findings.filter(({ id }) => id !== 'unused-opening:tcp/7000');
    const book = makeRuleBook(snapshot, facts, { ...report, findings });
    expect(named(book, 'allow 7000/tcp').opening).toEqual([]);
  });

  test('its own rules are told apart from those that people gave it', () => {
    expect(on.rules.filter(({ owner }) => owner === 'you').every(({ firewall }) => firewall === 'ufw')).toBe(true);
    const replies = on.rules.find(({ place, only }) => place === 'ufw-before-input' && only === 'replies');
    expect(replies).toMatchObject({ owner: 'tool', tool: 'ufw', families: [4, 6], use: 'in-force', more: false });
  });

  test('off: nothing of it holds', () => {
    const rulesOf = captured('on').transcripts.find(({ id }) => id === 'file:/etc/ufw/user.rules')?.stdout ?? '';
    const off = bookOf(changed(captured('off'), 'file:/etc/ufw/user.rules', () => rulesOf));
    const rules = off.rules.filter(({ firewall }) => firewall === 'ufw');
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.every(({ use }) => use === 'off')).toBe(true);
  });

  test('without rights the rules are not read, and that is said', () => {
    const book = bookOf(captured('ordinary'));
    expect(book.rules).toEqual([]);
    expect(book.unread.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["ufw's IPv4 rules", 'kernel rules (nftables)']),
    );
  });

  test('whether a rule is in force is not said where the kernel was not read', () => {
    const snapshot = captured('on');
    const blind: Snapshot = {
      ...snapshot,
      transcripts: snapshot.transcripts.map((one) =>
        /^(nft|ip6?tables-save)$/.test(one.id)
          ? { ...one, exit: 1, stdout: '', stderr: 'Operation not permitted', failure: 'refused' }
          : one,
      ),
    };
    const book = bookOf(blind);
    expect(named(book, 'allow 3000/tcp').use).toBe('unknown');
    expect(book.unread.length).toBeGreaterThan(0);
  });

  test('rules of the files that the kernel does not hold are not said to be in force', () => {
    const other = changed(captured('on'), 'iptables-save', (text) =>
      text.replace(/^.*-A ufw-user-input .*--dport 3000 .*\n/m, ''),
    );
    expect(named(bookOf(other), 'allow 3000/tcp').use).toBe('unknown');
  });

  test('a rule that never matches is named with the rule before it', () => {
    const idle = Object.keys(real).flatMap((name) =>
      ofSet(name).rules.filter(({ use, because }) => use === 'never-matches' && because.length > 0),
    );
    expect(idle.length).toBeGreaterThan(0);
    expect(idle.every(({ opening }) => opening.length === 0)).toBe(true);
  });
});

describe('what Portcullis wrote is told as its own', () => {
  test('a rule in ufw', () => {
    const book = bookOf(
      predict(captured('on'), [
        { kind: 'ufw-prepend', action: 'deny', protocol: 'tcp', port: 8080, from: 'any', families: [4, 6] },
      ]),
    );
    expect(named(book, 'deny 8080/tcp')).toMatchObject({ owner: 'portcullis', action: 'deny', use: 'in-force' });
    expect(named(book, 'allow 3000/tcp').owner).toBe('you');
  });

  test('a door of its own table, with whom it leaves out', () => {
    const book = bookOf(
      predict(captured('on'), [{ kind: 'table-close', protocol: 'tcp', port: 3000, except: ['192.168.77.0/24'] }]),
    );
    const ours = book.rules.filter(({ owner }) => owner === 'portcullis');
    expect(ours).toMatchObject([
      {
        firewall: 'nftables',
        action: 'deny',
        about: ['3000/tcp'],
        from: null,
        except: ['192.168.77.0/24'],
        families: [4],
        more: false,
      },
      { firewall: 'nftables', action: 'deny', about: ['3000/tcp'], from: null, except: [], families: [6], more: false },
    ]);
  });

  test('a rule in a zone of firewalld', () => {
    const book = bookOf(
      predict(captured('firewalld'), [
        { kind: 'firewalld-add', zone: 'home', action: 'drop', protocol: 'tcp', port: 3000, source: 'any' },
      ]),
    );
    const ours = book.rules.filter(({ owner }) => owner === 'portcullis');
    expect(ours).toMatchObject([{ firewall: 'firewalld', action: 'deny', about: ['3000/tcp'], use: 'in-force' }]);
    expect(ours[0]?.place).toBe('zone home (eth0)');
  });
});

describe('other firewalls', () => {
  test('zones of firewalld, entry by entry, and none of its kernel rules a second time', () => {
    const { rules } = bookOf(captured('firewalld'));
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.every(({ firewall }) => firewall === 'firewalld')).toBe(true);
    expect(rules.find(({ text }) => text === 'service ssh')).toMatchObject({ action: 'allow', about: ['22/tcp'] });
  });

  test('without rights its zones are not read', () => {
    const { rules, unread } = bookOf(captured('firewalld-ordinary'));
    expect(rules).toEqual([]);
    expect(unread.map(({ what }) => what)).toContain("what firewalld's zones hold");
  });

  test('plain rules of nft by their places', () => {
    const { rules } = ofSet('tutorial-nftables-vmap');
    const services = rules.find(({ text }) => text === 'tcp dport @services accept');
    expect(services).toMatchObject({
      place: 'inet firewall from_wifi',
      owner: 'you',
      about: ['22/tcp', '3000-3005/tcp'],
    });
    // Only what a map sends there comes to it: that it takes everything would be too much said.
    expect(rules.find(({ text }) => text === 'accept')).toMatchObject({ about: null, more: true });
    expect(rules.find(({ text }) => text.startsWith('ct state vmap'))).toMatchObject({ action: 'depends', about: [] });
  });

  test('Docker’s rules are Docker’s', () => {
    const { rules } = ofSet('docker-28-published');
    expect(new Set(rules.map(({ tool }) => tool))).toEqual(new Set(['docker']));
    expect(rules.find(({ action }) => action === 'forward')).toMatchObject({ about: ['8080/tcp'], traffic: 'in' });
  });

  test('nothing at all', () => {
    expect(bookOf(captured('absent'))).toMatchObject({ rules: [], unread: [], useComplete: true });
  });
});

test('of no real rule set more is said than the rules hold', () => {
  let seen = 0;
  for (const name of Object.keys(real)) {
    const { rules } = ofSet(name);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const rule of rules) {
      seen += 1;
      // Every port that is told stands in the rule, or in a set or service that it names.
      const numbers = (rule.about ?? []).flatMap((about) => about.match(/^\d+/) ?? []);
      const names = /@|service |port |OpenSSH|[A-Z]\w+$/.test(rule.text);
      for (const number of numbers) expect(rule.text.includes(number) || names, `${name}: ${rule.text}`).toBe(true);
      // An opening of everything is never called unused.
      if (rule.use === 'nothing-listens') expect(numbers.length, `${name}: ${rule.text}`).toBeGreaterThan(0);
    }
  }
  expect(seen).toBeGreaterThan(300);
});
