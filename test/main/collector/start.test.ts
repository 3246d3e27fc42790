/** The collector as a program that the test speaks for: hints, readings, and all that may go wrong with it. */
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startCollector } from '../../../src/main/collector/start.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

function start() {
  const out = new PassThrough();
  const heard: string[] = [];
  let [asked, stopped, over] = [0, 0, 0];
  let end = (): void => {};
  const launch = () => ({
    stdout: out,
    onEnd: (listener: () => void) => {
      end = listener;
    },
    say: () => {
      asked += 1;
    },
    stop: () => {
      stopped += 1;
    },
  });
  const collector = startCollector(
    (hint) => heard.push(hint),
    () => {
      over += 1;
    },
    launch,
  );
  return {
    collector,
    heard,
    says: async (text: string) => {
      out.write(text);
      await new Promise((resolve) => setImmediate(resolve));
    },
    end: () => end(),
    count: () => ({ asked, stopped, over }),
  };
}

test('a hint is a word of three; everything else is none', async () => {
  const { heard, says } = start();
  await says('ready\nsockets\nfire');
  await says('wall\n__proto__\n{"snapshot":1}\nnetwork\n');
  expect(heard).toEqual(['sockets', 'firewall', 'network']);
});

test('a reading is what comes back, whatever is hinted at meanwhile', async () => {
  const { collector, heard, says } = start();
  const reading = collector.read();
  await says('sockets\n{"snapshot":{"uid":1},"exact":true}\n');
  expect(await reading).toEqual({ snapshot: { uid: 1 }, exact: true });
  expect(heard).toEqual(['sockets']);
});

test('half a line is no reading, and breaks nothing', async () => {
  const { collector, says, end, count } = start();
  const reading = collector.read();
  await says('{"snapshot":{"uid"\n');
  expect(await reading).toBeNull();
  end();
  expect(await collector.read()).toBeNull();
  expect(count()).toEqual({ asked: 1, stopped: 0, over: 1 });
});

test('one that does not answer is ended, so that no late answer passes for the next', async () => {
  const { collector, says, end, count } = start();
  const reading = collector.read();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await reading).toBeNull();
  end();
  await says('{"snapshot":{"uid":1},"exact":false}\nsockets\n');
  expect(await collector.read()).toBeNull();
  expect(count()).toEqual({ asked: 1, stopped: 1, over: 1 });
});

test('stopped on purpose, nobody is told that it ended', async () => {
  const { collector, heard, says, end, count } = start();
  const reading = collector.read();
  collector.stop();
  expect(await reading).toBeNull();
  end();
  await says('sockets\n');
  expect([heard, count()]).toEqual([[], { asked: 1, stopped: 1, over: 0 }]);
});
