/** Looks at how macOS's own firewalls are set: stealth mode, signed programs, and who uses pf. */
import { few } from '../few.ts';
import type { MachineRule } from '../rule.ts';

/** Anchors and programs that are named one by one. */
const NAMED = 4;

const FIREWALL = 'sudo /usr/libexec/ApplicationFirewall/socketfilterfw';

const note = { advice: 'review', severity: 'low', ways: [], listener: null } as const;

/** Answers to probes tell a stranger that a computer is there; it opens nothing. */
export const macStealth: MachineRule = {
  name: 'mac-stealth',
  about: 'machine',
  advise: ({ mac }) =>
    mac?.alf === true && mac.stealth === false
      ? [{ ...note, key: 'darwin', says: { kind: 'mac-stealth', command: `${FIREWALL} --setstealthmode on` } }]
      : [],
};

export const macSigned: MachineRule = {
  name: 'mac-signed',
  about: 'machine',
  advise: ({ mac }) =>
    mac?.alf === true && mac.signed === true
      ? [{ ...note, key: 'darwin', says: { kind: 'mac-signed', command: `${FIREWALL} --setallowsignedapp off` } }]
      : [],
};

/** As macOS comes, pf is off: whoever turned it on has a reason, and rules. */
export const macPf: MachineRule = {
  name: 'mac-pf',
  about: 'machine',
  advise: ({ mac }) =>
    mac?.pf == null
      ? []
      : [
          {
            ...note,
            key: 'darwin',
            says: { kind: 'mac-pf', anchors: few(mac.pf.anchors, NAMED, 1), askers: few(mac.pf.askers, NAMED, 1) },
          },
        ],
};
