/** Who is connected to this port at the moment. */
import { useEffect } from 'react';
import type { ReportListener } from '../../../core/model.ts';
import { useActions, useAround, useSelect } from '../../state/context.tsx';
import { foreign } from '../../text/format.ts';
import { words } from '../../text/words.ts';

const MOST = 8;

export function Connected({ listener }: { readonly listener: ReportListener }) {
  const connections = useSelect((state) => state.connections);
  const around = useAround();
  const { loadConnections } = useActions();
  useEffect(() => {
    void loadConnections();
  }, [loadConnections]);
  if (connections === null || connections.state === 'loading') return <p>{words.ports.loading}</p>;
  if (connections.state === 'failed') return <p>{words.problem(connections.problem, around)[0]}</p>;
  const here = connections.value.filter(
    ({ direction, protocol, local }) =>
      direction === 'inbound' && protocol === listener.protocol && local.port === listener.port,
  );
  if (here.length === 0) return <p>{words.detail.nobodyConnected}</p>;
  return (
    <ul className="numbers">
      {here.slice(0, MOST).map(({ remote }) => (
        <li key={`${remote.address} ${remote.port}`}>{foreign(remote.address)}</li>
      ))}
      {here.length > MOST ? <li>{words.detail.more(here.length - MOST)}</li> : null}
    </ul>
  );
}
