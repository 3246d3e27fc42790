/** Ports that rules lead on to containers, virtual machines and other computers: doors although nothing listens here. */
import { CornerDownRight } from 'lucide-react';
import type { Report } from '../../../core/model.ts';
import { Foreign } from '../../parts/Foreign.tsx';
import { join } from '../../parts/join.ts';
import { useAsOf } from '../../state/context.tsx';
import { doorsOf, toneOf } from '../../state/select.ts';
import { words } from '../../text/words.ts';
import { TONE } from './tone.ts';

export function LedOn({ report }: { readonly report: Report }) {
  const asOf = useAsOf();
  const doors = doorsOf(report);
  if (doors.length === 0) return null;
  return (
    <section aria-labelledby="led-on" className="max-h-48 shrink-0 overflow-y-auto border-t border-line pt-3">
      <h2 id="led-on" className="font-medium">
        {words.ports.led}
      </h2>
      <p className="text-sm text-faint">{words.ports.ledWhy}</p>
      <ul className="mt-2 flex flex-col gap-1">
        {doors.map((door) => {
          const { icon: Icon, colour } = TONE[toneOf(door)];
          return (
            <li key={door.id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
              <span className="numbers font-semibold">
                {door.port === door.lastPort ? door.port : `${door.port} – ${door.lastPort}`}
                <span className="ml-1 text-xs font-medium text-faint">{door.protocol}</span>
              </span>
              <span className="flex min-w-0 items-center gap-1.5">
                <CornerDownRight aria-hidden className="size-4 shrink-0 text-faint" />
                <Foreign text={`${door.to.address} : ${door.to.port}`} className="numbers" />
                <span className="text-sm text-faint">{words.ports.leadsTo[door.to.kind]}</span>
              </span>
              <span className="flex min-w-0 items-center gap-1.5 text-sm">
                <Icon aria-hidden className={join('size-4 shrink-0', asOf === null ? colour : 'text-faint')} />
                {words.verdict(asOf, words.who(door, report))}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
