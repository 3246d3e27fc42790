/** Plans: what they ask for before they are made. */
import { describe, expect, test } from 'vitest';
import { CLOSE, absent, on, ordinary, problemOf, refused, withSettings } from './machine.ts';

const { advisorOn } = withSettings();

describe('propose', () => {
  test('reads every rule once, and only because the plan needs them', async () => {
    const { advisor, asked } = advisorOn(ordinary);
    expect((await advisor.propose(CLOSE)).steps.length).toBeGreaterThan(0);
    expect(asked).toEqual(['gather', 'gather', 'readExact']);
    await advisor.propose(CLOSE);
    expect(asked.filter((one) => one === 'readExact')).toHaveLength(1);
  });

  test('nobody is asked for a password to hear that there is no firewall', async () => {
    const ids = refused(ordinary).filter((id) => !id.startsWith('file:/etc/ufw'));
    const seen = {
      ...absent,
      uid: 65534,
      transcripts: absent.transcripts.map((one) =>
        ids.includes(one.id) ? { ...one, failure: 'refused' as const, stdout: '' } : one,
      ),
    };
    const { advisor, asked } = advisorOn(seen);
    expect((await problemOf(advisor.propose(CLOSE))).code).toBe('no-firewall');
    expect(asked).toEqual(['gather']);
  });

  test('changes nothing', async () => {
    const { advisor, asked } = advisorOn(on);
    await advisor.propose(CLOSE);
    expect(asked).not.toContain('apply');
  });
});
