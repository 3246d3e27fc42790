/** All about one port: what it is, who runs it, who can reach it and by which rule, and the ways to close it. */
import { ArrowLeft, X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { Report, ReportListener } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { Foreign } from '../../parts/Foreign.tsx';
import { PortNumber } from '../../parts/PortNumber.tsx';
import { ReachPath } from '../../parts/ReachPath.tsx';
import { ViewHead } from '../../parts/ViewHead.tsx';
import { useActions, useAsOf } from '../../state/context.tsx';
import { foreign, sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { Connected } from './Connected.tsx';
import { Follow } from './Follow.tsx';
import { WaysIn } from './WaysIn.tsx';
import { WaysToClose } from './WaysToClose.tsx';

interface PortDetailProps {
  readonly listener: ReportListener;
  readonly report: Report;
}

export function PortDetail({ listener, report }: PortDetailProps) {
  const { showListener } = useActions();
  const asOf = useAsOf();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !(event.target instanceof HTMLInputElement)) showListener(null);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [showListener]);
  const { identity } = listener;
  const name = foreign(words.identityName(listener));
  const service = identity.service === null ? null : words.service(identity.service);
  return (
    <aside
      aria-label={`${words.portName(listener)}, ${name}`}
      className="h-full min-w-0 overflow-y-auto border-line bg-surface huge:border-l"
      data-scroll
    >
      <div className="mx-auto flex max-w-3xl flex-col gap-4 px-5 py-6">
        <div className="flex items-center justify-between huge:hidden">
          <Button
            kind="quiet"
            className="-ml-3"
            icon={<ArrowLeft aria-hidden className="size-4" />}
            onClick={() => showListener(null)}
          >
            {words.detail.back}
          </Button>
        </div>
        <div className="flex items-start gap-4">
          <PortNumber target={listener} />
          <div className="min-w-0 flex-1">
            <ViewHead panel title={name} />
            <p className="text-soft">{words.verdict(asOf, words.who(listener, report))}</p>
          </div>
          <button
            type="button"
            aria-label={words.detail.close}
            onClick={() => showListener(null)}
            className="hidden rounded-small p-1.5 text-soft hover:bg-sunken hover:text-ink huge:block"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
        <ReachPath reach={listener} report={report} />
        <Section title={words.detail.what}>
          <p>{sentence(service?.purpose ?? words.detail.unknownService)}</p>
          {identity.by === 'port' ? <p className="mt-1 text-sm text-faint">{words.detail.byPort}</p> : null}
          {identity.service === null && identity.registered !== null ? (
            <p className="mt-1 text-sm text-faint">{words.detail.registered(identity.registered)}</p>
          ) : null}
        </Section>
        <Section title={words.detail.reach}>
          <WaysIn listener={listener} report={report} />
        </Section>
        <Section title={words.detail.owner}>
          <OwnerFacts listener={listener} />
        </Section>
        <Section title={words.detail.listens}>
          <ul>
            {listener.addresses.map(({ address, scope, device }) => (
              <li key={`${address}${device ?? ''}`} className="numbers">
                {foreign(address)}
                {device === null ? '' : `%${foreign(device)}`}{' '}
                <span className="text-faint">{words.detail.scopes[scope]}</span>
              </li>
            ))}
          </ul>
        </Section>
        {listener.reach.length === 0 ? null : (
          <Section title={words.detail.ask}>
            <Follow listener={listener} />
          </Section>
        )}
        <Section title={words.detail.connected}>
          <Connected listener={listener} />
        </Section>
        <Section title={words.detail.ifClosed}>
          <p>{sentence(service?.ifClosed ?? words.detail.unknownIfClosed)}</p>
        </Section>
        <Section title={words.detail.ways}>
          <WaysToClose listener={listener} report={report} />
        </Section>
      </div>
    </aside>
  );
}

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="border-t border-line pt-4">
    <h2 className="mb-1 font-semibold">{title}</h2>
    <div className="text-soft wrap-anywhere">{children}</div>
  </section>
);

function OwnerFacts({ listener }: { readonly listener: ReportListener }) {
  const { program, path, unit, container, user, pid, complete } = listener.owner;
  const facts: readonly (readonly [string, string | null])[] = [
    [words.detail.program, program],
    [words.detail.path, path],
    [words.detail.unit, unit],
    [words.detail.container, container],
    [words.detail.user, user],
    [words.detail.pid, pid === null ? null : String(pid)],
  ];
  return (
    <>
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className="contents">
              <dt className="text-faint">{name}</dt>
              <dd className="numbers min-w-0">
                <Foreign wrap text={value} />
              </dd>
            </div>
          ),
        )}
      </dl>
      {complete ? null : <p className="text-sm text-faint">{words.detail.incomplete}</p>}
    </>
  );
}
