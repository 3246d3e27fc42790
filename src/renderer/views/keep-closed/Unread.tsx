/** What could not be read: each with its reason and what would settle it. */
import { commandsThatSettle } from '../../../core/advice/commands.ts';
import type { Report } from '../../../core/model.ts';
import { Prose } from '../../parts/Prose.tsx';
import { needsRights } from '../../state/select.ts';
import { words } from '../../text/words.ts';
import { ExactRead } from './ExactRead.tsx';

export function Unread({ report }: { readonly report: Report }) {
  if (report.unread.length === 0) return null;
  return (
    <section className="rounded-card border border-line px-4 py-3" aria-labelledby="unread">
      <h2 id="unread" className="font-semibold">
        {words.home.unreadTitle}
      </h2>
      <p className="text-sm text-soft">{words.home.unreadLead}</p>
      <dl className="mt-2 grid gap-x-6 gap-y-2 text-sm wide:grid-cols-2">
        {report.unread.map((gap) => {
          const { what, why, how } = words.gap(gap);
          return (
            <div key={`${gap.what} ${gap.why}`} className="min-w-0">
              <dt className="font-medium wrap-anywhere">
                {what}: <span className="font-normal text-soft">{why}</span>
              </dt>
              <dd className="text-faint wrap-anywhere">
                <Prose text={how} commands={commandsThatSettle(gap.means.how)} />
              </dd>
            </div>
          );
        })}
      </dl>
      {report.complete ||
      !needsRights(report) ||
      report.findings.some(({ id }) => id.startsWith('reach-unknown:')) ? null : (
        <div className="mt-3">
          <ExactRead small />
        </div>
      )}
    </section>
  );
}
