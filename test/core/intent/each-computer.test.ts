/** The PowerShell file of each synthetic computer: it and its undo parse, whoever is shut out. */
import { beforeAll, expect, test } from 'vitest';
import { exportRules } from '../../../src/core/intent/index.ts';
import type { Audience } from '../../../src/core/model.ts';
import { makeReport } from '../../../src/core/report.ts';
import { WINDOWS } from '../../main/cli/windows-machines.ts';
import { commandNames, loadParser, parse } from '../firewalls/windows/powershell.ts';

beforeAll(loadParser);

const AUDIENCES: readonly Audience[] = ['everyone', 'all-but-this-network', 'internet'];

test.each(Object.entries(WINDOWS))('%s', (_name, snapshot) => {
  const report = makeReport(snapshot, { kept: new Set() });
  const targets = report.listeners.map(({ protocol, port }) => ({ protocol, port }));
  for (const audience of AUDIENCES) {
    const file = exportRules('windows', snapshot, report, { targets, audience, posture: false, keep: [] });
    for (const script of [file.content, file.undoContent]) {
      const root = parse(script);
      expect(root.hasError).toBe(false);
      expect(commandNames(root)).toContain('Remove-NetFirewallRule');
    }
    expect(commandNames(parse(file.content))).toContain('New-NetFirewallRule');
  }
});
