/** What is not known, in German. */
import type { BesidePart, BpfPlace, Device, GapWhat } from '../../../core/gaps/index.ts';
import { sentence } from '../format.ts';

export function germanWhat(what: GapWhat): string {
  switch (what.kind) {
    case 'addresses':
      return 'die Adressen dieses Computers';
    case 'sysctls':
      return 'Einstellungen des Kernels';
    case 'listening':
      return 'lauschende Ports';
    case 'connections':
      return 'bestehende Verbindungen';
    case 'dual-stack':
      return 'welche IPv6-Ports auch IPv4 annehmen';
    case 'owners':
      return 'die Programme hinter manchen Ports';
    case 'units':
      return 'die Systemdienste';
    case 'kernel-tables':
      return 'die Regeln im Kernel';
    case 'nftables':
      return 'Regeln von nftables';
    case 'nftables-list':
      return 'die Liste der Regeln von nftables';
    case 'own-table':
      return 'die Tabelle inet portcullis im Kernel';
    case 'ufw-on':
      return 'ob ufw an ist';
    case 'ufw-defaults':
      return 'die Voreinstellungen von ufw';
    case 'firewalld-in-kernel':
      return 'die Regeln von firewalld im Kernel';
    case 'part-of-a-rule':
      return 'ein Teil einer Regel der Firewall';
    case 'parts-of-rules':
      return 'Teile von Regeln der Firewall';
    case 'kept':
      return 'was du offen gelassen hast';
    case 'routes':
      return what.family === null ? 'Routen' : `Routen, IPv${what.family}`;
    case 'kernel-rules': {
      const by = [...(what.by === null ? [] : [what.by]), ...(what.family === null ? [] : [`IPv${what.family}`])];
      return `Regeln des Kernels${by.length === 0 ? '' : ` (${by.join(', ')})`}${what.legacy ? ', Legacy-Tabellen' : ''}`;
    }
    case 'table':
      return `Regeln der Tabelle ${sentence(what.table)}`;
    case 'file':
      return sentence(what.path);
    case 'ufw-rules-end':
      return `das Ende von ${sentence(what.path)}`;
    case 'ufw-rule':
      return `eine Regel in ${sentence(what.path)}`;
    case 'ufw-setting':
      return `die Einstellung ${sentence(what.setting)} von ufw`;
    case 'ufw-rules':
      return `die IPv${what.family}-Regeln von ufw`;
    case 'firewalld':
      return FIREWALLD[what.part];
    case 'firewalld-entry':
      return `${ENTRY[what.of]} ${sentence(what.name)} von firewalld`;
    case 'beside':
      return `was neben den Regeln entscheidet${what.part === null ? '' : `: ${partOf(what.part)}`}`;
    case 'xdp':
      return `ein XDP-Programm an ${sentence(what.device)}${named(what.programs)}`;
    case 'vrf':
      return `das VRF ${sentence(what.vrf)}`;
    case 'tc-filters':
      return `Filter der Verkehrssteuerung an ${deviceOf(what.device)}, ${what.hook === 'ingress' ? 'eingehend' : 'ausgehend'}`;
    case 'bpf':
      return `ein BPF-Programm ${placeOf(what.at)}${named(what.programs)}`;
    case 'ipsec':
      return `eine IPsec-Richtlinie für ${sentence(what.from)} nach ${sentence(what.to)}`;
    case 'windows':
      return WINDOWS[what.part];
    case 'mac':
      return MAC[what.part];
    case 'pf-anchor':
      return `die Regeln im Anker ${sentence(what.anchor)} von pf`;
  }
}

const MAC: Readonly<Record<Extract<GapWhat, { kind: 'mac' }>['part'], string>> = {
  pf: 'die Regeln des Paketfilters (pf)',
  'pf-redirects': 'wohin der Paketfilter (pf) Verbindungen umleitet',
  'application-firewall': 'die Einstellungen der Programm-Firewall',
  'application-list': 'die Liste der Programme in der Programm-Firewall',
};

const WINDOWS: Readonly<Record<Extract<GapWhat, { kind: 'windows' }>['part'], string>> = {
  rules: 'die Regeln der Windows-Firewall',
  policy: 'die Firewall-Regeln der Gruppenrichtlinie',
  settings: 'die Einstellungen der Windows-Firewall',
  services: 'ob der Dienst der Windows-Firewall läuft',
  products: 'ob eine andere Firewall an die Stelle der Windows-Firewall getreten ist',
  'port-proxy': 'Ports, die weitergeleitet werden (netsh interface portproxy)',
};

const FIREWALLD: Readonly<Record<Extract<GapWhat, { kind: 'firewalld' }>['part'], string>> = {
  on: 'ob firewalld an ist',
  'default-zone': 'die Standardzone von firewalld',
  'active-zones': 'die aktiven Zonen von firewalld',
  panic: 'ob firewalld im Panikmodus ist',
  zones: 'was in den Zonen von firewalld steht',
};

const ENTRY: Readonly<Record<Extract<GapWhat, { kind: 'firewalld-entry' }>['of'], string>> = {
  zone: 'die Zone',
  policy: 'die Richtlinie',
  service: 'der Dienst',
  'kept-zone': 'die dauerhafte Zone',
  'kept-policy': 'die dauerhafte Richtlinie',
};

const PARTS: Readonly<Record<Exclude<BesidePart['kind'], 'named'>, string>> = {
  'traffic-control': 'die Verkehrssteuerung',
  ipsec: 'IPsec-Richtlinien',
  nftables: 'nftables',
  bpf: 'BPF-Programme',
};

const partOf = (part: BesidePart): string => (part.kind === 'named' ? sentence(part.name) : PARTS[part.kind]);

const deviceOf = (device: Device): string => (typeof device === 'string' ? sentence(device) : `Gerät ${device}`);

function placeOf(place: BpfPlace): string {
  switch (place.on) {
    case 'device':
      return `an ${deviceOf(place.device)}`;
    case 'sk-lookup':
      return 'für sk_lookup';
    case 'netfilter':
      return 'in netfilter, hier oder in einem Container';
    case 'cgroup':
      return place.unit === null ? 'für alle Programme' : `für ${sentence(place.unit)}`;
  }
}

const named = (programs: readonly string[]): string =>
  programs.length === 0 ? '' : ` (${programs.map(sentence).join(', ')})`;
