/** The rules in words: searched, filtered, and so many at a time that hundreds stay quick. */
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { Toggle } from '@base-ui/react/toggle';
import { useDeferredValue, useState } from 'react';
import type { RuleBook } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { countRules, filterRules, type RuleFilter } from '../../state/select.ts';
import { number } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { Toolbar } from '../ports/Toolbar.tsx';
import { RuleLine } from './RuleLine.tsx';

const FILTERS: readonly RuleFilter[] = ['all', 'idle', 'you', 'portcullis', 'tool'];
/** Rules that are shown at first, and with each "more". */
const AT_ONCE = 60;

export function Rules({ book: { rules, unread } }: { readonly book: RuleBook }) {
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<RuleFilter>('all');
  const [most, setMost] = useState(AT_ONCE);
  const wanted = useDeferredValue(search);
  const counts = countRules(rules);
  const found = filterRules(rules, { search: wanted, filter, says: words.firewall.sentence });
  const shown = found.slice(0, most);
  if (rules.length === 0) return unread.length > 0 ? null : <p className="text-soft">{words.firewall.noRules}</p>;
  const afresh =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      set(value);
      setMost(AT_ONCE);
    };
  return (
    <section className="flex flex-col gap-3" aria-labelledby="rules">
      <h2 id="rules" className="text-lg font-semibold">
        {words.firewall.rules}
      </h2>
      <Toolbar
        search={search}
        onSearch={afresh(setSearch)}
        hint={words.firewall.search}
        count={words.firewall.count(found.length, rules.length)}
      >
        <ToggleGroup
          aria-label={words.firewall.filter}
          value={[filter]}
          onValueChange={(value: readonly unknown[]) =>
            afresh(setFilter)(FILTERS.find((one) => one === value[0]) ?? 'all')
          }
          className="flex flex-wrap gap-0.5 rounded-small bg-sunken p-0.5"
        >
          {FILTERS.filter((one) => one === 'all' || one === filter || counts[one] > 0).map((one) => (
            <Toggle
              key={one}
              value={one}
              className="h-7 rounded-small px-2.5 text-sm font-medium whitespace-nowrap text-soft data-[pressed]:bg-raised data-[pressed]:text-ink data-[pressed]:shadow-lift"
            >
              {words.firewall.filters[one]}
              {one === 'all' ? null : <span className="numbers ml-1 text-xs">{number(counts[one])}</span>}
            </Toggle>
          ))}
        </ToggleGroup>
      </Toolbar>
      {found.length === 0 ? (
        <p className="text-soft">{words.firewall.noneFound}</p>
      ) : (
        <ol className="divide-y divide-line rounded-card border border-line bg-surface shadow-lift">
          {shown.map((rule) => (
            <li key={rule.id} className="px-4 py-2.5">
              <RuleLine rule={rule} />
            </li>
          ))}
        </ol>
      )}
      {found.length <= most ? null : (
        <div>
          <Button onClick={() => setMost(most + AT_ONCE)}>
            {words.firewall.more(Math.min(AT_ONCE, found.length - most))}
          </Button>
        </div>
      )}
    </section>
  );
}
