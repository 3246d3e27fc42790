/** The frame of the window: the rail with the views, and the view that is open. */
import { useEffect } from 'react';
import { Announcer } from './parts/Announcer.tsx';
import { Palette } from './parts/Palette.tsx';
import { Rail } from './parts/Rail.tsx';
import { StaleBar } from './parts/StaleBar.tsx';
import { useActions, useSelect } from './state/context.tsx';
import { ExportView } from './views/export/ExportView.tsx';
import { FirewallView } from './views/firewall/FirewallView.tsx';
import { History } from './views/history/History.tsx';
import { KeepClosed } from './views/keep-closed/KeepClosed.tsx';
import { Learn } from './views/learn/Learn.tsx';
import { Ports } from './views/ports/Ports.tsx';
import { Review } from './views/review/Review.tsx';

export function App() {
  useViewKeys();
  // Another language draws everything anew, from here down.
  useSelect((state) => state.language);
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
  switch (route.view) {
    case 'keep-closed':
      return <KeepClosed />;
    case 'ports':
      return <Ports tab={route.tab} listener={route.listener} />;
    case 'review':
      return <Review deed={route.deed} />;
    case 'firewall':
      return <FirewallView />;
    case 'history':
      return <History />;
    case 'export':
      return <ExportView chosen={route.targets} />;
    case 'learn':
      return <Learn />;
  }
}

/** Ctrl (or Command) with a number opens the views, with K the list of commands. */
function useViewKeys(): void {
  const { go, showPalette } = useActions();
  useEffect(() => {
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
