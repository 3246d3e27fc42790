/** Hosts of containers and guests. */
import { type RealRuleset, table } from '../ruleset.ts';

/** A container behind docker0 with a web server on port 80. */
const container = (bridge: string, host: string, guest: string): readonly string[] => [
  `ip link add ${bridge} address 02:00:00:00:17:01 type bridge`,
  `ip address add ${host} dev ${bridge}`,
  'ip netns add guest',
  'ip link add veth0guest address 02:00:00:00:17:03 type veth peer name eth0 address 02:00:00:00:17:02 netns guest',
  `ip link set veth0guest master ${bridge} up`,
  `ip link set ${bridge} up`,
  `ip -n guest address add ${guest} dev eth0`,
  'ip -n guest link set eth0 up',
  'ip -n guest link set lo up',
  `ip -n guest route add default via ${host.split('/')[0] ?? ''}`,
  'sysctl -qw net.ipv4.conf.all.forwarding=1',
  'setsid ip netns exec guest python3 -m http.server 80 >/dev/null 2>&1 </dev/null & until ip netns exec guest ss -Hltn | grep -q :80; do sleep 0.05; done',
];

const docker20 = (publish: { nat: string; filter: string }): string =>
  table(
    'nat',
    ['PREROUTING ACCEPT', 'INPUT ACCEPT', 'OUTPUT ACCEPT', 'POSTROUTING ACCEPT', 'DOCKER -'],
    `
    -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
    -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
    -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
    -A DOCKER -i docker0 -j RETURN
    ${publish.nat}`,
  ) +
  table(
    'filter',
    ['FORWARD DROP', 'DOCKER -', 'DOCKER-ISOLATION-STAGE-1 -', 'DOCKER-ISOLATION-STAGE-2 -', 'DOCKER-USER -'],
    `
    -A FORWARD -j DOCKER-USER
    -A FORWARD -j DOCKER-ISOLATION-STAGE-1
    -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    -A FORWARD -o docker0 -j DOCKER
    -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
    -A FORWARD -i docker0 -o docker0 -j ACCEPT
    ${publish.filter}
    -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
    -A DOCKER-ISOLATION-STAGE-1 -j RETURN
    -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
    -A DOCKER-ISOLATION-STAGE-2 -j RETURN
    -A DOCKER-USER -j RETURN`,
  );

const web = {
  nat: `-A POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
        -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80`,
  filter: '-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT',
};
const webLocal = {
  nat: `-A POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
        -A DOCKER -d 127.0.0.1/32 ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80`,
  filter: web.filter,
};
const docker = { setup: container('docker0', '172.17.0.1/16', '172.17.0.2/16'), links: { docker0: 'bridge' } } as const;
const ports = [
  ['tcp', 8080],
  ['tcp', 80],
] as const;

export const containers: readonly RealRuleset[] = [
  {
    name: 'docker-20-published',
    says: 'Docker 20 to 27 with -p 8080:80 and no firewall',
    source: 'docs.docker.com/engine/network/packet-filtering-firewalls; moby, libnetwork/iptables',
    made: 'loaded',
    ...docker,
    iptables: { ipv4: docker20(web) },
    ports,
  },
  {
    name: 'docker-20-published-local',
    says: 'Docker 20 to 27 with -p 127.0.0.1:8080:80',
    source: 'the same',
    made: 'loaded',
    ...docker,
    iptables: { ipv4: docker20(webLocal) },
    ports,
  },
  {
    name: 'docker-28-published',
    says: 'Docker 28 with -p 8080:80: DOCKER-FORWARD, and direct access to containers dropped in raw',
    source: 'docs.docker.com/engine/release-notes/28; moby, daemon/libnetwork/drivers/bridge',
    made: 'loaded',
    ...docker,
    iptables: {
      ipv4:
        table('raw', ['PREROUTING ACCEPT'], '-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP') +
        table(
          'nat',
          ['PREROUTING ACCEPT', 'OUTPUT ACCEPT', 'POSTROUTING ACCEPT', 'DOCKER -'],
          `
          -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
          -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
          -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
          -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80`,
        ) +
        table(
          'filter',
          [
            'FORWARD DROP',
            'DOCKER -',
            'DOCKER-BRIDGE -',
            'DOCKER-CT -',
            'DOCKER-FORWARD -',
            'DOCKER-INTERNAL -',
            'DOCKER-USER -',
          ],
          `
          -A FORWARD -j DOCKER-USER
          -A FORWARD -j DOCKER-FORWARD
          -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
          -A DOCKER ! -i docker0 -o docker0 -j DROP
          -A DOCKER-BRIDGE -o docker0 -j DOCKER
          -A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
          -A DOCKER-FORWARD -j DOCKER-CT
          -A DOCKER-FORWARD -j DOCKER-INTERNAL
          -A DOCKER-FORWARD -j DOCKER-BRIDGE
          -A DOCKER-FORWARD -i docker0 -j ACCEPT`,
        ),
    },
    ports,
  },
  {
    name: 'docker-beside-ufw',
    says: "Docker's published port under ufw's deny: open all the same",
    source: 'docs.docker.com, Docker and ufw',
    made: 'loaded',
    ...docker,
    ufw: { commands: ['allow 22/tcp', 'deny 8080/tcp'] },
    iptables: { ipv4: docker20(web) },
    ports,
  },
  {
    name: 'ufw-docker',
    says: 'ufw-docker: DOCKER-USER hands what comes from outside to ufw',
    source: 'github.com/chaifeng/ufw-docker, README',
    made: 'loaded',
    ...docker,
    ufw: { commands: ['allow 22/tcp'] },
    iptables: {
      ipv4:
        docker20(web) +
        table(
          'filter',
          ['ufw-docker-logging-deny -', 'DOCKER-USER -'],
          `
          -A DOCKER-USER -j ufw-user-forward
          -A DOCKER-USER -j RETURN -s 10.0.0.0/8
          -A DOCKER-USER -j RETURN -s 172.16.0.0/12
          -A DOCKER-USER -j RETURN -s 192.168.0.0/16
          -A DOCKER-USER -p udp -m udp --sport 53 --dport 1024:65535 -j RETURN
          -A DOCKER-USER -j ufw-docker-logging-deny -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -d 192.168.0.0/16
          -A DOCKER-USER -j ufw-docker-logging-deny -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -d 10.0.0.0/8
          -A DOCKER-USER -j ufw-docker-logging-deny -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -d 172.16.0.0/12
          -A DOCKER-USER -j ufw-docker-logging-deny -p udp -m udp --dport 0:32767 -d 172.16.0.0/12
          -A DOCKER-USER -j RETURN
          -A ufw-docker-logging-deny -m limit --limit 3/min --limit-burst 10 -j LOG --log-prefix "[UFW DOCKER BLOCK] "
          -A ufw-docker-logging-deny -j DROP`,
        ),
    },
    ports,
  },
  {
    name: 'podman-netavark',
    says: 'Podman (root) with netavark and a published port',
    source: 'github.com/containers/netavark, src/network/iptables.rs',
    made: 'loaded',
    setup: container('podman0', '10.88.0.1/16', '10.88.0.2/16'),
    links: { podman0: 'bridge' },
    iptables: {
      ipv4:
        table(
          'nat',
          [
            'PREROUTING ACCEPT',
            'OUTPUT ACCEPT',
            'POSTROUTING ACCEPT',
            'NETAVARK-1D8721804F16F -',
            'NETAVARK-DN-1D8721804F16F -',
            'NETAVARK-HOSTPORT-DNAT -',
            'NETAVARK-HOSTPORT-MASQ -',
            'NETAVARK-HOSTPORT-SETMARK -',
          ],
          `
          -A PREROUTING -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT
          -A OUTPUT -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT
          -A POSTROUTING -j NETAVARK-HOSTPORT-MASQ
          -A POSTROUTING -s 10.88.0.0/16 -j NETAVARK-1D8721804F16F
          -A NETAVARK-1D8721804F16F -d 10.88.0.0/16 -j ACCEPT
          -A NETAVARK-1D8721804F16F ! -d 224.0.0.0/4 -j MASQUERADE
          -A NETAVARK-DN-1D8721804F16F -s 10.88.0.0/16 -p tcp -m tcp --dport 8080 -j NETAVARK-HOSTPORT-SETMARK
          -A NETAVARK-DN-1D8721804F16F -s 127.0.0.1/32 -p tcp -m tcp --dport 8080 -j NETAVARK-HOSTPORT-SETMARK
          -A NETAVARK-DN-1D8721804F16F -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.88.0.2:80
          -A NETAVARK-HOSTPORT-DNAT -p tcp -m tcp --dport 8080 -m comment --comment "dnat name: podman id: 0f" -j NETAVARK-DN-1D8721804F16F
          -A NETAVARK-HOSTPORT-MASQ -m comment --comment "netavark portfw masq mark" -m mark --mark 0x2000/0x2000 -j MASQUERADE
          -A NETAVARK-HOSTPORT-SETMARK -j MARK --set-xmark 0x2000/0x2000`,
        ) +
        table(
          'filter',
          [
            'INPUT ACCEPT',
            'FORWARD ACCEPT',
            'NETAVARK_FORWARD -',
            'NETAVARK_INPUT -',
            'NETAVARK_ISOLATION_2 -',
            'NETAVARK_ISOLATION_3 -',
          ],
          `
          -A INPUT -m comment --comment "netavark firewall rules" -j NETAVARK_INPUT
          -A FORWARD -m comment --comment "netavark firewall rules" -j NETAVARK_FORWARD
          -A NETAVARK_FORWARD -m conntrack --ctstate INVALID -j DROP
          -A NETAVARK_FORWARD -d 10.88.0.0/16 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
          -A NETAVARK_FORWARD -s 10.88.0.0/16 -j ACCEPT
          -A NETAVARK_INPUT -s 10.88.0.0/16 -p udp -m udp --dport 53 -j ACCEPT
          -A NETAVARK_ISOLATION_3 -o podman0 -j DROP
          -A NETAVARK_ISOLATION_3 -j NETAVARK_ISOLATION_2`,
        ),
    },
    ports,
  },
  {
    name: 'podman-netavark-nft',
    says: 'Podman 5 with netavark on nftables and a published port',
    source: 'github.com/containers/netavark, src/firewall/nft.rs',
    made: 'loaded',
    setup: container('podman0', '10.88.0.1/16', '10.88.0.2/16'),
    links: { podman0: 'bridge' },
    nftables: `table inet netavark {
      chain INPUT { type filter hook input priority filter; policy accept;
        ip saddr 10.88.0.0/16 meta l4proto { tcp, udp } th dport 53 accept }
      chain FORWARD { type filter hook forward priority filter; policy accept;
        ct state invalid drop
        jump NETAVARK-ISOLATION-1
        ip daddr 10.88.0.0/16 ct state { established, related } accept
        ip saddr 10.88.0.0/16 accept }
      chain POSTROUTING { type nat hook postrouting priority srcnat; policy accept;
        meta mark & 0x00002000 == 0x00002000 masquerade
        ip saddr 10.88.0.0/16 jump nv_2f259bab_10_88_0_0_nm16 }
      chain PREROUTING { type nat hook prerouting priority dstnat; policy accept;
        fib daddr type local jump NETAVARK-HOSTPORT-DNAT }
      chain OUTPUT { type nat hook output priority -100; policy accept;
        fib daddr type local jump NETAVARK-HOSTPORT-DNAT }
      chain NETAVARK-HOSTPORT-DNAT { tcp dport 8080 jump nv_2f259bab_10_88_0_0_nm16_dnat }
      chain NETAVARK-HOSTPORT-SETMARK { meta mark set meta mark | 0x00002000 }
      chain NETAVARK-ISOLATION-1 { }
      chain nv_2f259bab_10_88_0_0_nm16 { ip daddr 10.88.0.0/16 accept
        ip daddr != 224.0.0.0/4 masquerade }
      chain nv_2f259bab_10_88_0_0_nm16_dnat {
        ip saddr 10.88.0.0/16 tcp dport 8080 jump NETAVARK-HOSTPORT-SETMARK
        ip saddr 127.0.0.1 tcp dport 8080 jump NETAVARK-HOSTPORT-SETMARK
        tcp dport 8080 dnat ip to 10.88.0.2:80 }
    }`,
    ports,
  },
  {
    name: 'k3s-flannel',
    says: 'k3s: a NodePort over two pods, flannel, kube-router network policies left out',
    source: 'docs.k3s.io; kubernetes, pkg/proxy/iptables/proxier.go',
    made: 'loaded',
    setup: container('cni0', '10.42.0.1/24', '10.42.0.2/24'),
    links: { cni0: 'bridge' },
    iptables: {
      ipv4:
        table(
          'nat',
          [
            'PREROUTING ACCEPT',
            'OUTPUT ACCEPT',
            'POSTROUTING ACCEPT',
            'KUBE-MARK-MASQ -',
            'KUBE-NODEPORTS -',
            'KUBE-POSTROUTING -',
            'KUBE-SERVICES -',
            'KUBE-EXT-WEB -',
            'KUBE-SVC-WEB -',
            'KUBE-SEP-ONE -',
            'KUBE-SEP-TWO -',
          ],
          `
          -A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
          -A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
          -A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING
          -A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
          -A KUBE-NODEPORTS -p tcp -m comment --comment "default/web" -m tcp --dport 30080 -j KUBE-EXT-WEB
          -A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
          -A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0
          -A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE
          -A KUBE-EXT-WEB -m comment --comment "masquerade traffic for default/web external destinations" -j KUBE-MARK-MASQ
          -A KUBE-EXT-WEB -j KUBE-SVC-WEB
          -A KUBE-SERVICES -d 10.43.0.10/32 -p tcp -m comment --comment "default/web cluster IP" -m tcp --dport 80 -j KUBE-SVC-WEB
          -A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS
          -A KUBE-SVC-WEB -m comment --comment "default/web -> 10.42.0.2:80" -m statistic --mode random --probability 0.5 -j KUBE-SEP-ONE
          -A KUBE-SVC-WEB -m comment --comment "default/web -> 10.42.0.2:80" -j KUBE-SEP-TWO
          -A KUBE-SEP-ONE -s 10.42.0.2/32 -j KUBE-MARK-MASQ
          -A KUBE-SEP-ONE -p tcp -m tcp -j DNAT --to-destination 10.42.0.2:80
          -A KUBE-SEP-TWO -s 10.42.0.2/32 -j KUBE-MARK-MASQ
          -A KUBE-SEP-TWO -p tcp -m tcp -j DNAT --to-destination 10.42.0.2:80`,
        ) +
        table(
          'filter',
          [
            'INPUT ACCEPT',
            'FORWARD ACCEPT',
            'FLANNEL-FWD -',
            'KUBE-EXTERNAL-SERVICES -',
            'KUBE-FIREWALL -',
            'KUBE-FORWARD -',
            'KUBE-NODEPORTS -',
            'KUBE-PROXY-FIREWALL -',
            'KUBE-SERVICES -',
          ],
          `
          -A INPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL
          -A INPUT -m comment --comment "kubernetes health check service ports" -j KUBE-NODEPORTS
          -A INPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals" -j KUBE-EXTERNAL-SERVICES
          -A INPUT -j KUBE-FIREWALL
          -A FORWARD -m comment --comment "kubernetes forwarding rules" -j KUBE-FORWARD
          -A FORWARD -m comment --comment "flanneld forward" -j FLANNEL-FWD
          -A FLANNEL-FWD -s 10.42.0.0/16 -j ACCEPT
          -A FLANNEL-FWD -d 10.42.0.0/16 -j ACCEPT
          -A KUBE-FIREWALL ! -s 127.0.0.0/8 -d 127.0.0.0/8 -m comment --comment "block incoming localnet connections" -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP
          -A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP
          -A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT
          -A KUBE-FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
        ),
    },
    ports: [
      ['tcp', 30080],
      ['tcp', 80],
    ],
  },
  {
    name: 'libvirt-iptables',
    says: "libvirt's default network, as libvirt 5.1 to 10.3 writes it",
    source: 'libvirt.org/firewall.html; libvirt, src/network/network_iptables.c',
    made: 'loaded',
    setup: [
      'ip link add virbr0 address 02:00:00:00:17:01 type bridge',
      'ip address add 192.168.122.1/24 dev virbr0',
      'ip link set virbr0 up',
      'sysctl -qw net.ipv4.conf.all.forwarding=1',
    ],
    links: { virbr0: 'bridge' },
    iptables: {
      ipv4:
        table(
          'filter',
          ['INPUT ACCEPT', 'FORWARD ACCEPT', 'LIBVIRT_INP -', 'LIBVIRT_FWI -', 'LIBVIRT_FWO -', 'LIBVIRT_FWX -'],
          `
          -A INPUT -j LIBVIRT_INP
          -A FORWARD -j LIBVIRT_FWX
          -A FORWARD -j LIBVIRT_FWI
          -A FORWARD -j LIBVIRT_FWO
          -A LIBVIRT_INP -i virbr0 -p udp -m udp --dport 53 -j ACCEPT
          -A LIBVIRT_INP -i virbr0 -p tcp -m tcp --dport 53 -j ACCEPT
          -A LIBVIRT_INP -i virbr0 -p udp -m udp --dport 67 -j ACCEPT
          -A LIBVIRT_FWI -d 192.168.122.0/24 -o virbr0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
          -A LIBVIRT_FWI -o virbr0 -j REJECT --reject-with icmp-port-unreachable
          -A LIBVIRT_FWO -s 192.168.122.0/24 -i virbr0 -j ACCEPT
          -A LIBVIRT_FWO -i virbr0 -j REJECT --reject-with icmp-port-unreachable
          -A LIBVIRT_FWX -i virbr0 -o virbr0 -j ACCEPT`,
        ) +
        table(
          'nat',
          ['POSTROUTING ACCEPT', 'LIBVIRT_PRT -'],
          `
          -A POSTROUTING -j LIBVIRT_PRT
          -A LIBVIRT_PRT -s 192.168.122.0/24 -d 224.0.0.0/24 -j RETURN
          -A LIBVIRT_PRT -s 192.168.122.0/24 ! -d 192.168.122.0/24 -p tcp -j MASQUERADE --to-ports 1024-65535
          -A LIBVIRT_PRT -s 192.168.122.0/24 ! -d 192.168.122.0/24 -j MASQUERADE`,
        ) +
        table('mangle', ['POSTROUTING ACCEPT', 'LIBVIRT_PRT -'], '-A POSTROUTING -j LIBVIRT_PRT'),
    },
  },
  {
    name: 'libvirt-nftables',
    says: "libvirt's default network on nftables, beside ufw",
    source: 'libvirt, src/network/network_nftables.c',
    made: 'loaded',
    setup: [
      'ip link add virbr0 address 02:00:00:00:17:01 type bridge',
      'ip address add 192.168.122.1/24 dev virbr0',
      'ip link set virbr0 up',
      'sysctl -qw net.ipv4.conf.all.forwarding=1',
    ],
    links: { virbr0: 'bridge' },
    ufw: { commands: ['allow 22/tcp'] },
    nftables: `table ip libvirt_network {
      chain forward { type filter hook forward priority filter; policy accept;
        counter jump guest_cross
        counter jump guest_input
        counter jump guest_output }
      chain guest_output { ip saddr 192.168.122.0/24 iif "virbr0" counter accept
        iif "virbr0" counter reject }
      chain guest_input { oif "virbr0" ip daddr 192.168.122.0/24 ct state established,related counter accept
        oif "virbr0" counter reject }
      chain guest_cross { iif "virbr0" oif "virbr0" counter accept }
      chain guest_nat { type nat hook postrouting priority srcnat; policy accept;
        ip saddr 192.168.122.0/24 ip daddr 224.0.0.0/24 counter return
        ip saddr 192.168.122.0/24 ip daddr != 192.168.122.0/24 counter masquerade }
    }`,
  },
  {
    name: 'incus-nftables',
    says: 'Incus with its bridge',
    source: 'github.com/lxc/incus, internal/server/firewall/drivers/drivers_nftables_templates.go',
    made: 'loaded',
    setup: [
      'ip link add incusbr0 address 02:00:00:00:17:01 type bridge',
      'ip address add 10.20.30.1/24 dev incusbr0',
      'ip link set incusbr0 up',
      'sysctl -qw net.ipv4.conf.all.forwarding=1',
    ],
    links: { incusbr0: 'bridge' },
    nftables: `table inet incus {
      chain pstrt.incusbr0 { type nat hook postrouting priority srcnat; policy accept;
        ip saddr 10.20.30.0/24 ip daddr != 10.20.30.0/24 masquerade }
      chain fwd.incusbr0 { type filter hook forward priority filter; policy accept;
        ip version 4 oifname "incusbr0" accept
        ip version 4 iifname "incusbr0" accept }
      chain in.incusbr0 { type filter hook input priority filter; policy accept;
        iifname "incusbr0" tcp dport 53 accept
        iifname "incusbr0" udp dport 53 accept
        iifname "incusbr0" icmp type { 3, 11, 12 } accept
        iifname "incusbr0" udp dport 67 accept }
    }`,
  },
];
