/** One rule: what it does in a sentence, as its firewall writes it, whose it is, and whether it is of use. */
import { CornerUpRight, DoorClosed, DoorOpen, Split } from 'lucide-react';
import { memo } from 'react';
import type { RuleInWords } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { join } from '../../parts/join.ts';
import { Tag, type TagTone } from '../../parts/Tag.tsx';
import { useActions, useBusy, useSelect } from '../../state/context.tsx';
import { targetKey } from '../../state/select.ts';
import { sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';

const ICON: Record<RuleInWords['action'], { readonly icon: typeof DoorOpen; readonly colour: string }> = {
  allow: { icon: DoorOpen, colour: 'text-open' },
  limit: { icon: DoorOpen, colour: 'text-open' },
  deny: { icon: DoorClosed, colour: 'text-shut' },
  reject: { icon: DoorClosed, colour: 'text-shut' },
  forward: { icon: CornerUpRight, colour: 'text-soft' },
  depends: { icon: Split, colour: 'text-soft' },
};

const TONE: Record<RuleInWords['use'], TagTone> = {
  'in-use': 'plain',
  'in-force': 'plain',
  'nothing-listens': 'doubt',
  'never-matches': 'doubt',
  'no-effect': 'doubt',
  off: 'plain',
  unknown: 'doubt',
};

export const RuleLine = memo(function RuleLine({ rule }: { readonly rule: RuleInWords }) {
  // Drawn anew for another rule, and for another language.
  useSelect((state) => state.tongue);
  const { icon: Icon, colour } = ICON[rule.action];
  const why = words.firewall.why(rule);
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <Icon aria-hidden className={join('mt-0.5 size-4 shrink-0', rule.traffic === 'in' ? colour : 'text-faint')} />
      <div className="min-w-0 flex-1 basis-64">
        <p className="wrap-anywhere">{sentence(words.firewall.sentence(rule))}</p>
        <p className="mt-0.5 text-sm text-faint wrap-anywhere">
          <bdi>{sentence(words.firewall.place(rule))}</bdi>:{' '}
          <bdi className="font-mono text-xs">{sentence(rule.text)}</bdi>
        </p>
        {why === null ? null : <p className="mt-0.5 text-sm text-soft wrap-anywhere">{sentence(why)}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Tag tone={rule.owner === 'portcullis' ? 'shut' : 'plain'}>
          <bdi className="max-w-40 truncate">{words.firewall.owner(rule)}</bdi>
        </Tag>
        <Tag tone={TONE[rule.use]}>{words.firewall.uses[rule.use]}</Tag>
        {rule.opening.length === 0 ? null : <RemoveOpening rule={rule} />}
      </div>
    </div>
  );
});

function RemoveOpening({ rule }: { readonly rule: RuleInWords }) {
  const { removeOpening } = useActions();
  const busy = useBusy();
  const [target] = rule.opening;
  const finding = target === undefined ? '' : `unused-opening:${targetKey(target)}`;
  const working = useSelect(({ deeds }) =>
    deeds.some(({ findings, phase }) => findings[0] === finding && (phase === 'planning' || phase === 'applying')),
  );
  return (
    <Button
      small
      working={working}
      disabled={busy}
      aria-label={working ? undefined : words.firewall.removeLabel(rule.text)}
      onClick={() => void removeOpening(rule.opening, finding)}
    >
      {working ? words.home.removing : words.home.remove}
    </Button>
  );
}
