import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchFiles } from '../../../src/main/collector/files.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 150));

test('a written setting of a firewall is noticed, also in a folder that came later; other files are not', async () => {
  const root = mkdtempSync(join(tmpdir(), 'portcullis-watched-'));
  mkdirSync(join(root, 'etc/default'), { recursive: true });
  let changes = 0;
  const stop = watchFiles(root, () => {
    changes += 1;
  });
  const changed = async (path: string): Promise<boolean> => {
    const before = changes;
    writeFileSync(join(root, path), String(Math.random()));
    await settle();
    return changes > before;
  };
  try {
    expect(await changed('etc/hosts')).toBe(false);
    expect(await changed('etc/default/keyboard')).toBe(false);
    expect(await changed('etc/default/ufw')).toBe(true);
    mkdirSync(join(root, 'etc/ufw'));
    await settle();
    expect(await changed('etc/ufw/user.rules')).toBe(true);
  } finally {
    stop();
    rmSync(root, { recursive: true });
  }
});
