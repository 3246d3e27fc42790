/** Everything that listens, and every live connection, in two tabs that teach the difference. */
import { Tabs } from '@base-ui/react/tabs';
import { areConnectionsWhole, isListWhole } from '../../../core/listeners/whole.ts';
import type { Report } from '../../../core/model.ts';
import { join } from '../../parts/join.ts';
import { ViewHead } from '../../parts/ViewHead.tsx';
import { useActions, useSelect } from '../../state/context.tsx';
import { listenerOf } from '../../state/select.ts';
import type { PortsTab } from '../../state/store.ts';
import { number } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { FirstStart } from '../keep-closed/FirstStart.tsx';
import { Inbound } from './Inbound.tsx';
import { Outbound } from './Outbound.tsx';
import { PortDetail } from './PortDetail.tsx';

interface PortsProps {
  readonly tab: PortsTab;
  readonly listener: string | null;
}

export function Ports({ tab, listener }: PortsProps) {
  const report = useSelect((state) => state.report);
  if (report === null) {
    return (
      <div className="mx-auto max-w-4xl px-5 py-6 wide:px-8 wide:py-8">
        <FirstStart />
      </div>
    );
  }
  const shown = listenerOf(report, listener);
  // Beside the list where there is room; in its place where there is not.
  return (
    <div className={join('grid h-full', shown !== null && 'huge:grid-cols-[minmax(0,1fr)_26rem]')}>
      <div className={join('min-h-0 min-w-0', shown !== null && 'hidden huge:block')}>
        <Lists tab={tab} selected={shown?.id ?? null} report={report} />
      </div>
      {shown === null ? null : <PortDetail key={shown.id} listener={shown} report={report} />}
    </div>
  );
}

interface ListsProps {
  readonly tab: PortsTab;
  readonly selected: string | null;
  readonly report: Report;
}

function Lists({ tab, selected, report }: ListsProps) {
  const { go } = useActions();
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(value: unknown) =>
        go({ view: 'ports', tab: value === 'outbound' ? 'outbound' : 'inbound', listener: null })
      }
      className="mx-auto flex h-full max-w-6xl flex-col gap-4 px-5 pt-6 wide:px-8 wide:pt-8"
    >
      <ViewHead
        title={words.ports.title}
        lead={tab === 'inbound' ? words.ports.inboundLead : words.ports.outboundLead}
      />
      <Tabs.List className="flex gap-1 border-b border-line" aria-label={words.ports.title}>
        <Tab value="inbound" text={words.ports.inbound} count={isListWhole(report) ? report.listeners.length : null} />
        <Tab
          value="outbound"
          text={words.ports.outbound}
          count={areConnectionsWhole(report) ? report.connections.outbound : null}
        />
      </Tabs.List>
      <Tabs.Panel value="inbound" className="flex min-h-0 flex-1 flex-col" tabIndex={-1}>
        <Inbound report={report} selected={selected} />
      </Tabs.Panel>
      <Tabs.Panel value="outbound" className="flex min-h-0 flex-1 flex-col" tabIndex={-1}>
        <Outbound />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

interface TabProps {
  readonly value: PortsTab;
  readonly text: string;
  /** Null: not known. */
  readonly count: number | null;
}

const Tab = ({ value, text, count }: TabProps) => (
  <Tabs.Tab
    value={value}
    className="-mb-px flex items-center gap-1.5 rounded-t-small border-b-2 border-transparent px-3 py-1.5 font-medium text-soft hover:text-ink data-[active]:border-shut data-[active]:text-ink"
  >
    {text}
    {count === null ? null : <span className="numbers text-sm text-faint">{number(count)}</span>}
  </Tabs.Tab>
);
