/** Who puts rules into Windows Firewall, where it is no program: shown under these names; each language has its own. */
export const TOOLS = {
  windows: 'Windows',
  policy: 'Group policy',
  mdm: 'Device management',
  app: 'A store app',
} as const;
