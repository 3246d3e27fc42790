import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Advisor, inputs } from '../../../src/core/api.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { problem } from '../../../src/core/problem.ts';
import { answerPage, CONTENT_POLICY } from '../../../src/main/faces/bridge.ts';
import { pageFiles } from '../../../src/main/faces/bridge-files.ts';

/** An advisor whose every call is noted. */
function noting(): { readonly advisor: Advisor; readonly called: string[] } {
  const called: string[] = [];
  const calls = Object.keys(inputs).map((name) => [
    name,
    () => {
      called.push(name);
      return Promise.resolve(name);
    },
  ]);
  const advisor: Advisor = { ...Object.fromEntries(calls), onProgress: () => () => {}, onNews: () => () => {} };
  return { advisor, called };
}

describe('a message of the page', () => {
  test('is answered where name and input fit', async () => {
    const { advisor, called } = noting();
    expect(await answerPage(advisor, 'history', {})).toEqual({ ok: true, value: 'history' });
    expect(called).toEqual(['history']);
  });

  test.each([
    ['onProgress'],
    ['onNews'],
    ['__proto__'],
    ['constructor'],
    ['hasOwnProperty'],
    [''],
    [undefined],
    [7],
    [['scan']],
  ])('named %j is refused and calls nothing', async (name) => {
    const { advisor, called } = noting();
    expect(await answerPage(advisor, name, {})).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(called).toEqual([]);
  });

  test.each([undefined, null, 'text', [], { exact: 1 }, { exact: true, more: 1 }])(
    'with the input %j is refused and calls nothing',
    async (input) => {
      const { advisor, called } = noting();
      expect(await answerPage(advisor, 'scan', input)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
      expect(called).toEqual([]);
    },
  );

  test('that meets a problem gets it as a reply', async () => {
    const refused = problem('no-firewall', { kind: 'nftables-missing' });
    const advisor = { ...noting().advisor, history: () => Promise.reject(refused) };
    expect(await answerPage(advisor, 'history', {})).toEqual({ ok: false, error: inEnglish(refused) });
  });
});

test('the policy names no origin but its own and allows nothing unsafe', () => {
  expect(CONTENT_POLICY).toContain("default-src 'none'");
  expect(CONTENT_POLICY).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
  expect(CONTENT_POLICY).not.toMatch(/unsafe|https?:|\*/);
});

describe('the files of the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-files-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.js'), 'secret');
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'page', 'assets', 'a.js'), 'void 0');
  writeFileSync(join(folder, 'page', 'notes.txt'), 'not a kind that the page uses');
  const files = pageFiles(join(folder, 'page'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('come with their type and the policy', async () => {
    const index = files('/');
    expect(index?.body.toString()).toBe('<!doctype html>');
    expect(index?.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_POLICY,
      'x-content-type-options': 'nosniff',
    });
    expect(files('/index.html')).toEqual(index);
    expect(files('/assets/a.js')?.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '//secret.js',
    '/assets',
    '/notes.txt',
    '',
    '/x',
  ])('%s is not one of them', async (path) => {
    expect(files(path)).toBeNull();
  });
});
