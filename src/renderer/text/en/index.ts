/** Every word of the window, in English. Calm, plain, exact; what came from the machine is passed through `foreign`. */
import { frameWords } from './frame.ts';
import { homeWords } from './home.ts';
import { firewallWords } from './firewall.ts';
import { reachWords } from './reach.ts';
import { saidWords } from './said.ts';
import { portsWords } from './ports.ts';
import { changesWords } from './changes.ts';
import { exportWords } from './export.ts';
import { learnWords } from './learn.ts';

export const en = {
  ...frameWords,
  ...homeWords,
  ...firewallWords,
  ...reachWords,
  ...saidWords,
  ...portsWords,
  ...changesWords,
  ...exportWords,
  ...learnWords,
};

/** What every language has to say. */
export type Words = typeof en;
