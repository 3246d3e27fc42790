/** synthetic: .wslconfig and the policies of WSL; each line is one that its parser, by its source, takes in its own way. */
import { describe, expect, test } from 'vitest';
import { wslSettings } from '../../../../src/core/firewalls/windows/wsl-settings.ts';
import { windowsSnapshot } from './machine.ts';

const KEY = 'wsl2.networkingMode';
const pairs = (...said: readonly (readonly [string, string | number])[]) => ({
  ok: said.map(([name, value]) => ({ name, value })),
});
const UNREAD = { error: { kind: 'refused' } };
const settings = (wsl: unknown, wslPolicy: unknown = pairs()) =>
  wslSettings(windowsSnapshot({ parts: { wsl, wslPolicy } }));
const networking = (wsl: unknown, policy?: unknown) => settings(wsl, policy).networking;

describe('a line of .wslconfig', () => {
  test.each([
    ['mirrored   # what the guides say', 'mirrored'],
    ['mirrored#', 'mirrored'],
    ['"mirrored"', 'mirrored'],
    ['mir"rored" \t', 'mirrored'],
    ['  MIRRORED', 'mirrored'],
    ['nat # mirrored', 'other'],
    ['VirtioProxy', 'other'],
    ['consomme', 'other'],
    ['bridged', 'bridged'],
    ['"none"', 'none'],
    // Not lines for WSL: a quote without an end, an escape that it does not know. It is NAT without another.
    ['"mirrored', 'other'],
    ['mirrored\\x', 'other'],
    // No mode that is known here; one that goes on in the next line.
    ['"mirrored "', null],
    ['mirrored # "" \\', 'mirrored'],
    ['mirr\\', null],
    ['teleported', null],
    ['', null],
  ])('%s', (value, mode) => {
    expect(networking(pairs([KEY, value]))).toBe(mode);
  });

  test('of one key the first counts, under either of its names; what is no line does not', () => {
    const later = ['experimental.networkingMode', 'nat'] as const;
    expect(networking(pairs([KEY, 'mirrored'], later))).toBe('mirrored');
    expect(networking(pairs(later, [KEY, 'mirrored']))).toBe('other');
    expect(networking(pairs([KEY, '"mirrored'], ['wsl2.NetworkingMode', 'bridged']))).toBe('bridged');
    expect(networking(pairs(['other.networkingMode', 'mirrored']))).toBe('other');
  });
});

describe('policy', () => {
  const DEFAULT = 'DefaultNetworkingMode';
  const LOCKED = ['AllowNetworkingModeUserSetting', 0] as const;

  test('says which it is where .wslconfig does not', () => {
    expect([0, 1, 2, 3, 4, 7].map((mode) => networking(pairs(), pairs([DEFAULT, mode])))).toEqual([
      'none',
      'other',
      'other',
      'mirrored',
      'other',
      'other',
    ]);
    expect(networking(pairs(), pairs([DEFAULT, '3']))).toBe('other');
    expect(networking(pairs([KEY, 'nat']), pairs([DEFAULT, 3]))).toBe('other');
  });

  test('may forbid an own choice, but never that there is no network', () => {
    expect(networking(pairs([KEY, 'nat']), pairs([DEFAULT, 3], LOCKED))).toBe('mirrored');
    expect(networking(pairs([KEY, 'mirrored']), pairs(LOCKED))).toBe('other');
    expect(networking(pairs([KEY, 'teleported']), pairs(LOCKED))).toBe('other');
    expect(networking(pairs([KEY, 'none']), pairs([DEFAULT, 3], LOCKED))).toBe('none');
    expect(networking(pairs([KEY, 'mirrored']), pairs(['AllowNetworkingModeUserSetting', 1]))).toBe('mirrored');
  });

  test('where one of both was not read, no networking is said that the other may change', () => {
    expect(networking(pairs([KEY, 'nat']), UNREAD)).toBeNull();
    expect(networking(pairs(), UNREAD)).toBeNull();
    expect(networking(pairs([KEY, 'mirrored']), UNREAD)).toBe('mirrored');
    expect(networking(UNREAD)).toBeNull();
    expect(networking(UNREAD, pairs([DEFAULT, 3], LOCKED))).toBeNull();
    expect(networking(UNREAD, pairs(LOCKED))).toBe('other');
  });
});

test('the firewall is taken away by .wslconfig but with mirrored networking, or where policy forbids it', () => {
  const off = ['wsl2.firewall', '"False"  # for Docker'] as const;
  expect(settings(pairs([KEY, 'nat'], off)).unfiltered).toBe(true);
  expect(settings(pairs(['experimental.firewall', '0'])).unfiltered).toBe(true);
  expect(settings(pairs([KEY, 'mirrored'], off)).unfiltered).toBe(false);
  expect(settings(pairs([KEY, 'teleported'], off)).unfiltered).toBe(false);
  expect(settings(pairs(off), pairs(['AllowFirewallUserSetting', 0])).unfiltered).toBe(false);
  expect(settings(pairs(['wsl2.firewall', 'true'])).unfiltered).toBe(false);
  expect(settings(pairs()).unfiltered).toBe(false);
});
