/** All views but the first: they are read while the first one is looked at. */
export { ExportView } from './export/ExportView.tsx';
export { FirewallView } from './firewall/FirewallView.tsx';
export { History } from './history/History.tsx';
export { Learn } from './learn/Learn.tsx';
export { Ports } from './ports/Ports.tsx';
export { Review } from './review/Review.tsx';
