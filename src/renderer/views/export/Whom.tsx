/** Who is shut out, and whether everything else is closed as well. */
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { Audience } from '../../../core/model.ts';
import { Tick } from '../../parts/Tick.tsx';
import { words } from '../../text/words.ts';

const AUDIENCES = ['everyone', 'all-but-this-network', 'internet'] as const satisfies readonly Audience[];

interface WhomProps {
  readonly audience: Audience;
  readonly posture: boolean;
  readonly onAudience: (audience: Audience) => void;
  readonly onPosture: (posture: boolean) => void;
}

export const Whom = ({ audience, posture, onAudience, onPosture }: WhomProps) => (
  <section>
    <h2 id="whom" className="mb-2 font-semibold">
      {words.exportView.whom}
    </h2>
    <RadioGroup
      value={audience}
      onValueChange={(value: unknown) => onAudience(AUDIENCES.find((one) => one === value) ?? 'everyone')}
      aria-labelledby="whom"
      className="flex flex-col gap-1.5"
    >
      {AUDIENCES.map((one) => (
        <label key={one} htmlFor={`whom-${one}`} className="flex items-center gap-2.5">
          <Radio.Root
            id={`whom-${one}`}
            value={one}
            className="flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-raised data-[checked]:border-shut"
          >
            <Radio.Indicator className="size-2 rounded-full bg-shut data-[unchecked]:hidden" />
          </Radio.Root>
          {words.exportView.audiences[one]}
        </label>
      ))}
    </RadioGroup>
    <label htmlFor="posture" className="mt-3 flex items-start gap-2.5">
      <span className="mt-0.5 flex">
        <Tick id="posture" checked={posture} onChange={onPosture} />
      </span>
      <span className="min-w-0">
        <span className="block">{words.exportView.posture}</span>
        <span className="block text-sm text-soft">{words.exportView.postureText}</span>
      </span>
    </label>
  </section>
);
