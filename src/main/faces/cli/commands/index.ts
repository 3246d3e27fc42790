/** The one list of commands, in the order of the help. */
import type { Command } from '../command.ts';
import { close, reopen } from './close.ts';
import { confirm } from './confirm.ts';
import { explain } from './explain.ts';
import { exportRules } from './export.ts';
import { firewall } from './firewall.ts';
import { history } from './history.ts';
import { importIntent } from './import.ts';
import { keep, unkeep } from './keep.ts';
import { open } from './open.ts';
import { reach } from './reach.ts';
import { report } from './report.ts';
import { scan } from './scan.ts';
import { snapshot } from './snapshot.ts';
import { undo } from './undo.ts';
import { watch } from './watch.ts';

export const commands: readonly Command[] = [
  scan,
  explain,
  reach,
  close,
  reopen,
  firewall,
  keep,
  unkeep,
  confirm,
  undo,
  history,
  exportRules,
  report,
  importIntent,
  snapshot,
  watch,
  open,
];
