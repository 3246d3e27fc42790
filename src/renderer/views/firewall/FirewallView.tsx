/** What decides who gets in: the firewalls, on or off, and every rule in words. */
import { useEffect } from 'react';
import type { Gap, Report, RuleBook } from '../../../core/model.ts';
import { ListGap } from '../../parts/ListGap.tsx';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { ReachMap } from '../../parts/ReachMap.tsx';
import { ViewHead } from '../../parts/ViewHead.tsx';
import { useActions, useSelect } from '../../state/context.tsx';
import { canReadExactly } from '../../state/select.ts';
import { words } from '../../text/words.ts';
import { DeedCard } from '../keep-closed/DeedCard.tsx';
import { ExactRead } from '../keep-closed/ExactRead.tsx';
import { Waiting } from '../review/Waiting.tsx';
import { Firewalls } from './Firewalls.tsx';
import { Rules } from './Rules.tsx';

export function FirewallView() {
  const report = useSelect((state) => state.report);
  return (
    <div className="h-full overflow-y-auto" data-scroll>
      <div className="mx-auto flex max-w-4xl flex-col gap-5 px-5 py-6 wide:px-8 wide:py-8">
        <ViewHead title={words.firewall.title} lead={report === null ? words.scan.first : words.firewall.lead} />
        {report === null ? <NotYet /> : <Contents report={report} />}
      </div>
    </div>
  );
}

function NotYet() {
  const { problem } = useSelect((state) => state.scan);
  return problem === null ? null : <ProblemNotice problem={problem} />;
}

function Contents({ report }: { readonly report: Report }) {
  const rules = useSelect((state) => state.rules);
  const { loadRules } = useActions();
  // Every report has rules of its own.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => void loadRules(), [report, loadRules]);
  return (
    <>
      <ReachMap report={report} />
      <ListGap report={report} />
      <Deeds report={report} />
      <Firewalls report={report} unread={rules?.state === 'here' && rules.value.unread.length > 0} />
      {rules === null || rules.state === 'loading' ? <p className="text-soft">{words.firewall.first}</p> : null}
      {rules?.state === 'failed' ? <ProblemNotice problem={rules.problem} /> : null}
      {rules?.state === 'here' ? (
        <>
          <Unread book={rules.value} />
          <Rules book={rules.value} />
        </>
      ) : null}
    </>
  );
}

/** What was set going from here: in force and waiting, done, or not come about. */
function Deeds({ report }: { readonly report: Report }) {
  const deeds = useSelect((state) => state.deeds);
  const mine = deeds.filter(({ choice: { kind } }) => kind === 'enable-firewall' || kind === 'remove-opening');
  return mine.map((deed) => {
    switch (deed.phase) {
      case 'waiting':
        return <Waiting key={deed.id} deed={deed} />;
      case 'done':
      case 'undoing':
      case 'undone':
        return <DeedCard key={deed.id} deed={deed} report={report} />;
      case 'failed':
        return deed.problem === null ? null : <ProblemNotice key={deed.id} problem={deed.problem} />;
      case 'planning':
      case 'ready':
      case 'applying':
        return null;
    }
  });
}

function whatAndWhy(gap: Gap): string {
  const { what, why } = words.gap(gap);
  return `${what} (${why})`;
}

/** Rules that need rights to be read, with the button that reads them; and how far the list can be trusted. */
function Unread({ book: { unread, useComplete } }: { readonly book: RuleBook }) {
  const exact = useSelect(({ report }) => report !== null && canReadExactly(report));
  return (
    <>
      {unread.length === 0 ? null : (
        <Notice tone="doubt" title={words.firewall.unreadTitle} actions={<ExactRead small plainly />}>
          <p>{words.firewall.unread(unread.map(whatAndWhy))}</p>
          {exact ? <p>{words.home.readExactlyWhy}</p> : null}
        </Notice>
      )}
      {useComplete ? null : <Notice>{words.firewall.partly}</Notice>}
    </>
  );
}
