import { expect, test } from 'vitest';
import { firewallStates } from '../../../../src/core/firewalls/registry.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { question, rulesSnapshot, worldOf } from '../../reach/world.ts';

const chain = (table: string, name: string, prio: number, policy = 'accept') => ({
  chain: { family: 'ip', table, name, handle: 1, type: 'filter', hook: 'input', prio, policy },
});
const rules = (...entries: readonly object[]) => ({
  // What iptables-save 1.8.9 prints beside such a table (seen): a chain of its own that is not there.
  v4: "# Table `filter' contains incompatible base-chains, use 'nft' tool to list them.\n*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n",
  nft: JSON.stringify({ nftables: [{ table: { family: 'ip', name: 'filter', handle: 1 } }, ...entries] }),
});

test.each([
  ['of another name', chain('filter', 'input', 0, 'drop')],
  ['of the same name at another priority', chain('filter', 'INPUT', -10, 'drop')],
])("a chain of nft's in a table of iptables, %s, counts", (_, entry) => {
  const set = rules(entry);
  expect(createJudge(worldOf(set)).ask(question()).verdict).toBe('blocked');
  const { value } = firewallStates(rulesSnapshot(set));
  expect(value.find(({ id }) => id === 'nftables')?.defaults?.inbound).toBe('deny');
});
