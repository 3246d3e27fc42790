/** The frame of the window: the rail with the views, and the view that is open. */
import { useEffect, useLayoutEffect, useState } from 'react';
import { Announcer } from './parts/Announcer.tsx';
import { Palette } from './parts/Palette.tsx';
import { Rail } from './parts/Rail.tsx';
import { StaleBar } from './parts/StaleBar.tsx';
import { useActions, useSelect } from './state/context.tsx';
import { painted } from './state/painted.ts';
import { KeepClosed } from './views/keep-closed/KeepClosed.tsx';

export function App() {
  useViewKeys();
  // Another language draws everything anew, from here down.
  useSelect((state) => state.tongue);
  return (
    <div className="grid h-full grid-cols-[4.5rem_minmax(0,1fr)] bg-paper text-ink wide:grid-cols-[13.5rem_minmax(0,1fr)]">
      <Rail />
      <main className="flex min-h-0 min-w-0 flex-col overflow-hidden">
        <StaleBar />
        <div className="min-h-0 flex-1">
          <OpenView />
        </div>
      </main>
      <Announcer />
      <Palette />
    </div>
  );
}

function OpenView() {
  const route = useSelect((state) => state.route);
  const later = useLater();
  if (route.view === 'keep-closed') return <KeepClosed />;
  if (later === null) return null;
  switch (route.view) {
    case 'ports':
      return <later.Ports tab={route.tab} listener={route.listener} />;
    case 'review':
      return <later.Review deed={route.deed} />;
    case 'firewall':
      return <later.FirewallView />;
    case 'history':
      return <later.History />;
    case 'export':
      return <later.ExportView chosen={route.targets} />;
    case 'learn':
      return <later.Learn />;
  }
}

type Later = typeof import('./views/later.ts');

/** The views that are not seen first; they come once the first reading is on the screen, or somebody goes to one of them. */
function useLater(): Later | null {
  const [later, setLater] = useState<Later | null>(null);
  const isTime = useSelect(({ report, route }) => report !== null || route.view !== 'keep-closed');
  useEffect(() => {
    if (isTime)
      void painted()
        .then(() => import('./views/later.ts'))
        .then(setLater);
  }, [isTime]);
  return later;
}

/** Ctrl (or Command) with a number opens the views, with K the list of commands; from the first picture on. */
function useViewKeys(): void {
  const { go, showPalette } = useActions();
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (event.key === '1') go({ view: 'keep-closed' });
      else if (event.key === '2') go({ view: 'ports', tab: 'inbound', listener: null });
      else if (event.key === '3') go({ view: 'firewall' });
      else if (event.key === '4') go({ view: 'export', targets: null });
      else if (event.key === '5') go({ view: 'history' });
      else if (event.key.toLowerCase() === 'k') showPalette(true);
      else if (event.key === '6') go({ view: 'learn' });
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [go, showPalette]);
}
