/** Follow a packet: from one source address, through which rules, to which end. */
import { useEffect, useId, useState } from 'react';
import type { Reply } from '../../../core/api.ts';
import { togetherReasons } from '../../../core/gaps/index.ts';
import type { Answer, Reach, ReportListener, Verdict } from '../../../core/model.ts';
import { tellingSteps } from '../../../core/reach/summary.ts';
import { Button } from '../../parts/Button.tsx';
import { join } from '../../parts/join.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { useActions, useAsOf } from '../../state/context.tsx';
import { neighbourOf } from '../../state/select.ts';
import { words } from '../../text/words.ts';
import { Steps } from './Steps.tsx';

const wayKey = ({ interface: name, address, port }: Reach): string => `${name} ${address} ${port}`;

const VERDICT: Record<Verdict, string> = {
  open: 'text-open',
  limited: 'text-open',
  blocked: 'text-shut',
  unknown: 'text-doubt',
};

export function Follow({ listener }: { readonly listener: ReportListener }) {
  const { reach } = useActions();
  const [first] = listener.reach;
  const [way, setWay] = useState(first);
  const [source, setSource] = useState(first === undefined ? '' : neighbourOf(first.address));
  const [reply, setReply] = useState<Reply<Answer> | null>(null);
  const [asking, setAsking] = useState(false);
  const id = useId();

  const ask = async (through: Reach, from: string): Promise<void> => {
    setAsking(true);
    const answered = await reach({
      protocol: listener.protocol,
      interface: through.interface,
      source: from,
      destination: through.address,
      port: through.port,
    });
    setReply(answered);
    setAsking(false);
  };

  // The neighbour's packet is followed at once: an answer teaches more than an empty form.
  useEffect(() => {
    if (first !== undefined) void ask(first, neighbourOf(first.address));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, for the listener that this was made for
  }, []);

  if (way === undefined) return null;
  return (
    <>
      <p>{words.detail.askLead}</p>
      <form
        className="mt-2 flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void ask(way, source.trim());
        }}
      >
        <span className="flex min-w-0 flex-col gap-0.5">
          <label htmlFor={`${id}way`} className="text-sm text-faint">
            {words.detail.askInterface}
          </label>
          <select
            id={`${id}way`}
            value={wayKey(way)}
            onChange={(event) => {
              const chosen = listener.reach.find((one) => wayKey(one) === event.target.value) ?? way;
              const from = neighbourOf(chosen.address);
              setWay(chosen);
              setSource(from);
              void ask(chosen, from);
            }}
            className="numbers h-8 max-w-56 rounded-small border border-edge bg-raised px-2 text-ink"
          >
            {listener.reach.map((one) => (
              <option key={wayKey(one)} value={wayKey(one)}>
                {words.detail.wayName(one, listener.port)}
              </option>
            ))}
          </select>
        </span>
        <span className="flex min-w-0 flex-1 basis-36 flex-col gap-0.5">
          <label htmlFor={`${id}from`} className="text-sm text-faint">
            {words.detail.askSource}
          </label>
          <input
            id={`${id}from`}
            value={source}
            onChange={(event) => setSource(event.target.value)}
            spellCheck={false}
            autoComplete="off"
            className="numbers h-8 w-full rounded-small border border-edge bg-raised px-2 text-ink"
          />
        </span>
        <button type="submit" className="unseen" tabIndex={-1} aria-hidden />
        <Button working={asking} disabled={source.trim().length < 2} onClick={() => void ask(way, source.trim())}>
          {asking ? words.detail.asking : words.detail.askButton}
        </Button>
      </form>
      <div className="mt-3" aria-live="polite">
        {reply === null ? null : reply.ok ? <Trace answer={reply.value} /> : <ProblemNotice problem={reply.error} />}
      </div>
    </>
  );
}

function Trace({ answer }: { readonly answer: Answer }) {
  const asOf = useAsOf();
  const steps = tellingSteps(answer);
  return (
    <>
      <p className={join('font-medium', asOf === null ? VERDICT[answer.verdict] : 'text-soft')}>
        {words.verdict(asOf, words.detail.verdictSentence[answer.verdict])}
      </p>
      {togetherReasons(answer.doubts)
        .map(words.reason)
        .map((reason) => (
          <p key={reason} className="text-sm text-doubt">
            {reason}
          </p>
        ))}
      {steps.length === 0 ? <p className="text-sm text-faint">{words.detail.noRules}</p> : <Steps one steps={steps} />}
    </>
  );
}
