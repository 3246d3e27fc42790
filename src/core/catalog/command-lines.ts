/**
 * What the command line of a general runtime (node, python3, java …) says about the server that it runs.
 *
 * A command line is the process's own word, good enough for a name and for nothing else.
 */
import type { Protocol } from '../model.ts';

export type Runtime = 'node' | 'python' | 'java' | 'ruby' | 'php' | 'perl' | 'erlang' | 'dotnet';

const RUNTIMES: ReadonlyMap<string, Runtime> = new Map([
  ...['node', 'nodejs', 'node-mainthread', 'mainthread', 'deno', 'bun', 'bunx', 'npm', 'npx', 'tsx', 'ts-node'].map(
    (name) => [name, 'node'] as const,
  ),
  ...['python', 'pythonw', 'pypy', 'ipython', 'uv', 'uvx'].map((name) => [name, 'python'] as const),
  ...['java', 'javaw', 'jsvc'].map((name) => [name, 'java'] as const),
  ...['ruby', 'jruby', 'irb'].map((name) => [name, 'ruby'] as const),
  ...['php', 'php-cgi', 'frankenphp'].map((name) => [name, 'php'] as const),
  ['perl', 'perl'],
  ...['beam', 'beam.smp', 'erl'].map((name) => [name, 'erlang'] as const),
  ...['dotnet', 'mono', 'mono-sgen'].map((name) => [name, 'dotnet'] as const),
]);

/** Which general runtime a program name (`python3.11`) stands for, or null. */
export const runtimeOf = (program: string): Runtime | null =>
  RUNTIMES.get(program) ?? RUNTIMES.get(program.replace(/\d[\d.]*t?$/, '')) ?? null;

interface Hint {
  readonly service: string;
  /** Lower case; at least one of them stands in the command line. Looked for first, since that costs next to nothing. */
  readonly words: readonly string[];
  /** How they have to stand there; null: anywhere. */
  readonly shape: ((words: readonly string[]) => RegExp) | null;
  /** The port is named in the command line, or is this one. Without it any port of the process will do. */
  readonly port?: { readonly usual: number; readonly named: RegExp };
}

const literal = (words: readonly string[]): string => words.map((word) => word.replace(/[.@]/g, '\\$&')).join('|');

/** A tool: by itself, as the last part of a path, or inside node_modules. */
const tool = (words: readonly string[]): RegExp =>
  new RegExp(
    `(?:^|[\\s/\\\\])(?:${literal(words)})(?:\\.[cm]?[jt]s|\\.py|\\.rb|\\.cmd)?(?=\\s|$)|[/\\\\]node_modules[/\\\\](?:${literal(words)})[/\\\\]`,
    'i',
  );

/** A Python module: `-m name`, or a tool. */
const module = (words: readonly string[]): RegExp =>
  new RegExp(`\\s-m\\s*(?:${literal(words)})(?=[\\s.]|$)|${tool(words).source}`, 'i');

const like = (shape: RegExp) => (): RegExp => shape;

// The first that fits wins, so the narrow ones stand first.
const hints: Readonly<Record<Runtime, readonly Hint[]>> = {
  node: [
    {
      service: 'node-inspector',
      words: ['--inspect'],
      shape: null,
      port: { usual: 9229, named: /--inspect(?:-brk|-wait|-port)?=(?:\S*:)?(\d+)(?=\s|$)/ },
    },
    { service: 'storybook', words: ['storybook', 'start-storybook'], shape: tool },
    { service: 'next', words: ['next', 'next-server'], shape: tool },
    { service: 'nuxt', words: ['nuxt', 'nuxi', '@nuxt/cli'], shape: tool },
    { service: 'astro', words: ['astro'], shape: tool },
    { service: 'angular', words: ['@angular/cli'], shape: null },
    { service: 'angular', words: ['ng'], shape: like(/(?:^|[\s/\\])ng(?:\.js)?\s+(?:serve|dev|s)\b/) },
    { service: 'webpack', words: ['webpack', 'webpack-dev-server', 'vue-cli-service'], shape: tool },
    { service: 'metro', words: ['metro', 'react-native', 'expo'], shape: tool },
    { service: 'live-server', words: ['live-server', 'browser-sync', 'livereload'], shape: tool },
    { service: 'parcel', words: ['parcel'], shape: tool },
    { service: 'verdaccio', words: ['verdaccio'], shape: tool },
    { service: 'node-red', words: ['node-red'], shape: tool },
    { service: 'vscode-server', words: ['code-server', 'openvscode-server'], shape: tool },
    { service: 'firebase-emulator', words: ['firebase', 'firebase-tools'], shape: tool },
    { service: 'workerd', words: ['wrangler', 'workerd'], shape: tool },
    { service: 'ttyd', words: ['wetty'], shape: tool },
    { service: 'vite', words: ['vite', 'vitest'], shape: tool },
    {
      service: 'dev-server',
      words: [
        'http-server',
        'serve',
        'json-server',
        'nodemon',
        'react-scripts',
        'gatsby',
        'eleventy',
        'docusaurus',
        'nest',
        'remix',
      ],
      shape: tool,
    },
  ],
  python: [
    {
      service: 'debugpy',
      words: ['debugpy'],
      shape: null,
      port: { usual: 5678, named: /--listen[\s=]+(?:\S*:)?(\d+)(?=\s|$)/ },
    },
    { service: 'django', words: ['runserver'], shape: null },
    { service: 'flask', words: ['flask'], shape: module },
    { service: 'streamlit', words: ['streamlit'], shape: module },
    { service: 'tensorboard', words: ['tensorboard'], shape: module },
    {
      service: 'jupyter',
      words: [
        'jupyter',
        'jupyterhub',
        'jupyter-lab',
        'jupyter-notebook',
        'jupyter-server',
        'ipykernel',
        'ipykernel_launcher',
      ],
      shape: module,
    },
    { service: 'open-webui', words: ['open-webui'], shape: tool },
    { service: 'comfyui', words: ['comfyui'], shape: null },
    {
      service: 'stable-diffusion',
      words: ['stable-diffusion', 'text-generation-webui', 'gradio', 'invokeai', 'fooocus'],
      shape: null,
    },
    { service: 'llama-server', words: ['vllm', 'llama_cpp', 'sglang'], shape: module },
    { service: 'home-assistant', words: ['hass', 'homeassistant'], shape: module },
    { service: 'proxy', words: ['mitmproxy', 'mitmweb', 'mitmdump'], shape: module },
    { service: 'ftp', words: ['pyftpdlib'], shape: module },
    { service: 'webdav', words: ['wsgidav'], shape: module },
    { service: 'ws-discovery', words: ['wsdd'], shape: module },
    { service: 'warpinator', words: ['warpinator'], shape: null },
    { service: 'monitoring-agent', words: ['glances'], shape: module },
    {
      service: 'dev-server',
      words: [
        'http.server',
        'simplehttpserver',
        'uvicorn',
        'gunicorn',
        'hypercorn',
        'waitress',
        'mkdocs',
        'fastapi',
        'werkzeug',
        'daphne',
      ],
      shape: module,
    },
  ],
  java: [
    {
      service: 'jdwp',
      words: ['jdwp'],
      shape: null,
      port: { usual: 5005, named: /jdwp[=:]\S*?address=(?:[^\s,]*:)?(\d+)(?=[\s,]|$)/ },
    },
    { service: 'jetbrains-ide', words: ['com.intellij.idea.main'], shape: null },
    { service: 'elasticsearch', words: ['org.elasticsearch.', 'org.opensearch.'], shape: null },
    { service: 'kafka', words: ['kafka.kafka', 'org.apache.zookeeper'], shape: null },
    { service: 'neo4j', words: ['org.neo4j.', 'com.neo4j.'], shape: null },
    { service: 'cassandra', words: ['org.apache.cassandra.'], shape: null },
    { service: 'jenkins', words: ['jenkins.war'], shape: null },
    { service: 'unifi', words: ['ace.jar'], shape: like(/(?:^|[\s/])ace\.jar(?=\s|$)/) },
    { service: 'webdriver', words: ['selenium'], shape: null },
    { service: 'minecraft', words: ['net.minecraft.', 'minecraft_server'], shape: null },
    { service: 'minecraft', words: ['nogui'], shape: like(/\.jar(?=\s).*\snogui(?=\s|$)/i) },
    {
      service: 'java-web',
      words: ['catalina', 'spring-boot', 'jetty', 'wildfly', 'quarkus'],
      shape: null,
    },
    { service: 'java-web', words: ['.war'], shape: like(/\.war(?=\s|$)/i) },
  ],
  ruby: [
    { service: 'rails', words: ['rails', 'puma'], shape: tool },
    { service: 'jekyll', words: ['jekyll'], shape: tool },
    { service: 'mail-catcher', words: ['mailcatcher'], shape: tool },
    { service: 'dev-server', words: ['rackup', 'thin', 'webrick', 'unicorn', 'falcon'], shape: tool },
    { service: 'dev-server', words: ['httpd'], shape: like(/\s-run\s+-e\s*httpd\b/) },
  ],
  php: [
    { service: 'php-server', words: ['-s'], shape: like(/\s-S\s/) },
    { service: 'php-server', words: ['artisan serve', 'server:start'], shape: null },
  ],
  perl: [{ service: 'webmin', words: ['miniserv.pl'], shape: null }],
  erlang: [
    { service: 'rabbitmq', words: ['rabbit'], shape: null },
    { service: 'couchdb', words: ['couch'], shape: null },
    { service: 'xmpp', words: ['ejabberd'], shape: null },
    { service: 'mqtt', words: ['emqx'], shape: null },
  ],
  dotnet: [{ service: 'jellyfin', words: ['jellyfin.dll'], shape: null }],
};

/** Characters of a command line that are looked at; the rest is data that somebody passed along. */
const LOOK = 4096;

const shapes = new Map<Hint, RegExp>();

function shapeOf(hint: Hint, make: (words: readonly string[]) => RegExp): RegExp {
  const known = shapes.get(hint) ?? make(hint.words);
  shapes.set(hint, known);
  return known;
}

/** The id of the service that a runtime's command line names, or null. */
export function serviceOfCommandLine(
  runtime: Runtime,
  commandLine: string,
  protocol: Protocol,
  port: number,
): string | null {
  const text = commandLine.slice(0, LOOK).replaceAll('\u0000', ' ');
  const lower = text.toLowerCase();
  for (const hint of hints[runtime]) {
    if (!hint.words.some((word) => lower.includes(word))) continue;
    if (hint.shape !== null && !shapeOf(hint, hint.shape).test(text)) continue;
    if (hint.port !== undefined) {
      const named = hint.port.named.exec(text)?.[1];
      if (protocol !== 'tcp' || port !== Number(named ?? hint.port.usual)) continue;
    }
    return hint.service;
  }
  return null;
}

/** The ids of all services that this runtime is known to run; a development server may be written in any of them. */
export const servicesOfRuntime = (runtime: Runtime): readonly string[] => [
  'dev-server',
  ...hints[runtime].map(({ service }) => service),
];
