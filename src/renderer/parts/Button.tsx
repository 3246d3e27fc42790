/** Buttons: `main` for the one thing to do, `plain` for what may be done, `quiet` for what is beside it. */
import type { ComponentProps, ReactNode } from 'react';
import { LoaderCircle } from 'lucide-react';
import { join } from './join.ts';

type Kind = 'main' | 'plain' | 'quiet';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly kind?: Kind;
  readonly icon?: ReactNode;
  /** Something is under way: the button says so and cannot be pressed. */
  readonly working?: boolean;
  readonly small?: boolean;
}

const LOOK: Record<Kind, string> = {
  main: 'bg-shut text-on-shut hover:bg-shut-strong disabled:bg-line disabled:text-faint',
  plain:
    'border border-edge/60 bg-raised text-ink hover:border-edge hover:bg-sunken disabled:text-faint disabled:hover:bg-raised',
  quiet: 'text-soft hover:bg-sunken hover:text-ink disabled:text-faint disabled:hover:bg-transparent',
};

export function Button({
  kind = 'plain',
  icon,
  working = false,
  small = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={join(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-small font-medium whitespace-nowrap transition-colors duration-(--quick) select-none',
        small ? 'h-7 px-2.5 text-sm' : 'h-8 px-3 text-base',
        LOOK[kind],
        className,
      )}
      disabled={disabled === true || working}
      aria-busy={working || undefined}
      {...rest}
    >
      {working ? <LoaderCircle aria-hidden className="turn size-4" /> : icon}
      {children}
    </button>
  );
}
