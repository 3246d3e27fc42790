/** Who puts rules into Windows Firewall, where it is no program: shown under these names; each language has its own. */
export const TOOLS = {
  windows: 'Windows',
  policy: 'group policy',
  mdm: 'device management',
  app: 'an app of the store',
} as const;
