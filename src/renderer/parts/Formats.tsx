/** One of several kinds of files, side by side: each with its name and what it is for. */
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';

interface FormatsProps<T extends string> {
  readonly formats: readonly T[];
  readonly chosen: T;
  readonly words: Readonly<Record<T, { readonly name: string; readonly text: string }>>;
  /** Begins the ids of its fields. */
  readonly id: string;
  /** The id of what names it. */
  readonly labelledBy: string;
  readonly onChoose: (format: T) => void;
}

export const Formats = <T extends string>({ formats, chosen, words, id, labelledBy, onChoose }: FormatsProps<T>) => (
  <RadioGroup
    value={chosen}
    onValueChange={(value: unknown) => onChoose(formats.find((one) => one === value) ?? chosen)}
    aria-labelledby={labelledBy}
    className="grid grid-cols-[repeat(auto-fill,minmax(11.5rem,1fr))] gap-2"
  >
    {formats.map((one) => (
      <label
        key={one}
        htmlFor={`${id}${one}`}
        className="flex items-start gap-2.5 rounded-card border border-line bg-surface px-3 py-2 has-data-[checked]:border-shut has-data-[checked]:bg-shut-ground"
      >
        <Radio.Root
          id={`${id}${one}`}
          value={one}
          className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-raised data-[checked]:border-shut"
        >
          <Radio.Indicator className="size-2 rounded-full bg-shut data-[unchecked]:hidden" />
        </Radio.Root>
        <span className="min-w-0">
          <span className="block font-medium">{words[one].name}</span>
          <span className="block text-sm text-soft">{words[one].text}</span>
        </span>
      </label>
    ))}
  </RadioGroup>
);
