/** Every view and state of the page, each as a scene and the way to it. */
import type { Page } from '@playwright/test';
import * as plans from '../fixtures/plans.ts';
import * as reports from '../fixtures/reports.ts';
import * as rules from '../fixtures/rules.ts';
import type { Report } from '../../../src/core/model.ts';
import { push, type Script } from '../scene.ts';

export interface View {
  readonly name: string;
  readonly script?: Script;
  readonly act?: (page: Page) => Promise<void>;
}

export const goTo =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('navigation').getByRole('button', { name }).click();
  };

export const openPort = async (page: Page): Promise<void> => {
  await goTo('Ports')(page);
  await page.getByRole('row', { name: /3000/ }).click();
  await page.getByText('It gets through.').waitFor();
};

export const review = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Close all recommended/ }).click();
  await page.getByRole('button', { name: 'Apply' }).waitFor();
};

/** What an earlier change would be taken back by. */
export const takeBack = async (page: Page): Promise<void> => {
  await goTo('History')(page);
  await page.getByRole('button', { name: 'Undo: Close port 3000 (TCP) for everyone' }).click();
  await page.getByRole('button', { name: 'Apply' }).waitFor();
};

const close = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Close 3000/tcp' }).click();
};

/** What a change of the network does: nothing that is shown is said without its time any more. */
export const goStale = async (page: Page): Promise<void> => {
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await page.getByText('may have changed since').first().waitFor();
};

/** A report as the main side pushes it, a minute later than any of the fixtures. */
export const later = (report: Report): Report => ({ ...report, takenAt: '2026-11-20T10:44:00.000Z' });

/** The web server has opened since. */
export const pushOpened = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await push(page, { kind: 'report', report: later(reports.advice) });
};

/** What listens is known to be different since. */
export const pushDoubt = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await push(page, { kind: 'doubt', of: reports.advice.takenAt, sockets: true });
  await page.getByText('What listens has changed since.').waitFor();
};

/** Brought to the front by the tray, at a piece of advice. */
export const visitAdvice = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await push(page, { kind: 'visit', visit: { to: 'advice', finding: 'exposed-database:tcp/5432' } });
};

/** Brought to the front by a notification, at what closing the port would change. */
export const visitReview = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await push(page, { kind: 'visit', visit: { to: 'review', target: { protocol: 'tcp', port: 3000 } } });
};

export const openPalette = async (page: Page, typed = ''): Promise<void> => {
  // Until the first report there is nothing to say about ports.
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(typed);
};

const inFirewall =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await goTo('Firewall')(page);
    await page.getByText(text).first().waitFor();
  };

export const waiting: Script = { propose: plans.confirmPlan, apply: plans.waiting };
export const past: Script = { history: [plans.history], propose: plans.undoPlan };
export const larger: Script = { propose: plans.largerPlan, apply: plans.largerOutcome };

export const drifted = {
  code: 'drift',
  message: 'Another program has changed /etc/ufw/user.rules since, so this was not put back over it.',
  hint: 'What the change itself did can still be taken back.',
} as const;

export const rolledBack = {
  code: 'rolled-back',
  message: 'Port 3000 (TCP) could still be reached afterwards, so everything was put back.',
  hint: 'Look at what decides about it under Ports.',
} as const;

export const views: readonly View[] = [
  { name: 'keep closed' },
  {
    name: 'keep closed, more',
    act: (page) => page.getByRole('button', { name: 'More' }).first().click(),
  },
  { name: 'nothing to do', script: { scan: reports.allWell, history: [[plans.applied]] } },
  {
    name: 'nothing to do, no longer fresh',
    script: { scan: reports.allWell, history: [[plans.applied]] },
    act: goStale,
  },
  {
    name: 'keep closed, changed just now',
    script: { scan: reports.adviceAfter },
    act: pushOpened,
  },
  {
    name: 'ports, changed just now',
    script: { scan: reports.adviceAfter },
    act: async (page) => {
      await goTo('Ports')(page);
      await pushOpened(page);
    },
  },
  { name: 'keep closed, what listens has changed', act: pushDoubt },
  {
    name: 'keep closed, led to a piece of advice',
    act: async (page) => {
      await goTo('Learn')(page);
      await visitAdvice(page);
    },
  },
  {
    name: 'review, led to from a notification',
    act: async (page) => {
      await visitReview(page);
      await page.getByRole('button', { name: 'Apply' }).waitFor();
    },
  },
  {
    name: 'ports, no longer fresh',
    act: async (page) => {
      await goTo('Ports')(page);
      await goStale(page);
    },
  },
  {
    name: 'port detail, no longer fresh',
    act: async (page) => {
      await openPort(page);
      await goStale(page);
    },
  },
  { name: 'history', script: past, act: goTo('History') },
  { name: 'history, one of each state', script: { history: [plans.everyState] }, act: goTo('History') },
  { name: 'history, a hundred changes', script: { history: [plans.longHistory(100)] }, act: goTo('History') },
  {
    name: 'history, from a mark to its row',
    script: { history: [plans.everyState] },
    act: async (page) => {
      await goTo('History')(page);
      await page
        .getByRole('toolbar')
        .getByRole('button', { name: /put back/ })
        .click();
    },
  },
  { name: 'history, empty', act: goTo('History') },
  { name: 'review of an undo', script: past, act: takeBack },
  {
    name: 'history, the last one has drifted',
    script: { ...past, undo: drifted },
    act: async (page) => {
      await goTo('History')(page);
      await page.getByRole('button', { name: /^Undo: Close ports/ }).click();
      await page.getByText(drifted.message).first().waitFor();
    },
  },
  { name: 'cannot tell', script: { scan: reports.cannotTell } },
  { name: 'firewall off', script: { scan: reports.firewallOff } },
  { name: 'no firewall', script: { scan: reports.noFirewall } },
  {
    name: 'first start',
    script: {
      scan: 'never',
      progress: [{ call: 'scan', phase: 'gather', text: 'Reading the firewall’s rules', done: 2, of: 5 }],
    },
  },
  {
    name: 'scan failed',
    script: {
      scan: { code: 'failed', message: 'The program ss is not there.', hint: 'Install iproute2, then scan again.' },
    },
  },
  {
    name: 'closed with one click',
    act: async (page) => {
      await close(page);
      await page.getByRole('heading', { name: 'Checked: closed' }).waitFor();
    },
  },
  {
    name: 'refused',
    script: {
      propose: {
        code: 'not-permitted',
        message: 'You did not give the permission.',
        hint: 'Try again when you want to.',
      },
    },
    act: async (page) => {
      await close(page);
      await page.getByText('You did not give the permission.').first().waitFor();
    },
  },
  {
    name: 'rolled back',
    script: { apply: rolledBack },
    act: async (page) => {
      await close(page);
      await page.getByText('Everything was put back as it was').waitFor();
    },
  },
  { name: 'ports', act: goTo('Ports') },
  { name: 'advice on a port that leads on', script: { scan: reports.ledOn } },
  { name: 'ports, one that leads on', script: { scan: reports.ledOn }, act: goTo('Ports') },
  { name: 'ports, ten thousand', script: { scan: reports.many }, act: goTo('Ports') },
  {
    name: 'ports, nothing found',
    act: async (page) => {
      await goTo('Ports')(page);
      await page.getByRole('searchbox').fill('no such thing');
      await page.getByText('No port matches').waitFor();
    },
  },
  {
    name: 'outbound',
    act: async (page) => {
      await goTo('Ports')(page);
      await page.getByRole('tab', { name: /Outbound/ }).click();
      await page.getByText('firefox').first().waitFor();
    },
  },
  { name: 'port detail', act: openPort },
  { name: 'review', script: larger, act: review },
  {
    name: 'review, applying',
    script: {
      ...larger,
      apply: 'never',
      progress: [{ call: 'apply', phase: 'change', text: 'Blocking port 5432', done: 1, of: 4 }],
    },
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'review, done',
    script: larger,
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Checked: closed').waitFor();
    },
  },
  {
    name: 'review, waiting to be kept',
    script: waiting,
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('timer').waitFor();
    },
  },
  {
    name: 'waiting to be kept',
    script: waiting,
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('timer').waitFor();
      await goTo('Keep closed')(page);
      await page.getByRole('timer').waitFor();
    },
  },
  {
    name: 'review, not kept',
    script: { ...waiting, settled: plans.notKept },
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Put back, because it was not kept', { exact: true }).waitFor();
    },
  },
  {
    name: 'review, rolled back',
    script: { ...larger, apply: rolledBack },
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Everything was put back as it was').waitFor();
    },
  },
  {
    name: 'export',
    act: async (page) => {
      await goTo('Export')(page);
      await page.getByRole('region', { name: 'Rules' }).waitFor();
    },
  },
  {
    name: 'export for Windows',
    script: { exportRules: plans.windowsFile },
    act: async (page) => {
      await goTo('Export')(page);
      await page.getByRole('radio', { name: /Windows/ }).click();
      await page.getByText('What this format cannot say').waitFor();
    },
  },
  { name: 'firewall', act: inFirewall('Lets in 3000/tcp from anyone') },
  {
    name: 'firewall, off',
    script: { scan: reports.firewallOff, rules: rules.rulesOff },
    act: inFirewall('Not in force'),
  },
  {
    name: 'firewall, not read',
    script: { scan: reports.cannotTell, rules: rules.rulesUnread },
    act: inFirewall('Not every rule could be read'),
  },
  {
    name: 'firewall, none seen',
    script: { scan: rules.nothingSeen, rules: rules.rulesUnread },
    act: inFirewall('Whether there are rules cannot be told'),
  },
  {
    name: 'firewall, none',
    script: { scan: rules.nothingThere, rules: rules.noRules },
    act: inFirewall('There are no rules.'),
  },
  {
    name: 'firewall, firewalld',
    script: { scan: rules.firewalldOn, rules: rules.firewalldRules },
    act: inFirewall('service ssh'),
  },
  {
    name: 'firewall, plain rules',
    script: { scan: rules.nftablesOn, rules: rules.nftablesRules },
    act: inFirewall('but 192.168.77.0/24'),
  },
  { name: 'firewall, six hundred rules', script: { rules: rules.manyRules }, act: inFirewall('Show 60 more') },
  {
    name: 'firewall, nothing found',
    act: async (page) => {
      await inFirewall('Lets in 3000/tcp from anyone')(page);
      await page.getByRole('searchbox').fill('no such rule');
      await page.getByText('No rule matches').waitFor();
    },
  },
  { name: 'firewall, reading', script: { rules: 'never' }, act: inFirewall('Reading the rules') },
  {
    name: 'firewall, no longer fresh',
    act: async (page) => {
      await inFirewall('Lets in 3000/tcp from anyone')(page);
      await goStale(page);
    },
  },
  {
    name: 'firewall, rules failed',
    script: { rules: { code: 'failed', message: 'The rules could not be read.', hint: 'Scan again.' } },
    act: inFirewall('The rules could not be read.'),
  },
  { name: 'firewall, hostile rules', script: { rules: rules.hostileRules }, act: inFirewall('onerror') },
  { name: 'commands', act: (page) => openPalette(page) },
  { name: 'commands for a port', act: (page) => openPalette(page, '3000') },
  { name: 'commands, nothing fits', act: (page) => openPalette(page, 'xyzzy') },
  { name: 'learn', act: goTo('Learn') },
  {
    name: 'learn, no longer fresh',
    act: async (page) => {
      await goTo('Learn')(page);
      await goStale(page);
    },
  },
  { name: 'learn, cannot tell', script: { scan: reports.cannotTell }, act: goTo('Learn') },
  { name: 'learn, before the first report', script: { scan: 'never' }, act: goTo('Learn') },
  {
    name: 'learn, scan failed',
    script: {
      scan: { code: 'failed', message: 'The program ss is not there.', hint: 'Install iproute2, then scan again.' },
    },
    act: goTo('Learn'),
  },
  { name: 'learn, ten thousand ports', script: { scan: reports.many }, act: goTo('Learn') },
  { name: 'learn, hostile names', script: { scan: reports.hostile }, act: goTo('Learn') },
  { name: 'hostile names', script: { scan: reports.hostile } },
  { name: 'hostile names, ports', script: { scan: reports.hostile }, act: goTo('Ports') },
  {
    name: 'hostile names, detail',
    script: { scan: reports.hostile },
    act: async (page) => {
      await goTo('Ports')(page);
      await page.getByRole('row').nth(7).click();
      await page.getByRole('complementary').waitFor();
    },
  },
];
