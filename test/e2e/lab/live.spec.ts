/** The window follows the machine by itself, through both hosts, and leaves nothing running. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { hosts } from './hosts.ts';
import { serve, ufw } from './machine.ts';

/** The collector and what it started, by their command lines. */
const collectors = (): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return /collector\.cjs|sock_diag/.test(line) ? [line] : [];
      } catch {
        return [];
      }
    });

for (const [name, open] of Object.entries(hosts)) {
  test(`${name}: a port that opens is shown without asking, and closing the window ends what watched`, async () => {
    await ufw();
    {
      await using host = await open();
      const { page } = host;
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(collectors, { timeout: 20_000 }).toHaveLength(2);
      await page.getByRole('navigation').getByRole('button', { name: 'Ports' }).click();
      const row = page.getByRole('row').filter({ hasText: '3456' });
      await expect(row).toHaveCount(0);
      {
        await using server = await serve(3456);
        expect(server.rule).toContain('3456/tcp');
        await expect(row).toHaveCount(1, { timeout: 20_000 });
      }
      await expect(row).toHaveCount(0, { timeout: 20_000 });
    }
    await expect.poll(collectors).toEqual([]);
  });
}
