/** Programs that make rules of their own, as they call themselves. */

/** Those whose rules let people in before a firewall is asked. */
export const RULE_MAKERS: Readonly<Record<string, string>> = {
  docker: 'Docker',
  podman: 'Podman',
  libvirt: 'libvirt',
  tailscale: 'Tailscale',
  firewalld: 'firewalld',
  portcullis: 'Portcullis',
};

/** Those whose rules lead a port on; which of several it is cannot be told. */
export const LEADERS: Readonly<Record<string, readonly string[]>> = {
  docker: ['Docker'],
  podman: ['Podman'],
  libvirt: ['libvirt'],
  incus: ['Incus', 'LXD'],
  kubernetes: ['Kubernetes'],
};
