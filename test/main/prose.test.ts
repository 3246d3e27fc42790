import { describe, expect, test } from 'vitest';
import { prose } from '../../src/main/faces/cli/prose.ts';

describe('sentences that name commands', () => {
  test('each command stands whole on its own line, without what stands around it', () => {
    const command = "Set-NetConnectionProfile -InterfaceAlias 'vEthernet (External)' -NetworkCategory Public";
    expect(prose(`As a public network nobody could. As administrator: ${command}.`, [command], 4, 40)).toBe(
      `    As a public network nobody could. As\n    administrator:\n      ${command}`,
    );
  });

  test('several, and what is said between them and behind', () => {
    const text = 'Look with one two, and stop it with three four; five six, or end the program.';
    expect(prose(text, ['five six', 'one two', 'three four'], 0, 80).split('\n')).toEqual([
      'Look with',
      '  one two',
      'and stop it with',
      '  three four',
      '  five six',
      'or end the program.',
    ]);
  });

  test('quotes of either language go with the command that they stand around', () => {
    for (const text of ['Gib „one two“ ein.', 'Type “one two” here.', 'Type "one two" (or "three").'])
      expect(prose(text, ['one two'], 0, 80).split('\n')[1]).toBe('  one two');
    expect(prose('Gib „one two“ ein.', ['one two'], 0, 80)).toBe('Gib\n  one two\nein.');
  });

  test('the longer of two that begin alike is meant, and no part of a word', () => {
    const text = 'Not a netsh-like word. More: portcullis scan --json. Or portcullis scan.';
    expect(prose(text, ['portcullis scan', 'portcullis scan --json', 'netsh'], 0, 80).split('\n')).toEqual([
      'Not a netsh-like word. More:',
      '  portcullis scan --json',
      'Or',
      '  portcullis scan',
    ]);
  });

  test('text without commands is a paragraph', () => {
    expect(prose('a b c', [], 2, 5)).toBe('  a b\n  c');
    expect(prose('a b c', ['', 'z'], 0, 80)).toBe('a b c');
  });
});
