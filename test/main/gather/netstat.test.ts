import { expect, test } from 'vitest';
import { parseNetstat } from '../../../src/core/listeners/netstat.ts';
import { parseRows } from '../../../src/main/gather/netstat.ts';
import { toLines } from '../../../src/main/gather/transcript.ts';

// Captured with `netstat -apntuW` (net-tools 2.10) in a private network namespace.
const CAPTURED = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    
tcp        0      0 0.0.0.0:3004            0.0.0.0:*               LISTEN      8076/python3        
tcp        0      0 127.0.0.1:3000          127.0.0.1:56168         ESTABLISHED -                   
tcp6       0      0 ::1:3005                :::*                    LISTEN      8076/python3        
tcp6       2      0 :::3001                 :::*                    LISTEN      8076/python3        
tcp6       0      0 127.0.0.1:3001          127.0.0.1:38264         ESTABLISHED -                   
udp        0      0 0.0.0.0:5353            0.0.0.0:*                           8076/two b/c        
udp        0      0 127.0.0.1:59899         127.0.0.1:5353          ESTABLISHED 8076/python3        
udp6       0      0 :::5353                 :::*                                8076/python3        
`;

const read = (text: string) => parseNetstat(toLines(parseRows(text).items));

test('every row is one item, and is read back', () => {
  const { rows, bad } = read(CAPTURED);
  expect(bad).toBe(0);
  expect(
    rows.map(({ listening, socket, remote }) =>
      [listening, socket.protocol, socket.family, socket.address, socket.port, socket.pid, remote?.port].join(' '),
    ),
  ).toEqual([
    'true tcp 4 0.0.0.0 3004 8076 ',
    'false tcp 4 127.0.0.1 3000  56168',
    'true tcp 6 ::1 3005 8076 ',
    'true tcp 6 :: 3001 8076 ',
    'false tcp 4 127.0.0.1 3001  38264',
    'true udp 4 0.0.0.0 5353 8076 ',
    'false udp 4 127.0.0.1 59899 8076 5353',
    'true udp 6 :: 5353 8076 ',
  ]);
  expect(parseRows(CAPTURED).pids).toEqual([8076]);
});

test('headers are no rows; half a row is not lost', () => {
  expect(parseRows('Active Internet connections\nProto Recv-Q\n').items).toEqual([]);
  expect(read('tcp        0      0 0.0.0.0:30').bad).toBe(1);
  expect(read(CAPTURED.slice(0, -60)).bad).toBe(1);
});

// synthetic: what netstat prints instead of a state in another language, and a row that is cut inside.
test('a state that is not known is not taken for one that is', () => {
  expect(
    read('tcp        0      0 0.0.0.0:3004            0.0.0.0:*               ABHÖREN     8076/python3\n'),
  ).toEqual({
    rows: [],
    bad: 1,
  });
  expect(read('tcp 0 0\n')).toEqual({ rows: [], bad: 1 });
  expect(read('tcp        0      0 127.0.0.1:1            127.0.0.1:2               TIME_WAIT   -\n')).toEqual({
    rows: [],
    bad: 0,
  });
});
