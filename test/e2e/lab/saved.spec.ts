/** A saved snapshot of another computer, in a window of its own on Electron: which one it is of, and read only. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { WINDOWS } from '../../main/cli/windows-machines.ts';
import { startElectron } from './hosts.ts';

test.describe.configure({ timeout: 120_000 });

test('a Windows computer, shown here', async () => {
  const home = mkdtempSync(join(tmpdir(), 'portcullis-e2e-'));
  const file = join(home, 'a computer.json');
  writeFileSync(file, JSON.stringify(WINDOWS['windows-home']));
  const application = await startElectron({ home, args: [`--from=${file}`] });
  try {
    const page = await application.firstWindow();
    await expect(page.getByText('Saved snapshot of HOME-PC')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('File sharing (SMB, System) on port 445').first()).toBeVisible();
    // What is needed on this machine is no matter of that one.
    await expect(page.getByRole('button', { name: /Keep open/ })).toHaveCount(0);
    await page.getByRole('navigation').getByRole('button', { name: 'History' }).click();
    await expect(page.getByText('Nothing has been changed yet.')).toBeVisible();
    await page.getByRole('navigation').getByRole('button', { name: 'Firewall' }).click();
    await expect(page.getByText('Lets in 445/tcp from LocalSubnet, for System, in private networks.')).toBeVisible();
  } finally {
    await application.close();
    rmSync(home, { recursive: true, force: true });
  }
});
