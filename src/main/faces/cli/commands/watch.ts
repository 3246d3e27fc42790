/** `portcullis watch`: one line whenever somebody new can reach something, and when that ends. */
import { createAdvisor } from '../../../advisor/index.ts';
import { eventSentence, portOf } from '../../events.ts';
import { compare, type LiveEvent, seenIn } from '../../../../core/live/index.ts';
import type { Report } from '../../../../core/model.ts';
import { typedToClose } from '../../../../core/advice/typed.ts';
import { command, none } from '../command.ts';
import { json } from '../json.ts';
import { notRead } from '../report-text.ts';
import { STATUS, type Status } from '../status.ts';
import { ASK_INSTEAD } from '../words.ts';

const about = {
  name: 'watch',
  usage: ['[--json]'],
  says: 'one line whenever somebody new can reach something',
  more: [
    'Says so too when that ends, and when it cannot be told any more. What can be reached already when it starts is not told: see scan. It asks for no right and changes nothing; as an ordinary user it can tell no more than scan does. Ctrl+C ends it.',
    'With --json each line is one object: at, event (opened, closed, unknown), id, protocol, port, name, program, kept, places.',
  ],
  options: { json: { type: 'boolean', says: 'one JSON object a line' } },
} as const;

export const watch = command({
  ...about,
  run: async (values, operands, terminal) => {
    none(about, operands);
    const advisor = createAdvisor();
    const first = await advisor.scan({ exact: false });
    let seen = seenIn(first);
    terminal.note(notRead(first, { style: terminal.noteStyle, columns: terminal.columns }));
    const take = (report: Report): void => {
      const next = compare(seen, report);
      seen = next.seen;
      for (const event of next.events)
        terminal.out(values.json === true ? json(eventJson(event, report.takenAt), 0) : eventLine(event, report));
    };
    const note = (text: string): void => terminal.note(`portcullis: ${text}\n`);
    const stop = await advisor.watch({ onReport: take, note });
    note('watching; Ctrl+C ends it.');
    return new Promise<Status>((resolve) => {
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      for (const signal of signals)
        process.once(signal, () => {
          stop();
          resolve(STATUS.done);
        });
    });
  },
});

/** What happened, and what to type about it. */
function eventLine(event: LiveEvent, report: Report): string {
  const port = portOf(event.subject);
  const says = eventSentence(event, report);
  switch (event.kind) {
    case 'opened': {
      const close = typedToClose(event.subject, report);
      if (close !== null) return `${says} Close it: ${close}\n`;
      const about = report.findings.find(({ listener }) => listener === event.subject.id);
      return about?.ways.includes('by-policy') === true
        ? `${says} To close it, ${ASK_INSTEAD}.\n`
        : `${says} Look at it: portcullis explain ${port}\n`;
    }
    case 'closed':
      return `${says}\n`;
    case 'unknown':
      return `${says} Look at it: portcullis explain ${port}\n`;
  }
}

const eventJson = ({ kind, subject, places }: LiveEvent, at: string) => ({
  at,
  event: kind,
  id: subject.id,
  protocol: subject.protocol,
  port: subject.port,
  name: subject.name,
  program: subject.program,
  kept: subject.kept,
  places: places.map((place) => ({ kind: place.kind, interface: place.interface, verdict: place.verdict })),
});
