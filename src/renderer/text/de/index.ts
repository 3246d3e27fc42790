/**
 * Every word of the window, in German. It says “du”, as few times as it can: a program on one's own computer speaks as
 * Signal and Tailscale do, not as an office. The terms are those of German systems: Port, Firewall, Freigabe, lauschen.
 * Services are worded in `services/`, by their ids; findings in `findings/` and plans in `plans/`, by what they say as data; what
 * could not be read, and why something is unknown, in `gaps/`; problems in `problems/`: docs/decisions/0025-languages.md.
 */
import { frameWords } from './frame.ts';
import { homeWords } from './home.ts';
import { firewallWords } from './firewall.ts';
import { reachWords } from './reach.ts';
import { saidWords } from './said.ts';
import { portsWords } from './ports.ts';
import { changesWords } from './changes.ts';
import { exportWords } from './export.ts';
import { learnWords } from './learn.ts';
import type { Words } from '../en/index.ts';

export const de: Words = {
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
