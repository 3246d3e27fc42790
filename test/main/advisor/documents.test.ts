/** What is written for elsewhere, and what is read back. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAdvisor } from '../../../src/main/advisor/index.ts';
import { CLOSE, on, problemOf, withSettings } from './machine.ts';

const { advisorOn, folder, settings } = withSettings();

describe('files of rules', () => {
  const targets = [{ protocol: 'tcp', port: 3000 }] as const;

  test('go where the person said, and nowhere when they changed their mind', async () => {
    const path = join(folder(), 'close.sh');
    const suggested: string[] = [];
    const save = (answer: string | null) =>
      createAdvisor({
        snapshot: on,
        settings: settings(),
        chooseFile: async (name) => {
          suggested.push(name);
          return answer;
        },
      }).saveRules({ format: 'ufw', targets, undo: false });
    expect(await save(null)).toEqual({ path: null });
    expect(existsSync(path)).toBe(false);
    expect(await save(path)).toEqual({ path });
    expect(suggested[0]).toMatch(/\.sh$/);
    expect(statSync(path).mode & 0o111).not.toBe(0);
    const file = await createAdvisor({ snapshot: on, settings: settings() }).exportRules({
      format: 'ufw',
      targets,
    });
    expect(readFileSync(path, 'utf8')).toBe(file.content);
  });

  test('are not saved by a face that cannot ask where', async () => {
    const { advisor } = advisorOn(on);
    expect((await problemOf(advisor.saveRules({ format: 'ufw', targets, undo: true }))).code).toBe('unsupported');
  });
});

describe('an intent of another machine', () => {
  const content = (more: object): string =>
    JSON.stringify({
      schema: 1,
      madeAt: '2026-11-19T08:15:00.000Z',
      host: 'desk-7',
      close: [
        { protocol: 'tcp', port: 3000, for: 'everyone', name: null, why: null },
        { protocol: 'tcp', port: 4444, for: 'everyone', name: null, why: null },
      ],
      keep: [],
      rest: 'leave',
      ...more,
    });

  test('is judged by what is so here, leads to choices that can be proposed, and changes nothing', async () => {
    const { advisor, asked } = advisorOn(on);
    await advisor.scan({ exact: false });
    const { intent, first, closing, remarks } = await advisor.readIntent({ name: 'a.json', content: content({}) });
    expect(intent.host).toBe('desk-7');
    expect(first).toBeNull();
    expect(remarks).toEqual([{ kind: 'not-listening', of: 'close', target: { protocol: 'tcp', port: 4444 } }]);
    expect(closing).toEqual([CLOSE]);
    for (const choice of closing) expect((await advisor.propose(choice)).steps.length).toBeGreaterThan(0);
    expect(asked).not.toContain('apply');
  });

  test.each([
    ['not JSON', 'intent-not-json'],
    [content({ schema: 2 }), 'intent-unknown'],
    [content({ keep: [{ protocol: 'tcp', port: 3000, name: null }] }), 'intent-twice'],
  ])('that is wrong is refused with what is wrong: %#', async (text, kind) => {
    const { advisor } = advisorOn(on);
    const problem = await problemOf(advisor.readIntent({ name: 'a\u001b[31m.json', content: text }));
    expect(problem).toMatchObject({ code: 'bad-input', means: { kind, name: 'a\\u{1b}[31m.json' } });
  });
});

describe('reports', () => {
  const wanted = { format: 'html', language: 'en', redact: false } as const;

  test('are shown, or go where the person said, and nowhere when they changed their mind', async () => {
    const path = join(folder(), 'report.html');
    const suggested: string[] = [];
    const answering = (answer: string | null) =>
      createAdvisor({
        snapshot: on,
        settings: settings(),
        chooseFile: async (name) => {
          suggested.push(name);
          return answer;
        },
      });
    const shown = await answering(path).report({ ...wanted, save: false });
    expect(shown).toEqual({
      filename: `portcullis-laptop-${on.takenAt.slice(0, 10)}.html`,
      content: shown.content,
      path: null,
    });
    expect(shown.content).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
    expect(suggested).toEqual([]);
    expect(await answering(null).report({ ...wanted, save: true })).toMatchObject({ content: null, path: null });
    expect(existsSync(path)).toBe(false);
    expect(await answering(path).report({ ...wanted, save: true })).toMatchObject({ content: null, path });
    expect(readFileSync(path, 'utf8')).toBe(shown.content);
    expect(suggested).toEqual([shown.filename, shown.filename]);
  });

  test('name nobody where that was asked for', async () => {
    const { advisor } = advisorOn(on);
    for (const format of ['html', 'md', 'csv', 'json', 'sarif'] as const) {
      const { content, filename } = await advisor.report({ ...wanted, format, redact: true, save: false });
      expect(filename).toBe(`portcullis-${on.takenAt.slice(0, 10)}.${format}`);
      expect(content).not.toMatch(/laptop|192\.168\.77\./);
      expect(content).toContain('3000');
    }
  });

  test('speak the language that was asked for, one after the other', async () => {
    const { advisor } = advisorOn(on);
    const content = async (language: 'en' | 'de') =>
      (await advisor.report({ ...wanted, format: 'md', language, save: false })).content;
    expect(await content('de')).toContain('# Wer diesen Computer erreicht');
    expect(await content('en')).toContain('# Who can reach this computer');
    expect(await content('en')).not.toMatch(/ und | nicht /);
  });

  test('are not saved by a face that cannot ask where', async () => {
    const { advisor } = advisorOn(on);
    expect((await problemOf(advisor.report({ ...wanted, save: true }))).code).toBe('unsupported');
  });
});
