/** From the list to a port that is proved closed and open again, with a real firewall and real packets. */
import { expect, test } from '@playwright/test';
import { hosts } from './hosts.ts';
import { neighbourReaches, serve, ufw, ufwFiles } from './machine.ts';

for (const [name, open] of Object.entries(hosts)) {
  test.describe(name, () => {
    test('one click closes a port, Undo opens it again', async () => {
      await using server = await serve(3000);
      await ufw(server.rule);
      const before = ufwFiles();
      expect(await neighbourReaches(3000)).toBe(true);
      await using host = await open();
      const { page } = host;

      await expect(page.getByRole('heading', { level: 1 })).toHaveText(
        /^One port is open to .+ that you probably don’t need\.$/,
      );
      await expect(page.getByRole('article').filter({ hasText: '3000' })).toContainText('python3');
      await page.getByRole('button', { name: 'Close 3000/tcp' }).click();

      await expect(page.getByRole('heading', { name: 'Checked: closed' })).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing to close.');
      expect(await neighbourReaches(3000)).toBe(false);

      await page.getByRole('button', { name: /^Undo/ }).click();
      await expect(page.getByRole('heading', { name: 'Undone' })).toBeVisible({ timeout: 30_000 });
      expect(await neighbourReaches(3000)).toBe(true);
      expect(ufwFiles()).toBe(before);
    });

    test('list, close all, review, apply, checked, undo', async () => {
      await using first = await serve(3000);
      await using second = await serve(8000);
      await ufw(first.rule, second.rule);
      const before = ufwFiles();
      await using host = await open();
      const { page } = host;

      await page.getByRole('button', { name: 'Close all recommended (2)' }).click();
      await expect(page.getByRole('heading', { name: 'Who can reach what' })).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('cell', { name: /: open\./ })).toHaveCount(2);
      await expect(page.getByText('port 8000').first()).toBeVisible();
      expect(await neighbourReaches(8000)).toBe(true);
      expect(ufwFiles()).toBe(before);

      await page.getByRole('button', { name: 'Apply' }).click();
      await expect(page.getByText('Checked: closed')).toBeVisible({ timeout: 30_000 });
      expect(await neighbourReaches(3000)).toBe(false);
      expect(await neighbourReaches(8000)).toBe(false);

      await page.getByRole('button', { name: /^Undo/ }).click();
      await expect(page.getByText('Undone', { exact: true })).toBeVisible({ timeout: 30_000 });
      expect(await neighbourReaches(3000)).toBe(true);
      expect(await neighbourReaches(8000)).toBe(true);
      expect(ufwFiles()).toBe(before);
    });

    test('the ports and the way of a packet are those of this machine', async () => {
      await using server = await serve(3000);
      await ufw(
        ['allow', 'from', '192.168.77.0/24', 'to', 'any', 'port', '3000', 'proto', 'tcp'],
        ['deny', ...server.rule.slice(1)],
      );
      await using host = await open();
      const { page } = host;
      await page.getByRole('navigation').getByRole('button', { name: 'Ports' }).click();
      await page.getByRole('row', { name: /3000/ }).click();
      await expect(page.getByText('It gets through.')).toBeVisible();
      // The rules of the way in stand above those that this packet passes.
      const rules = page.getByRole('list', { name: /The rules that it passes/ });
      await expect(rules).toHaveCount(2);
      await expect(rules.last()).toContainText('ufw-user-input');
      await page.getByLabel('From address').fill('203.0.113.5');
      await page.getByRole('button', { name: 'Follow' }).click();
      await expect(page.getByText('It is stopped.')).toBeVisible();
    });

    test('a file of another computer is opened, reviewed, carried out and taken back', async () => {
      await using server = await serve(3000);
      await ufw(server.rule);
      const before = ufwFiles();
      await using host = await open();
      const { page } = host;
      const close = (port: number) => ({ protocol: 'tcp', port, for: 'everyone', name: null, why: null });
      const content = JSON.stringify({
        schema: 1,
        madeAt: '2026-11-19T08:15:00.000Z',
        host: 'desk-7',
        close: [close(3000), close(4444)],
        keep: [],
        rest: 'leave',
      });
      await page.getByRole('navigation').getByRole('button', { name: 'Export' }).click();
      const choose = async (button: string, text: string): Promise<void> => {
        const chooser = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: button }).click();
        await (await chooser).setFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) });
      };
      const part = page.getByRole('region', { name: 'From another computer' });
      await choose('Open an intent file…', content.slice(1));
      await expect(part).toContainText('a.json is not JSON, or only a part of it.');
      await choose('Open another file…', content);
      await expect(part).toContainText('4444/tcp: nothing listens there on this machine');
      await part.getByRole('button', { name: 'Review: Close 1 port, Everyone' }).click();
      await expect(page.getByRole('heading', { name: 'Who can reach what' })).toBeVisible({ timeout: 30_000 });
      expect(ufwFiles()).toBe(before);
      await page.getByRole('button', { name: 'Apply' }).click();
      await expect(page.getByText('Checked: closed')).toBeVisible({ timeout: 30_000 });
      expect(await neighbourReaches(3000)).toBe(false);
      await page.getByRole('navigation').getByRole('button', { name: 'Export' }).click();
      await expect(part).toContainText('3000/tcp: nobody else can reach it here as it is.');
      await expect(part).toContainText('Nothing needs to change here.');
      await page.getByRole('navigation').getByRole('button', { name: 'History' }).click();
      await page.getByRole('button', { name: /^Undo/ }).first().click();
      await expect.poll(ufwFiles, { timeout: 30_000 }).toBe(before);
      expect(await neighbourReaches(3000)).toBe(true);
    });

    test('the exported script names the chosen port', async () => {
      await using server = await serve(3000);
      await ufw(server.rule);
      await using host = await open();
      const { page } = host;
      await page.getByRole('navigation').getByRole('button', { name: 'Export' }).click();
      await expect(page.getByRole('region', { name: 'Rules' })).toContainText('3000');
      await page.getByRole('radio', { name: /Windows Firewall/ }).click();
      await expect(page.getByRole('region', { name: 'Rules' })).toContainText('New-NetFirewallRule');
    });

    test('the whole posture, what it cannot say, its undo, and a report, as they are made here', async () => {
      await using server = await serve(3000);
      await ufw(server.rule);
      await using host = await open();
      const { page } = host;
      await page.getByRole('navigation').getByRole('button', { name: 'Export' }).click();
      const rules = page.getByRole('region', { name: 'Rules' });
      await page.getByRole('radio', { name: /^nftables/ }).click();
      await page.getByRole('checkbox', { name: /Close everything else/ }).click();
      await expect(rules).toContainText('ct state established,related accept');
      await expect(page.getByText('What this format cannot say')).toBeVisible();
      await page.getByRole('tab', { name: 'Undo' }).click();
      await expect(page.getByRole('region', { name: 'Undo' })).toContainText('delete table inet portcullis_export');
      // The pipe's program is not bundled here, and says its version only where it is.
      if (name === 'pipe') return;
      const report = page.getByRole('region', { name: 'Report', exact: true });
      await expect(report.getByRole('region', { name: 'Preview' })).toContainText('3000');
      await report.getByRole('radio', { name: /SARIF/ }).click();
      await expect(report.getByRole('region', { name: 'Preview' })).toContainText('"version": "2.1.0"');
    });
  });
}
