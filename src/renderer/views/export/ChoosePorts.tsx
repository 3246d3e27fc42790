/** Which ports the file shall close. */
import { useId } from 'react';
import { advisedDoors } from '../../../core/advice/remedy.ts';
import { isListWhole } from '../../../core/listeners/whole.ts';
import type { Report, ReportListener } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { Foreign } from '../../parts/Foreign.tsx';
import { Tick } from '../../parts/Tick.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { useAsOf } from '../../state/context.tsx';
import { targetKey } from '../../state/select.ts';
import { words } from '../../text/words.ts';

interface ChoosePortsProps {
  readonly report: Report;
  readonly choices: readonly ReportListener[];
  readonly advised: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  readonly onChange: (keys: ReadonlySet<string>) => void;
}

export function ChoosePorts({ report, choices, advised, keys, onChange }: ChoosePortsProps) {
  const id = useId();
  const asOf = useAsOf();
  const doors = advisedDoors(report);
  const toggle = (key: string, chosen: boolean): void => {
    const next = new Set(keys);
    if (chosen) next.add(key);
    else next.delete(key);
    onChange(next);
  };
  return (
    <section aria-labelledby="ports-to-close">
      <div className="mb-2 flex items-center justify-between gap-2">
        <h2 id="ports-to-close" className="font-semibold">
          {words.exportView.ports}
        </h2>
        {choices.length === 0 ? null : (
          <span className="flex">
            <Button kind="quiet" small onClick={() => onChange(new Set(choices.map(targetKey)))}>
              {words.exportView.all}
            </Button>
            <Button kind="quiet" small onClick={() => onChange(new Set())}>
              {words.exportView.nothing}
            </Button>
          </span>
        )}
      </div>
      {choices.length === 0 ? (
        <p className="text-soft">{isListWhole(report) ? words.exportView.none : words.exportView.noneKnown}</p>
      ) : (
        <ul
          className="max-h-96 divide-y divide-line overflow-y-auto rounded-card border border-line bg-surface"
          data-scroll
        >
          {choices.map((listener) => {
            const key = targetKey(listener);
            return (
              <li key={listener.id}>
                <label htmlFor={`${id}${listener.id}`} className="flex items-center gap-2.5 px-3 py-2">
                  <Tick id={`${id}${listener.id}`} checked={keys.has(key)} onChange={(chosen) => toggle(key, chosen)} />
                  <span className="flex min-w-0 flex-1 flex-col">
                    <span className="flex items-center gap-2">
                      <span className="numbers font-medium">{words.portName(listener)}</span>
                      {advised.has(key) ? <Tag tone="open">{words.exportView.recommended}</Tag> : null}
                    </span>
                    <Foreign text={words.identityName(listener)} className="text-sm text-soft" />
                    <span className="text-xs text-faint">{words.verdict(asOf, words.who(listener, report))}</span>
                  </span>
                </label>
              </li>
            );
          })}
        </ul>
      )}
      <p className="mt-2 text-sm text-faint">{words.exportView.onlyReachable}</p>
      {doors.length === 0 ? null : (
        <p className="mt-2 text-sm text-faint wrap-anywhere">
          {words.exportView.ledOn(doors.map(words.portName))}{' '}
          <code className="font-mono text-xs">
            portcullis export --for nftables --ports {doors.map(words.portName).join(',')}
          </code>
        </p>
      )}
    </section>
  );
}
