/** Files of rules, and reports, in English. */
import type { Audience, ExportFormat } from '../../../core/model.ts';
import { importPartInEnglish } from '../import/part-en.ts';
import { reportPartInEnglish } from '../report/part-en.ts';
import { EXPORT_NAMES } from '../export-names.ts';
import { foreign, list, plural } from '../format.ts';

export const exportWords = {
  exportView: {
    title: 'Export',
    lead: 'The rules that close these ports, as a file for this or another machine. Nothing is changed here.',
    ports: 'Ports to close',
    none: 'Nothing to choose: no port can be reached by others.',
    noneKnown: 'Nothing to choose: no port is known to be reachable by others.',
    onlyReachable: 'Ports that only this computer can reach need no rule and are not listed.',
    ledOn: (names: readonly string[]) =>
      `Not listed: ${list(names)}, which rules lead on to a container or another computer. In a terminal:`,
    all: 'All',
    nothing: 'None',
    format: 'For',
    formats: {
      ufw: { name: EXPORT_NAMES.ufw, text: 'Shell script for Debian and Ubuntu' },
      firewalld: { name: EXPORT_NAMES.firewalld, text: 'Shell script for Fedora, RHEL and openSUSE' },
      'firewalld-xml': { name: EXPORT_NAMES['firewalld-xml'], text: 'Holds for networks that come later, too' },
      nftables: { name: EXPORT_NAMES.nftables, text: 'A table of its own, ahead of all rules' },
      iptables: { name: EXPORT_NAMES.iptables, text: 'A chain of its own, for older systems' },
      ansible: { name: EXPORT_NAMES.ansible, text: 'Playbook for many machines' },
      windows: { name: EXPORT_NAMES.windows, text: 'PowerShell script' },
      netsh: { name: EXPORT_NAMES.netsh, text: 'Batch file, where PowerShell is not to be used' },
      pf: { name: EXPORT_NAMES.pf, text: 'Shell script for its packet filter (pf)' },
      alf: { name: EXPORT_NAMES.alf, text: 'Shell script for its application firewall' },
      intent: { name: EXPORT_NAMES.intent, text: 'What you want, for Portcullis there' },
    } satisfies Record<ExportFormat, { name: string; text: string }>,
    whom: 'Shut out',
    audiences: {
      everyone: 'Everyone',
      'all-but-this-network': 'Everyone outside this network',
      internet: 'The internet',
    } satisfies Record<Audience, string>,
    posture: 'Close everything else, too',
    postureText: 'What you said to keep, and remote sessions, stay reachable.',
    rules: 'Rules',
    undo: 'Undo',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Could not copy',
    save: 'Save…',
    saveUndo: 'Save undo…',
    saved: (path: string) => `Saved as ${foreign(path)}`,
    notExpressed: 'What this format cannot say',
    making: 'Writing the file…',
    moreLines: (count: number) => `Show ${plural(count, { one: 'more line', other: 'more lines' })}`,
    choose: 'Choose at least one port to see its file.',
    recommended: 'recommended',
  },

  reportPart: reportPartInEnglish,
  importPart: importPartInEnglish,
};
