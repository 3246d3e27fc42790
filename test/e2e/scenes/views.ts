/** Every view and state of the page, each as a scene and the way to it. */
import type { Page } from '@playwright/test';
import * as files from '../fixtures/imported.ts';
import * as plans from '../fixtures/plans.ts';
import * as reports from '../fixtures/reports.ts';
import * as rules from '../fixtures/rules.ts';
import { windowsScript } from '../fixtures/windows.ts';
import type { Report } from '../../../src/core/model.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { type ErrorCode, type Problem, type ProblemMeaning, problem } from '../../../src/core/problem.ts';
import { push, type Script } from '../scene.ts';

/** The eight views, and the list of commands that opens above each of them. */
export type Place =
  | 'keep closed'
  | 'ports'
  | 'port detail'
  | 'review'
  | 'firewall'
  | 'export'
  | 'history'
  | 'learn'
  | 'commands';

/** The states that each have to be designed; a test asks for every one of them. */
export type State =
  | 'first start'
  | 'scanning'
  | 'nothing to do'
  | 'no firewall'
  | 'no permission'
  | 'command missing'
  | 'partial data'
  | 'change refused'
  | 'change rolled back'
  | 'offline'
  | 'hostile names';

export interface View {
  readonly name: string;
  readonly of: Place;
  /** The one of the states that it shows. */
  readonly state?: State;
  readonly script?: Script;
  readonly act?: (page: Page) => Promise<void>;
  /** axe gives the contrast up where a line is this long; the same colours are looked at in another view. */
  readonly contrastElsewhere?: true;
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

/** A file is chosen in the Export view, as the browser asks for one. */
export const openIntent =
  (name = 'portcullis-intent.json', content = '{}') =>
  async (page: Page): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await goTo('Export')(page);
    await page.getByRole('button', { name: 'Open an intent file…' }).click();
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
    await page.getByRole('heading', { name }).waitFor();
  };

const inFirewall =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await goTo('Firewall')(page);
    await page.getByText(text).first().waitFor();
  };

/** Read everything again, which does not end. */
const scanAgain = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('banner').getByRole('button', { name: 'Scan again' }).click();
  await page.getByRole('banner').getByText('Looking…').waitFor({ state: 'attached' });
};

const scanning: Script = {
  scan: [reports.advice, 'never'],
  progress: [{ call: 'scan', phase: 'rules', text: 'Reading firewall rules', done: 2, of: 3 }],
};
const missing: Script = { scan: reports.listMissing };

export const waiting: Script = { propose: plans.confirmPlan, apply: plans.waiting };
export const past: Script = { history: [plans.history], propose: plans.undoPlan };
export const larger: Script = { propose: plans.largerPlan, apply: plans.largerOutcome };

const told = (code: ErrorCode, means: ProblemMeaning): Problem => inEnglish(problem(code, means));

export const drifted = told('drift', { kind: 'files-changed', files: ['/etc/ufw/user.rules'], change: 'c2' });
export const rolledBack = told('rolled-back', {
  kind: 'put-back',
  cause: { kind: 'found', wrong: [{ is: 'other-reach', end: { listener: 'tcp/3000', name: 'node' } }] },
  whole: true,
});
const fault = told('failed', { kind: 'fault', said: 'EMFILE: too many open files' });
const permissionRefused = told('cancelled', { kind: 'permission-refused' });

export const views: readonly View[] = [
  { name: 'keep closed', of: 'keep closed' },
  {
    name: 'keep closed, more',
    of: 'keep closed',
    act: (page) => page.getByRole('button', { name: 'More' }).first().click(),
  },
  {
    name: 'nothing to do',
    of: 'keep closed',
    state: 'nothing to do',
    script: { scan: reports.allWell, history: [[plans.applied]] },
  },
  {
    name: 'nothing to do, no longer fresh',
    of: 'keep closed',
    script: { scan: reports.allWell, history: [[plans.applied]] },
    act: goStale,
  },
  {
    name: 'keep closed, changed just now',
    of: 'keep closed',
    script: { scan: reports.adviceAfter },
    act: pushOpened,
  },
  {
    name: 'ports, changed just now',
    of: 'ports',
    script: { scan: reports.adviceAfter },
    act: async (page) => {
      await goTo('Ports')(page);
      await pushOpened(page);
    },
  },
  { name: 'keep closed, what listens has changed', of: 'keep closed', act: pushDoubt },
  {
    name: 'keep closed, led to a piece of advice',
    of: 'keep closed',
    act: async (page) => {
      await goTo('Learn')(page);
      await visitAdvice(page);
    },
  },
  {
    name: 'review, led to from a notification',
    of: 'review',
    act: async (page) => {
      await visitReview(page);
      await page.getByRole('button', { name: 'Apply' }).waitFor();
    },
  },
  {
    name: 'ports, no longer fresh',
    of: 'ports',
    act: async (page) => {
      await goTo('Ports')(page);
      await goStale(page);
    },
  },
  {
    name: 'port detail, no longer fresh',
    of: 'port detail',
    act: async (page) => {
      await openPort(page);
      await goStale(page);
    },
  },
  { name: 'history', of: 'history', script: past, act: goTo('History') },
  { name: 'history, one of each state', of: 'history', script: { history: [plans.everyState] }, act: goTo('History') },
  {
    name: 'history, a hundred changes',
    of: 'history',
    script: { history: [plans.longHistory(100)] },
    act: goTo('History'),
  },
  {
    name: 'history, from a mark to its row',
    of: 'history',
    script: { history: [plans.everyState] },
    act: async (page) => {
      await goTo('History')(page);
      await page
        .getByRole('toolbar')
        .getByRole('button', { name: /put back/ })
        .click();
    },
  },
  { name: 'history, empty', of: 'history', act: goTo('History') },
  { name: 'review of an undo', of: 'review', script: past, act: takeBack },
  {
    name: 'history, the last one has drifted',
    of: 'history',
    script: { ...past, undo: drifted },
    act: async (page) => {
      await goTo('History')(page);
      await page.getByRole('button', { name: /^Undo: Close ports/ }).click();
      await page.getByText(drifted.message).first().waitFor();
    },
  },
  { name: 'cannot tell', of: 'keep closed', state: 'no permission', script: { scan: reports.cannotTell } },
  { name: 'keep closed, firewall off', of: 'keep closed', script: { scan: reports.firewallOff } },
  { name: 'no firewall', of: 'keep closed', state: 'no firewall', script: { scan: reports.noFirewall } },
  {
    name: 'first start',
    of: 'keep closed',
    state: 'first start',
    script: {
      scan: 'never',
      progress: [{ call: 'scan', phase: 'rules', text: 'Reading firewall rules', done: 2, of: 3 }],
    },
  },
  { name: 'scanning again', of: 'keep closed', state: 'scanning', script: scanning, act: scanAgain },
  {
    name: 'scanning again, no longer fresh',
    of: 'keep closed',
    state: 'scanning',
    script: scanning,
    act: async (page) => {
      await goStale(page);
      await scanAgain(page);
    },
  },
  {
    name: 'reading the exact rules',
    of: 'keep closed',
    state: 'scanning',
    script: { ...scanning, scan: [reports.cannotTell, 'never'] },
    act: async (page) => {
      await page.getByRole('button', { name: 'Read the exact rules' }).first().click();
      await page.getByText('Reading the exact rules…').first().waitFor();
    },
  },
  { name: 'command missing', of: 'keep closed', state: 'command missing', script: missing },
  { name: 'ports, command missing', of: 'ports', state: 'command missing', script: missing, act: goTo('Ports') },
  {
    name: 'outbound, command missing',
    of: 'ports',
    state: 'command missing',
    script: { ...missing, connections: [] },
    act: async (page) => {
      await goTo('Ports')(page);
      await page.getByRole('tab', { name: 'Outbound' }).click();
      await page.getByText('could not be read').first().waitFor();
    },
  },
  { name: 'export, command missing', of: 'export', state: 'command missing', script: missing, act: goTo('Export') },
  { name: 'learn, command missing', of: 'learn', state: 'command missing', script: missing, act: goTo('Learn') },
  {
    name: 'firewall, command missing',
    of: 'firewall',
    state: 'command missing',
    script: missing,
    act: inFirewall('Lets in 3000/tcp from anyone'),
  },
  { name: 'partial data', of: 'keep closed', state: 'partial data', script: { scan: reports.partial } },
  {
    name: 'port detail, partial data',
    of: 'port detail',
    state: 'partial data',
    script: { scan: reports.partial },
    act: async (page) => {
      await goTo('Ports')(page);
      await page.getByRole('row', { name: /5432/ }).click();
      await page.getByRole('complementary').waitFor();
    },
  },
  { name: 'offline', of: 'keep closed', state: 'offline', script: { scan: reports.offline } },
  { name: 'ports, offline', of: 'ports', state: 'offline', script: { scan: reports.offline }, act: goTo('Ports') },
  {
    name: 'port detail, offline',
    of: 'port detail',
    state: 'offline',
    script: { scan: reports.offline },
    act: async (page) => {
      await goTo('Ports')(page);
      await page.getByRole('row', { name: /3000/ }).click();
      await page.getByRole('complementary').waitFor();
    },
  },
  { name: 'learn, offline', of: 'learn', state: 'offline', script: { scan: reports.offline }, act: goTo('Learn') },
  {
    name: 'scan failed',
    of: 'keep closed',
    script: {
      scan: fault,
    },
  },
  {
    name: 'closed with one click',
    of: 'keep closed',
    act: async (page) => {
      await close(page);
      await page.getByRole('heading', { name: 'Checked: closed' }).waitFor();
    },
  },
  {
    name: 'refused',
    of: 'keep closed',
    state: 'change refused',
    script: {
      propose: permissionRefused,
    },
    act: async (page) => {
      await close(page);
      await page.getByText(permissionRefused.message).first().waitFor();
    },
  },
  {
    name: 'rolled back',
    of: 'keep closed',
    state: 'change rolled back',
    script: { apply: rolledBack },
    act: async (page) => {
      await close(page);
      await page.getByText('Everything was put back as it was').waitFor();
    },
  },
  { name: 'ports', of: 'ports', act: goTo('Ports') },
  { name: 'advice on a port that leads on', of: 'keep closed', script: { scan: reports.ledOn } },
  { name: 'ports, one that leads on', of: 'ports', script: { scan: reports.ledOn }, act: goTo('Ports') },
  { name: 'ports, ten thousand', of: 'ports', script: { scan: reports.many }, act: goTo('Ports') },
  {
    name: 'ports, nothing found',
    of: 'ports',
    act: async (page) => {
      await goTo('Ports')(page);
      await page.getByRole('searchbox').fill('no such thing');
      await page.getByText('No port matches').waitFor();
    },
  },
  {
    name: 'outbound',
    of: 'ports',
    act: async (page) => {
      await goTo('Ports')(page);
      await page.getByRole('tab', { name: /Outbound/ }).click();
      await page.getByText('firefox').first().waitFor();
    },
  },
  { name: 'port detail', of: 'port detail', act: openPort },
  { name: 'review', of: 'review', script: larger, act: review },
  {
    name: 'review, applying',
    of: 'review',
    script: {
      ...larger,
      apply: 'never',
      progress: [{ call: 'apply', phase: 'step', text: plans.largerPlan.steps[1]?.says ?? '', done: 1, of: 4 }],
    },
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'review, done',
    of: 'review',
    script: larger,
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Checked: closed').waitFor();
    },
  },
  {
    name: 'review, waiting to be kept',
    of: 'review',
    script: waiting,
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('timer').waitFor();
    },
  },
  {
    name: 'waiting to be kept',
    of: 'keep closed',
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
    of: 'review',
    script: { ...waiting, settled: plans.notKept },
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Put back, because it was not kept', { exact: true }).waitFor();
    },
  },
  {
    name: 'review, rolled back',
    of: 'review',
    state: 'change rolled back',
    script: { ...larger, apply: rolledBack },
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Everything was put back as it was').waitFor();
    },
  },
  {
    name: 'export',
    of: 'export',
    act: async (page) => {
      await goTo('Export')(page);
      await page.getByRole('region', { name: 'Rules' }).waitFor();
    },
  },
  {
    name: 'export of an intent, long',
    of: 'export',
    contrastElsewhere: true,
    script: { exportRules: plans.intentFile },
    act: async (page) => {
      await goTo('Export')(page);
      await page.getByRole('radio', { name: /Other computers/ }).click();
      await page.getByText('portcullis-intent.json', { exact: true }).waitFor();
    },
  },
  {
    name: 'export for Windows',
    of: 'export',
    script: { exportRules: plans.windowsFile },
    act: async (page) => {
      await goTo('Export')(page);
      await page.getByRole('radio', { name: /Windows Firewall/ }).click();
      await page.getByText('What this format cannot say').waitFor();
    },
  },
  { name: 'import', of: 'export', act: openIntent() },
  {
    name: 'import, firewall off',
    of: 'export',
    script: { scan: reports.firewallOff, readIntent: files.importedOff },
    act: openIntent(),
  },
  {
    name: 'import, cannot tell',
    of: 'export',
    state: 'partial data',
    script: { scan: reports.listMissing, readIntent: files.importedBlind },
    act: openIntent(),
  },
  {
    name: 'import, nothing to do',
    of: 'export',
    state: 'nothing to do',
    script: { readIntent: files.importedNothing },
    act: openIntent(),
  },
  {
    name: 'import, refused',
    of: 'export',
    script: { readIntent: files.refused },
    act: async (page) => {
      await openIntent('notes.json')(page);
      await page.getByText('The file is not carried out').waitFor();
    },
  },
  {
    name: 'import, change refused',
    of: 'export',
    state: 'change refused',
    script: { propose: permissionRefused },
    act: async (page) => {
      await openIntent()(page);
      await page.getByRole('button', { name: 'Review: Close 1 port, Everyone' }).first().click();
      await page.getByRole('main').getByText(permissionRefused.message).waitFor();
    },
  },
  {
    name: 'hostile names, import',
    of: 'export',
    state: 'hostile names',
    script: { readIntent: files.importedHostile },
    act: openIntent('a <b>$(reboot).json'),
  },
  { name: 'firewall', of: 'firewall', act: inFirewall('Lets in 3000/tcp from anyone') },
  {
    name: 'firewall, off',
    of: 'firewall',
    script: { scan: reports.firewallOff, rules: rules.rulesOff },
    act: inFirewall('Not in force'),
  },
  {
    name: 'firewall, not read',
    of: 'firewall',
    state: 'no permission',
    script: { scan: reports.cannotTell, rules: rules.rulesUnread },
    act: inFirewall('Not every rule could be read'),
  },
  {
    name: 'firewall, none seen',
    of: 'firewall',
    script: { scan: rules.nothingSeen, rules: rules.rulesUnread },
    act: inFirewall('Whether there are rules cannot be told'),
  },
  {
    name: 'firewall, none',
    of: 'firewall',
    state: 'no firewall',
    script: { scan: rules.nothingThere, rules: rules.noRules },
    act: inFirewall('There are no rules.'),
  },
  {
    name: 'firewall, firewalld',
    of: 'firewall',
    script: { scan: rules.firewalldOn, rules: rules.firewalldRules },
    act: inFirewall('service ssh'),
  },
  {
    name: 'firewall, plain rules',
    of: 'firewall',
    script: { scan: rules.nftablesOn, rules: rules.nftablesRules },
    act: inFirewall('but 192.168.77.0/24'),
  },
  {
    name: 'firewall, six hundred rules',
    of: 'firewall',
    script: { rules: rules.manyRules },
    act: inFirewall('Show 60 more'),
  },
  {
    name: 'firewall, nothing found',
    of: 'firewall',
    act: async (page) => {
      await inFirewall('Lets in 3000/tcp from anyone')(page);
      await page.getByRole('searchbox').fill('no such rule');
      await page.getByText('No rule matches').waitFor();
    },
  },
  { name: 'firewall, reading', of: 'firewall', script: { rules: 'never' }, act: inFirewall('Reading the rules') },
  {
    name: 'firewall, no longer fresh',
    of: 'firewall',
    act: async (page) => {
      await inFirewall('Lets in 3000/tcp from anyone')(page);
      await goStale(page);
    },
  },
  {
    name: 'firewall, rules failed',
    of: 'firewall',
    script: { rules: fault },
    act: inFirewall(fault.message),
  },
  {
    name: 'firewall, hostile rules',
    of: 'firewall',
    state: 'hostile names',
    script: { rules: rules.hostileRules },
    act: inFirewall('onerror'),
  },
  { name: 'windows, home', of: 'keep closed', script: windowsScript('windows-home') },
  { name: 'windows, office', of: 'keep closed', script: windowsScript('windows-office') },
  { name: 'windows, developer', of: 'keep closed', script: windowsScript('windows-developer') },
  {
    name: 'windows, a saved snapshot',
    of: 'keep closed',
    script: windowsScript('windows-home', true),
    act: async (page) => page.getByText('Saved snapshot of').waitFor(),
  },
  { name: 'windows, ports', of: 'ports', script: windowsScript('windows-developer'), act: goTo('Ports') },
  {
    name: 'windows, port detail',
    of: 'port detail',
    script: windowsScript('windows-developer'),
    act: async (page) => {
      await goTo('Ports')(page);
      await page.getByRole('row', { name: /http\.sys/ }).click();
      await page.getByRole('heading', { name: /http\.sys/ }).waitFor();
    },
  },
  {
    name: 'windows, firewall',
    of: 'firewall',
    script: windowsScript('windows-developer'),
    act: inFirewall('for node.exe'),
  },
  {
    name: 'windows, firewall under group policy',
    of: 'firewall',
    script: windowsScript('windows-office'),
    act: inFirewall('Group policy ignores'),
  },
  { name: 'windows, learn', of: 'learn', script: windowsScript('windows-home'), act: goTo('Learn') },
  { name: 'commands', of: 'commands', act: (page) => openPalette(page) },
  { name: 'commands for a port', of: 'commands', act: (page) => openPalette(page, '3000') },
  { name: 'commands, nothing fits', of: 'commands', act: (page) => openPalette(page, 'xyzzy') },
  { name: 'learn', of: 'learn', act: goTo('Learn') },
  {
    name: 'learn, no longer fresh',
    of: 'learn',
    act: async (page) => {
      await goTo('Learn')(page);
      await goStale(page);
    },
  },
  {
    name: 'learn, cannot tell',
    of: 'learn',
    state: 'no permission',
    script: { scan: reports.cannotTell },
    act: goTo('Learn'),
  },
  { name: 'learn, before the first report', of: 'learn', script: { scan: 'never' }, act: goTo('Learn') },
  {
    name: 'learn, scan failed',
    of: 'learn',
    script: {
      scan: fault,
    },
    act: goTo('Learn'),
  },
  { name: 'learn, ten thousand ports', of: 'learn', script: { scan: reports.many }, act: goTo('Learn') },
  {
    name: 'learn, hostile names',
    of: 'learn',
    state: 'hostile names',
    script: { scan: reports.hostile },
    act: goTo('Learn'),
  },
  { name: 'hostile names', of: 'keep closed', state: 'hostile names', script: { scan: reports.hostile } },
  {
    name: 'hostile names, ports',
    of: 'ports',
    state: 'hostile names',
    script: { scan: reports.hostile },
    act: goTo('Ports'),
  },
  {
    name: 'hostile names, commands',
    of: 'commands',
    state: 'hostile names',
    script: { scan: reports.hostile },
    act: (page) => openPalette(page, '400'),
  },
  {
    name: 'hostile names, export',
    of: 'export',
    state: 'hostile names',
    contrastElsewhere: true,
    script: { scan: reports.hostile, exportRules: plans.hostileFile },
    act: async (page) => {
      await goTo('Export')(page);
      await page.getByRole('region', { name: 'Rules' }).waitFor();
    },
  },
  {
    name: 'hostile names, review',
    of: 'review',
    state: 'hostile names',
    script: { scan: reports.hostile, propose: plans.hostilePlan },
    act: review,
  },
  {
    name: 'hostile names, history',
    of: 'history',
    state: 'hostile names',
    script: { scan: reports.hostile, history: [plans.hostileHistory] },
    act: goTo('History'),
  },
  {
    name: 'hostile names, detail',
    of: 'port detail',
    state: 'hostile names',
    script: { scan: reports.hostile },
    act: async (page) => {
      await goTo('Ports')(page);
      await page.getByRole('row').nth(7).click();
      await page.getByRole('complementary').waitFor();
    },
  },
];
