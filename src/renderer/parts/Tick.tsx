/** A box to tick; the label that stands around it names it. */
import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';

interface TickProps {
  readonly id?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

export const Tick = ({ id, checked, disabled = false, onChange }: TickProps) => (
  <Checkbox.Root
    id={id}
    checked={checked}
    disabled={disabled}
    onCheckedChange={onChange}
    className="flex size-4 shrink-0 items-center justify-center rounded-[4px] border border-edge bg-raised data-[checked]:border-shut data-[checked]:bg-shut"
  >
    <Checkbox.Indicator className="text-on-shut data-[unchecked]:hidden">
      <Check aria-hidden className="size-3" strokeWidth={3} />
    </Checkbox.Indicator>
  </Checkbox.Root>
);
