/** `portcullis snapshot`: what was gathered, to be replayed with `--from`. */
import { createAdvisor } from '../../../advisor/index.ts';
import { saveFile } from '../../../files.ts';
import { visible } from '../../../../core/visible.ts';
import { command, none } from '../command.ts';
import { json } from '../json.ts';
import { notRead } from '../report-text.ts';
import { STATUS } from '../status.ts';

const about = {
  name: 'snapshot',
  usage: ['[--redact] [--exact] [--out FILE]'],
  says: 'save what was read from this machine, to be judged again with --from',
  more: [
    'A snapshot holds what each command printed: addresses, rules, names of programs and users, command lines. --redact replaces names, addresses and command lines, each by the same stand-in everywhere, so that it can be given away.',
  ],
  options: {
    redact: { type: 'boolean', says: 'leave out who and where you are' },
    exact: { type: 'boolean', says: 'ask for the right to read all rules' },
    out: { type: 'string', value: 'FILE', says: 'write there (readable by you alone) instead of to standard output' },
  },
} as const;

export const snapshot = command({
  ...about,
  run: async (values, operands, terminal) => {
    none(about, operands);
    const advisor = createAdvisor();
    const report = await advisor.scan({ exact: values.exact === true });
    const whole = await advisor.snapshot();
    const kept = values.redact === true ? (await import('../../../../core/redact.ts')).redact(whole) : whole;
    const text = json(kept, 1);
    if (values.out === undefined) {
      terminal.out(text);
    } else {
      await saveFile(values.out, text, 'private');
      terminal.note(`Saved in ${visible(values.out)}.\n`);
    }
    terminal.note(notRead(report, { style: terminal.noteStyle, columns: terminal.columns }));
    return STATUS.done;
  },
});
