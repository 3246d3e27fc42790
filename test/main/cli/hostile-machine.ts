/** synthetic: `on`, whose web server calls itself something that would paint, reorder and fake lines on a terminal. */
import { readFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/core/model.ts';
import { snapshot } from './program.ts';

export function hostileMachine(): Snapshot {
  const on = JSON.parse(readFileSync(snapshot('on'), 'utf8')) as Snapshot;
  const name = 'ev\u001b[31mil\u202egnp.exe\n22/tcp  sshd  this computer only\u009b2J\u2028';
  const transcripts = on.transcripts.map((transcript) =>
    transcript.id === 'owners'
      ? {
          ...transcript,
          stdout: transcript.stdout.replace(/^.*"pid":56,.*$/m, (line) =>
            JSON.stringify({ ...(JSON.parse(line) as object), comm: name, exe: `/tmp/${name}`, cmdline: name }),
          ),
        }
      : transcript,
  );
  return { ...on, transcripts };
}
