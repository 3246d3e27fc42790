/** Containers, clusters and virtual machines, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const CLUSTER =
  'Wer ein Zertifikat oder Token hat oder einen Fehler ausnutzt, könnte im Cluster Programme laufen lassen.';

export const container: Readonly<Record<string, GermanService>> = {
  'container-registry': {
    purpose: 'Bewahrt Container-Images auf und gibt sie heraus.',
    ifExposed: 'Jemand könnte deine Images holen und sie austauschen, wo kein Passwort gesetzt ist.',
    ifClosed: 'Andere Computer können von hier keine Images mehr holen.',
  },
  'docker-api': {
    purpose: 'Startet und stoppt Container im Auftrag anderer Programme.',
    ifExposed: 'Ohne Zertifikate hat jeder, der sich verbindet, volle Kontrolle über diesen Computer.',
    ifClosed: 'Andere Computer können Docker hier nicht mehr steuern. Der Befehl docker geht hier weiterhin.',
    bindLocal: 'dockerd ohne -H tcp:// starten, oder mit -H tcp://127.0.0.1:2375',
  },
  'docker-swarm': {
    purpose: 'Verbindet mehrere Computer, auf denen Container laufen.',
    ifExposed:
      'Wer das Beitritts-Token hat, könnte einen eigenen Computer hinzufügen; das Overlay-Netz ist nicht verschlüsselt.',
    ifClosed: 'Dieser Computer verlässt seinen Swarm.',
  },
  etcd: {
    purpose: 'Bewahrt die Einstellungen und Geheimnisse eines Clusters auf.',
    ifExposed: 'Jemand könnte alle Geheimnisse des Clusters lesen und ändern, wo keine Zertifikate verlangt werden.',
    ifClosed: 'Andere Mitglieder des Clusters erreichen dieses nicht mehr.',
  },
  incus: {
    purpose: 'Betreibt Container und virtuelle Maschinen.',
    ifExposed: 'Wer ein Zertifikat hat, dem vertraut wird, hat volle Kontrolle über diesen Computer.',
    ifClosed:
      'Andere Computer können hier keine Container mehr verwalten. Die Befehle incus und lxc gehen hier weiterhin.',
  },
  kubelet: {
    purpose: 'Lässt die Container eines Kubernetes-Clusters auf diesem Computer laufen.',
    ifExposed: CLUSTER,
    ifClosed:
      'Ein Cluster auf anderen Computern kann diesen nicht mehr nutzen. Ein Cluster, das nur hier besteht, geht weiterhin.',
    bindLocal: 'In seiner Konfiguration: address: 127.0.0.1',
  },
  'kubernetes-api': {
    purpose: 'Startet und stoppt Container in einem Kubernetes-Cluster.',
    ifExposed: CLUSTER,
    ifClosed: 'Andere Computer erreichen dieses Cluster mit kubectl nicht mehr. Dieser Computer erreicht es weiter.',
  },
  libvirt: {
    purpose: 'Verwaltet virtuelle Maschinen von anderen Computern aus.',
    ifExposed:
      'Wer hereinkommt, hat volle Kontrolle über die virtuellen Maschinen und meist auch über diesen Computer.',
    ifClosed:
      'Andere Computer können hier keine virtuellen Maschinen mehr verwalten. virt-manager geht hier weiterhin.',
  },
  'podman-api': {
    purpose: 'Startet und stoppt Container im Auftrag anderer Programme.',
    ifExposed:
      'Es fragt nach keinem Passwort: Jemand könnte Programme mit den Rechten des Benutzers laufen lassen, unter dem Podman läuft.',
    ifClosed: 'Andere Computer können Podman hier nicht mehr steuern. Der Befehl podman geht hier weiterhin.',
  },
  portainer: {
    purpose: 'Verwaltet Container über eine Webseite.',
    ifExposed:
      'Wer das Passwort kennt oder errät, hat volle Kontrolle über die Container und meist auch über diesen Computer.',
    ifClosed: 'Du kannst Container nicht mehr von einem anderen Gerät aus verwalten.',
  },
  'published-port': {
    purpose: 'Reicht Verbindungen an ein Programm weiter, das in einem Container läuft.',
    ifExposed: 'Jemand könnte nutzen, was in dem Container läuft, als liefe es hier.',
    ifClosed: 'Andere Geräte erreichen das Programm im Container nicht mehr. Dieser Computer erreicht es weiter.',
    bindLocal: 'Nur auf diesem Computer veröffentlichen, zum Beispiel: -p 127.0.0.1:8080:80',
  },
  spice: {
    purpose: 'Zeigt und steuert den Bildschirm einer virtuellen Maschine.',
    ifExposed:
      'Jemand könnte die virtuelle Maschine sehen und steuern; ist kein Passwort gesetzt, wird niemand gefragt.',
    ifClosed:
      'Andere Computer können den Bildschirm der virtuellen Maschine nicht mehr öffnen. Dieser Computer kann es weiter.',
    bindLocal: 'In den Einstellungen der Maschine: an 127.0.0.1 lauschen',
  },
};
