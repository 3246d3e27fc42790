/** What the terminal says of a change: sentences that are put together of parts, as a person reads them. */
import { expect, test } from 'vitest';
import { checkedWords, noteWords, warningWords } from '../../../src/core/plan/index.ts';
import { checked, notes, warnings } from './told.ts';

test('what was checked', () => {
  expect(checked.filter(({ kind }) => kind !== 'noted').map(checkedWords)).toEqual([
    '3000/tcp (Development web server): nobody else can reach it now.',
    '3000/tcp (Development web server): reachable as predicted.',
    '3000/tcp (Development web server): nothing listens there any more.',
    '3000/tcp (Development web server) can be reached by the same as before the change.',
    '3000/tcp (Development web server) can be reached by others than before the change: the network or other rules are different now.',
    'Who can reach 3000/tcp (Development web server) cannot be told any more.',
    'Who can reach 3000/tcp (Development web server) cannot be told any more: -m u32.',
    'Every other port that listens (12) can be reached by the same as before.',
    'The connections to port 3000 that were open were ended.',
    'Whether the connections to port 3000 were ended could not be read.',
    'One connection to port 3000 could not be ended; to end it, stop the program and start it again.',
    '12 connections to port 3000 could not be ended; to end them, stop the program and start it again.',
    'It holds until the computer starts again, or another program empties nftables: the installed package loads it again at the start, and after nftables’ own unit.',
    'ufw’s files are byte for byte what they were.',
    'firewalld’s files are byte for byte what they were.',
    'ufw’s rules in the kernel are what they were.',
    'firewalld’s rules are what they were.',
    'Portcullis’s own table is what it was.',
    'firewalld does not run now: its rules are what they were when it is started again.',
    'What was stopped runs again, and starts with the computer as it did.',
    'What was stopped and can be started runs again, and starts with the computer as it did.',
    'Connections that were ended do not come back by themselves: the other side makes them anew.',
    'systemd does not run here: should the computer itself stop while this waits, it is put back by the next change or by portcullis undo.',
    'It stays until it is undone.',
    'Everything was put back.',
    'The history could not be completed (the disk is full); before the next change it may all be put back once more.',
    'One thing more was told by another version of Portcullis, which cannot be shown here: scan again to see how things are.',
    '12 things more were told by another version of Portcullis, which cannot be shown here: scan again to see how things are.',
  ]);
});

test('what became of a change', () => {
  expect(notes.map(noteWords)).toEqual([
    'It was not to be kept, so everything was put back.',
    'It was not to be kept, so everything was put back, except what others changed or removed meanwhile, or what runs no longer.',
    'It was not to be kept; another program has changed /etc/ufw/user.rules since, so they were left as they are.',
    'It was not to be kept; another program has changed /etc/ufw/user.rules and /etc/portcullis/table.nft since, so they were left as they are.',
    'It was not confirmed within 30 seconds, so everything was put back.',
    'It was not confirmed within 30 seconds, so everything was put back, except what others changed or removed meanwhile, or what runs no longer.',
    'It was not confirmed within 30 seconds; another program has changed /etc/ufw/user.rules since, so they were left as they are.',
    'It was not confirmed within 30 seconds; another program has changed /etc/ufw/user.rules and /etc/portcullis/table.nft since, so they were left as they are.',
    'It could not be kept waiting (the disk is full), so everything was put back.',
    'It could not be kept waiting (the disk is full), so everything was put back, except what others changed or removed meanwhile, or what runs no longer.',
    'It could not be kept waiting (the disk is full); another program has changed /etc/ufw/user.rules since, so they were left as they are.',
    'It could not be kept waiting (the disk is full); another program has changed /etc/ufw/user.rules and /etc/portcullis/table.nft since, so they were left as they are.',
    'It was interrupted. It will be put back before the next change.',
    'It was interrupted, and may be in force; “portcullis undo” takes it back.',
    'It was interrupted before anything was changed.',
    'It was interrupted, and what was saved before it cannot be read: it may be in force in part.',
    'It was interrupted; everything was put back.',
    'It was interrupted; everything was put back, except what others changed or removed meanwhile, or what runs no longer.',
    'It was not confirmed in time; everything was put back.',
    'It was not confirmed in time; everything was put back, except what others changed or removed meanwhile, or what runs no longer.',
    'Putting it back was interrupted, and was finished later.',
    'Putting it back was interrupted, and was finished later, except what others changed or removed meanwhile, or what runs no longer.',
    'It was interrupted, and another program has changed /etc/ufw/user.rules since; the rules were left alone.',
    'It was interrupted, and another program has changed /etc/ufw/user.rules and /etc/ufw/ufw.conf since; the rules were left alone.',
    'It was put back at its deadline, unless it was confirmed from elsewhere: what became of it was not heard here.',
    'It is being made right now.',
    'the disk fails',
    'the disk fails; another program was changing /etc/ufw/user.rules, so they were left as they are',
    'the disk fails; another program was changing /etc/ufw/user.rules and /etc/ufw/ufw.conf, so they were left as they are',
  ]);
});

test('what is known beforehand agrees in number', () => {
  const said = (kind: string): readonly string[] => warnings.filter((one) => one.kind === kind).map(warningWords);
  expect(said('shared-networks').map((text) => text.slice(0, 50))).toEqual([
    '192.168.77.0/24 is a private range that other netw',
    '192.168.77.0/24 and 10.0.0.0/8 are private ranges ',
  ]);
  expect(said('closed-again')).toEqual([
    'Another program has emptied nftables since port 3000 (TCP) was closed: that is closed again as well.',
    'Another program has emptied nftables since port 3000 (TCP) and port 53 (UDP) were closed: that is closed again as well.',
  ]);
  expect(said('wanted-by')).toEqual([
    'shop.service asks for it: when started, it may start it again.',
    'shop.service and shop-worker.service ask for it: when started, it may start it again.',
  ]);
  expect(said('not-enabled')).toEqual([
    'shop.service is not enabled by itself: something else may start it again, at the latest when the computer starts.',
    'shop.service and shop-worker.service are not enabled by itself: something else may start it again, at the latest when the computer starts.',
  ]);
  expect(said('turns-off')).toEqual([
    'With ufw off, none of its rules holds any more.',
    'With ufw off, none of its rules holds any more. This opens 3000/tcp (Development web server), and whatever will listen.',
    'With ufw off, none of its rules holds any more. This opens 3000/tcp (Development web server) and 53/udp on 127.0.0.53 (systemd-resolve), and whatever will listen.',
  ]);
});
