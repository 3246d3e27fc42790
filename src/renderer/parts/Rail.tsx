/** The rail on the left: views, then the network, the firewall and the time of what is shown. */
import {
  BookOpen,
  BrickWall,
  DoorClosed,
  FileOutput,
  History,
  Languages,
  List,
  Monitor,
  Moon,
  RotateCw,
  Search,
  Shield,
  ShieldOff,
  Sun,
  Wifi,
  Network,
  Unplug,
} from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useActions, useSelect } from '../state/context.tsx';
import { painted } from '../state/painted.ts';
import { LANGUAGES } from '../state/language.ts';
import { actionable, networkOf } from '../state/select.ts';
import type { Route, Theme, View } from '../state/store.ts';
import { foreign, number } from '../text/format.ts';
import { words } from '../text/words.ts';
import { join } from './join.ts';
import { Logo } from './Logo.tsx';

interface Item {
  readonly route: Route;
  readonly icon: typeof List;
  readonly key: string;
}

const ITEMS: readonly Item[] = [
  { route: { view: 'keep-closed' }, icon: DoorClosed, key: '1' },
  { route: { view: 'ports', tab: 'inbound', listener: null }, icon: List, key: '2' },
  { route: { view: 'firewall' }, icon: BrickWall, key: '3' },
  { route: { view: 'export', targets: null }, icon: FileOutput, key: '4' },
  { route: { view: 'history' }, icon: History, key: '5' },
  { route: { view: 'learn' }, icon: BookOpen, key: '6' },
];

/** Review belongs to where it was opened from. */
const shownAs = (view: View): View => (view === 'review' ? 'keep-closed' : view);

export function Rail() {
  const view = useSelect(({ route }) => shownAs(route.view));
  const report = useSelect((state) => state.report);
  const { go } = useActions();
  const count = report === null ? 0 : actionable(report).length;
  return (
    <header className="flex min-h-0 flex-col gap-4 overflow-y-auto border-r border-line bg-surface px-1 py-4 wide:px-3">
      <div className="flex items-center justify-center gap-2 text-shut wide:justify-start wide:px-2">
        <Logo className="size-6" />
        <span className="hidden text-lg font-semibold tracking-tight text-ink wide:block">{words.name}</span>
      </div>
      <nav aria-label={words.nav.label}>
        <ul className="flex flex-col gap-0.5">
          {ITEMS.map(({ route, icon: Icon, key }) => {
            const here = view === route.view;
            return (
              <li key={route.view}>
                <button
                  type="button"
                  onClick={() => go(route)}
                  aria-current={here ? 'page' : undefined}
                  aria-keyshortcuts={`Control+${key}`}
                  className={join(
                    'relative flex w-full flex-col items-center gap-0.5 rounded-small px-0.5 py-1.5 text-xs font-medium transition-colors duration-(--quick) wide:h-8 wide:flex-row wide:gap-2.5 wide:px-2 wide:text-base',
                    here ? 'bg-shut-ground text-shut' : 'text-soft hover:bg-sunken hover:text-ink',
                  )}
                >
                  <Icon aria-hidden className="size-4 shrink-0" />
                  <span className="max-w-full text-center leading-4 hyphens-auto wrap-anywhere wide:text-left">
                    {words.nav[route.view]}
                  </span>
                  {route.view === 'keep-closed' && count > 0 ? (
                    <span
                      className="numbers absolute top-0 right-0 min-w-4.5 rounded-full bg-open-ground px-1 leading-4.5 text-center text-xs font-semibold text-open wide:static wide:ml-auto wide:min-w-5 wide:leading-5"
                      title={words.nav.advice(count)}
                    >
                      {number(count)}
                    </span>
                  ) : null}
                </button>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className="mt-auto flex flex-col gap-3">
        <Status />
        <CommandsButton />
        <ThemeChoice />
        <LanguageChoice />
      </div>
    </header>
  );
}

function CommandsButton() {
  const { showPalette } = useActions();
  return (
    <button
      type="button"
      title={words.palette.title}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K"
      onClick={() => showPalette(true)}
      className="flex items-center justify-center gap-2 rounded-small px-1 py-1 text-sm text-soft transition-colors hover:bg-sunken hover:text-ink wide:mx-1 wide:justify-start"
    >
      <Search aria-hidden className="size-4 shrink-0" />
      <span className="unseen wide:hidden">{words.palette.title}</span>
      <span className="hidden wide:inline">{words.palette.title}</span>
      <kbd aria-hidden className="ml-auto hidden font-sans text-xs text-faint wide:inline">
        {words.palette.keys}
      </kbd>
    </button>
  );
}

function Status() {
  const report = useSelect((state) => state.report);
  const scan = useSelect((state) => state.scan);
  const { scan: again } = useActions();
  // The time comes right after the first picture, its place with it: to learn how this person writes one takes as long as a
  // third of drawing all else.
  const isThere = report !== null;
  const [isTime, setIsTime] = useState(false);
  useEffect(() => {
    if (isThere) void painted().then(() => setIsTime(true));
  }, [isThere]);
  if (report === null) return null;
  const network = networkOf(report);
  const NetworkIcon = network === null ? Unplug : network.kind === 'wifi' ? Wifi : Network;
  const firewall = report.firewalls.find(({ active }) => active === true) ?? report.firewalls[0];
  const FirewallIcon = firewall?.active === true ? Shield : ShieldOff;
  return (
    <div className="flex flex-col gap-1.5 border-t border-line pt-3 text-sm text-soft wide:px-2">
      <Line
        icon={<NetworkIcon aria-hidden className="size-4 shrink-0" />}
        text={words.network.on(report)}
        {...(network === null ? {} : { beside: network.addresses[0]?.split('/')[0] ?? '' })}
      />
      <Line
        icon={<FirewallIcon aria-hidden className="size-4 shrink-0" />}
        text={firewall === undefined ? words.network.noFirewall : words.network.firewall(firewall)}
      />
      <button
        type="button"
        onClick={() => void again()}
        disabled={scan.running}
        className="flex items-center justify-center gap-2 rounded-small px-1 py-1 wide:-mx-1 text-soft transition-colors hover:bg-sunken hover:text-ink disabled:hover:bg-transparent wide:justify-start"
      >
        <RotateCw aria-hidden className={join('size-4 shrink-0', scan.running && 'turn')} />
        <span className="unseen">{words.scan.again}</span>
        <span className="numbers hidden wide:inline">
          {scan.running ? words.scan.running : isTime ? words.scan.asOf(report.takenAt) : '\u00A0'}
        </span>
      </button>
    </div>
  );
}

const Line = ({
  icon,
  text,
  beside = '',
}: {
  readonly icon: ReactNode;
  readonly text: string;
  readonly beside?: string;
}) => (
  <span className="flex items-center justify-center gap-2 wide:justify-start" title={`${text} ${foreign(beside)}`}>
    {icon}
    <span className="unseen wide:hidden">{text}</span>
    <span className="hidden min-w-0 flex-col wide:flex">
      <span className="truncate">{text}</span>
      {beside === '' ? null : <span className="numbers truncate text-xs text-faint">{foreign(beside)}</span>}
    </span>
  </span>
);

const THEMES: readonly { readonly theme: Theme; readonly icon: typeof Sun }[] = [
  { theme: 'system', icon: Monitor },
  { theme: 'light', icon: Sun },
  { theme: 'dark', icon: Moon },
];

function ThemeChoice() {
  const theme = useSelect((state) => state.theme);
  const { setTheme } = useActions();
  return (
    <GoRound
      icon={THEMES.find((one) => one.theme === theme)?.icon ?? Monitor}
      all={THEMES.map((one) => one.theme)}
      chosen={theme}
      choose={setTheme}
      label={() => words.theme.label}
      name={(one) => words.theme[one]}
    />
  );
}

function LanguageChoice() {
  const language = useSelect((state) => state.language);
  const { setLanguage } = useActions();
  return (
    <GoRound
      icon={Languages}
      all={LANGUAGES}
      chosen={language}
      choose={setLanguage}
      label={() => words.language.label}
      name={(one) => words.language[one]}
    />
  );
}

interface GoRoundProps<T> {
  readonly icon: typeof Sun;
  readonly all: readonly T[];
  readonly chosen: T;
  readonly choose: (one: T) => void | Promise<void>;
  /** Asked for when they are needed: choosing may change the language that they are in. */
  readonly label: () => string;
  readonly name: (one: T) => string;
}

/** One button that goes round, so that it needs no more room than its icon. */
function GoRound<T>({ icon: Icon, all, chosen, choose, label, name }: GoRoundProps<T>) {
  const { announce } = useActions();
  const next = all[(all.indexOf(chosen) + 1) % all.length] ?? chosen;
  return (
    <button
      type="button"
      title={`${label()}: ${name(chosen)}`}
      onClick={() => {
        void Promise.resolve(choose(next)).then(() => announce(`${label()}: ${name(next)}`));
      }}
      className="flex items-center justify-center gap-2 rounded-small px-1 py-1 text-sm text-soft transition-colors hover:bg-sunken hover:text-ink wide:mx-1 wide:justify-start"
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="unseen">{label()}: </span>
      <span className="hidden wide:inline">{name(chosen)}</span>
    </button>
  );
}
