/** Ports in two minutes, with this computer's own as the examples; until it has been read, with some that are made up. */
import { type ReactNode, useEffect, useId, useMemo } from 'react';
import { registeredName, rangeOf } from '../../../core/catalog/iana.ts';
import { isListWhole } from '../../../core/listeners/whole.ts';
import type { PortRange, Report } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { Foreign } from '../../parts/Foreign.tsx';
import { ListGap } from '../../parts/ListGap.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { type Mark, PortStrip } from '../../parts/PortStrip.tsx';
import { ViewHead } from '../../parts/ViewHead.tsx';
import { useActions, useSelect } from '../../state/context.tsx';
import { doorsAround, exampleConnection, exampleListener, ownAddresses } from '../../state/learn.ts';
import { countExposure, toneOf } from '../../state/select.ts';
import { foreign, number } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { Directions, Doors, Translation } from './pictures.tsx';
import { Answers, ExampleScan, PortScan } from './PortScan.tsx';
import { Table } from './Table.tsx';

const MADE_UP = { protocol: 'tcp', port: 443 } as const;
const RANGES: readonly PortRange[] = ['well-known', 'registered', 'dynamic'];
/** Addresses that are written out. */
const MOST = 12;

export function Learn() {
  const report = useSelect((state) => state.report);
  const problem = useSelect(({ scan }) => scan.problem);
  const { scan } = useActions();
  return (
    <div className="h-full overflow-y-auto" data-scroll>
      <div className="mx-auto flex max-w-4xl flex-col gap-5 px-5 py-6 wide:px-8 wide:py-8">
        <ViewHead title={words.learn.title} lead={report === null ? words.learn.leadExample : words.learn.lead} />
        {problem === null ? null : (
          <ProblemNotice
            problem={problem}
            actions={
              <Button small onClick={() => void scan()}>
                {words.scan.retry}
              </Button>
            }
          />
        )}
        {report === null ? null : <ListGap report={report} />}
        <WhatAPortIs report={report} />
        <InAndOut report={report} />
        <Ranges report={report} />
        <Addresses report={report} />
        <Section title={words.learn.scan.title} paragraphs={[words.learn.scan.text]}>
          <Answers />
          {report === null ? <ExampleScan /> : <PortScan report={report} />}
        </Section>
      </div>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly children: ReactNode;
}

function Section({ title, paragraphs, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4 shadow-lift"
    >
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      {paragraphs.map((line) => (
        <p key={line} className="max-w-2xl text-soft">
          {line}
        </p>
      ))}
      {children}
    </section>
  );
}

interface PartProps {
  readonly report: Report | null;
}

function WhatAPortIs({ report }: PartProps) {
  // The doors beside one's own could be somebody's whom nothing was read of.
  const whole = report === null || isListWhole(report);
  const mine = report === null || !whole ? null : exampleListener(report);
  const doors = doorsAround(mine === null ? [MADE_UP] : (report?.listeners ?? []), mine ?? MADE_UP);
  return (
    <Section title={words.learn.port.title} paragraphs={words.learn.port.text}>
      <Doors doors={doors} />
      <p>
        <span className="text-faint">{mine === null ? words.learn.example : words.learn.here}: </span>
        {mine !== null
          ? words.learn.port.mine(words.identityName(mine), words.portName(mine))
          : report === null
            ? words.learn.port.made
            : whole
              ? words.learn.port.noneListens
              : words.learn.port.notWhole}
      </p>
    </Section>
  );
}

function InAndOut({ report }: PartProps) {
  const connections = useSelect((state) => state.connections);
  const { loadConnections } = useActions();
  useEffect(() => {
    void loadConnections();
  }, [loadConnections]);
  const listener = report === null ? null : exampleListener(report);
  const own = connections?.state === 'here' ? exampleConnection(connections.value) : null;
  const out = own ?? {
    protocol: 'tcp' as const,
    local: { port: 50123 },
    remote: { address: '203.0.113.7', port: 443 },
    program: null,
  };
  const inbound = listener ?? MADE_UP;
  const service = registeredName(out.protocol, out.remote.port);
  const columns = words.learn.ways.columns;
  return (
    <Section title={words.learn.ways.title} paragraphs={words.learn.ways.text}>
      <Directions inbound={inbound.port} local={out.local.port} remote={out.remote.port} />
      <Table
        caption={listener === null && own === null ? words.learn.example : words.learn.here}
        columns={[columns.way, columns.program, columns.from, columns.to]}
        rows={[
          {
            key: 'inbound',
            cells: [
              words.learn.ways.inbound,
              listener === null ? (
                words.learn.ways.madeUp
              ) : (
                <Foreign key="name" wrap text={words.identityName(listener)} />
              ),
              words.learn.ways.anyone,
              words.learn.ways.thisPort(words.portName(inbound)),
            ],
          },
          {
            key: 'outbound',
            cells: [
              words.learn.ways.outbound,
              own === null ? (
                words.learn.ways.madeUp
              ) : (
                <Foreign key="name" wrap text={own.program ?? words.ports.hiddenProgram} />
              ),
              words.learn.ways.thisPort(words.portName({ protocol: out.protocol, port: out.local.port })),
              `${words.learn.ways.otherPort(out.remote.address, out.remote.port)}${service === null ? '' : ` (${foreign(service)})`}`,
            ],
          },
        ]}
      />
    </Section>
  );
}

function Ranges({ report }: PartProps) {
  const listeners = useMemo(() => report?.listeners ?? [], [report]);
  const marks = useMemo(
    () => listeners.map((listener): Mark => ({ port: listener.port, tone: toneOf(listener) })),
    [listeners],
  );
  const unknown = report === null ? 0 : countExposure(report).unknown;
  const { range: first, numbers, use, mine } = words.learn.ranges.columns;
  return (
    <Section title={words.learn.ranges.title} paragraphs={[words.learn.ranges.text]}>
      <PortStrip
        marks={marks}
        label={words.learn.ranges.picture(listeners.length)}
        selected={null}
        tones={report === null ? [] : unknown === 0 ? ['others', 'self'] : ['others', 'self', 'unknown']}
      />
      <Table
        caption={words.learn.ranges.title}
        columns={[first, numbers, use, ...(report === null ? [] : [mine])]}
        rows={RANGES.map((range) => {
          const { name, span, text: says } = words.ports.ranges[range];
          const count = number(listeners.filter(({ port }) => rangeOf(port) === range).length);
          return { key: range, cells: [name, span, says, ...(report === null ? [] : [count])] };
        })}
      />
    </Section>
  );
}

function Addresses({ report }: PartProps) {
  const own = report === null ? [] : ownAddresses(report).slice(0, MOST);
  const { address, on, kind } = words.learn.addresses.columns;
  return (
    <Section title={words.learn.addresses.title} paragraphs={words.learn.addresses.text}>
      <Translation />
      {own.length === 0 ? null : (
        <Table
          caption={words.learn.here}
          columns={[address, on, kind]}
          rows={own.map((one) => ({
            key: `${one.interface.name} ${one.address}`,
            cells: [
              foreign(one.address),
              `${words.network.names[one.interface.kind]} (${foreign(one.interface.name)})`,
              words.learn.addresses.kinds[one.kind],
            ],
          }))}
        />
      )}
      {own.some((one) => one.kind === 'private') ? <p className="text-soft">{words.learn.addresses.unseen}</p> : null}
    </Section>
  );
}
