/** The rules of advice by their names: what stands before the colon in a finding's id. */
export const REPORT_RULES = [
  'around-firewall',
  'limited',
  'exposed-debugger',
  'exposed-dev-server',
  'exposed-database',
  'exposed-admin',
  'exposed-container',
  'exposed-remote-access',
  'exposed-file-sharing',
  'exposed-discovery',
  'exposed-service',
  'exposed-program',
  'forwarded-port',
  'firewall-off',
  'firewall-absent',
  'firewall-allows',
  'firewalld',
  'two-firewalls',
  'reach-unknown',
  'powerless-deny',
  'unused-opening',
  'idle-rules',
  'tunnel',
  'exposed-http-sys',
  'exposed-port-proxy',
  'windows',
  'mac-setting',
  'mac-setting-unsure',
  'mac-unless-pf',
  'mac-stealth',
  'mac-signed',
  'mac-pf',
] as const;

export type ReportRule = (typeof REPORT_RULES)[number];

/** `exposed-database` of `exposed-database:tcp/5432`. */
export const ruleNameOf = ({ id }: { readonly id: string }): string => id.slice(0, id.indexOf(':'));
