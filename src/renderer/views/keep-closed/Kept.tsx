/** What the person said that they need, so that no advice hides a forgotten choice. */
import type { Report } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { Foreign } from '../../parts/Foreign.tsx';
import { useActions, useAsOf, useSelect } from '../../state/context.tsx';
import { keptListeners, targetKey } from '../../state/select.ts';
import { words } from '../../text/words.ts';

export function Kept({ report }: { readonly report: Report }) {
  const { keep } = useActions();
  const keeping = useSelect((state) => state.keeping);
  const asOf = useAsOf();
  const kept = keptListeners(report);
  if (kept.length === 0) return null;
  return (
    <section className="rounded-card border border-line px-4 py-3" aria-labelledby="kept">
      <h2 id="kept" className="font-semibold">
        {words.home.keptTitle}
      </h2>
      <ul className="mt-1 divide-y divide-line">
        {kept.map((listener) => (
          <li key={listener.id} className="flex items-center gap-3 py-1.5 text-sm">
            <span className="numbers w-20 shrink-0 font-medium">{words.listenerName(listener.id)}</span>
            <span className="flex min-w-0 flex-1 flex-wrap gap-x-2 text-soft">
              <Foreign text={words.identityName(listener)} />
              <span className="text-faint">{words.verdict(asOf, words.who(listener, report))}</span>
            </span>
            <Button
              small
              kind="quiet"
              disabled={keeping !== null}
              aria-label={words.home.stopKeepingLabel(words.portName(listener))}
              working={keeping === targetKey(listener)}
              onClick={() => void keep({ protocol: listener.protocol, port: listener.port }, false)}
            >
              {words.home.stopKeeping}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
