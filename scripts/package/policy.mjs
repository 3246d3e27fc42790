/**
 * The polkit policy: one action for each verb of the helper, told apart by its first argument. A test holds this list
 * against the helper's own, so that a new verb cannot be forgotten.
 *
 * `asks` false: whoever sits at this computer is not asked; everybody else (over the network, another seat) is, once in a
 * while. `asks` true: always, and the question shows the command line, whose last word is what will be done.
 */
const HELPER = '/usr/lib/portcullis/helper';

export const ACTIONS = [
  {
    verb: 'read',
    asks: false,
    description: 'Read the firewall rules',
    message: 'Authentication is required to read the firewall rules',
    german: {
      description: 'Die Regeln der Firewall lesen',
      message: 'Um die Regeln der Firewall zu lesen, ist eine Legitimation nötig',
    },
  },
  {
    verb: 'history',
    asks: false,
    description: 'Read the history of firewall changes',
    message: 'Authentication is required to read which firewall rules were changed',
    german: {
      description: 'Den Verlauf der Änderungen an der Firewall lesen',
      message: 'Um zu lesen, welche Regeln der Firewall geändert wurden, ist eine Legitimation nötig',
    },
  },
  {
    verb: 'apply',
    asks: true,
    description: 'Change the firewall',
    message: 'Authentication is required to change the firewall: $(command_line)',
    german: {
      description: 'Die Firewall ändern',
      message: 'Um die Firewall zu ändern, ist eine Legitimation nötig: $(command_line)',
    },
  },
  {
    verb: 'undo',
    asks: true,
    description: 'Take back a change of the firewall',
    message: 'Authentication is required to take back a change of the firewall: $(command_line)',
    german: {
      description: 'Eine Änderung an der Firewall zurücknehmen',
      message: 'Um eine Änderung an der Firewall zurückzunehmen, ist eine Legitimation nötig: $(command_line)',
    },
  },
  {
    verb: 'confirm',
    asks: true,
    description: 'Keep a change of the firewall',
    message: 'Authentication is required to keep a change of the firewall: $(command_line)',
    german: {
      description: 'Eine Änderung an der Firewall behalten',
      message: 'Um eine Änderung an der Firewall zu behalten, ist eine Legitimation nötig: $(command_line)',
    },
  },
];

/** Verbs that root's own programs start, and nobody asks for: pkexec grants them to nobody by an action of ours. */
export const ROOTS_OWN = ['recover'];

const action = ({ verb, asks, description, message, german }) => `
  <action id="org.portcullis.${verb}">
    <description>${description}</description>
    <description xml:lang="de">${german.description}</description>
    <message>${message}</message>
    <message xml:lang="de">${german.message}</message>
    <icon_name>portcullis</icon_name>
    <defaults>
      <allow_any>${asks ? 'auth_admin' : 'auth_admin_keep'}</allow_any>
      <allow_inactive>${asks ? 'auth_admin' : 'auth_admin_keep'}</allow_inactive>
      <allow_active>${asks ? 'auth_admin' : 'yes'}</allow_active>
    </defaults>
    <annotate key="org.freedesktop.policykit.exec.path">${HELPER}</annotate>
    <annotate key="org.freedesktop.policykit.exec.argv1">${verb}</annotate>
  </action>`;

/** @param {readonly string[]} verbs the helper's own */
export const policy = (verbs) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE policyconfig PUBLIC "-//freedesktop//DTD PolicyKit Policy Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/PolicyKit/1/policyconfig.dtd">
<policyconfig>
  <vendor>Portcullis</vendor>
${ACTIONS.filter(({ verb }) => verbs.includes(verb))
  .map(action)
  .join('\n')}
</policyconfig>
`;
