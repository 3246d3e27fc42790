/**
 * What the specification asks of a log as Portcullis writes it (OASIS SARIF 2.1.0 Errata 01 and its JSON schema): which
 * properties an object may and must have, their types, and what they say of each other.
 */
type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isMoment = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
const isIndex = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const oneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(value as string);
const is =
  (shape: Shape) =>
  (value: unknown, at: string, faults: string[]): boolean => {
    check(shape, value, at, faults);
    return true;
  };
const listOf =
  (shape: Shape) =>
  (value: unknown, at: string, faults: string[]): boolean => {
    if (!Array.isArray(value)) return false;
    for (const [index, one] of value.entries()) check(shape, one, `${at}[${index}]`, faults);
    return true;
  };

interface Shape {
  readonly required: readonly string[];
  readonly fields: Readonly<Record<string, (value: unknown, at: string, faults: string[]) => boolean>>;
}

/** 3.11, 3.12: plain text. */
const MESSAGE: Shape = { required: ['text'], fields: { text: isText } };
/** 3.33 */
const LOGICAL: Shape = {
  required: [],
  fields: { name: isText, fullyQualifiedName: isText, kind: oneOf('resource') },
};
/** 3.49 */
const DESCRIPTOR: Shape = {
  required: ['id'],
  fields: { id: isText, shortDescription: is(MESSAGE), fullDescription: is(MESSAGE), help: is(MESSAGE) },
};
const BAG = (value: unknown): boolean => isObject(value);
/** 3.58 */
const NOTIFICATION: Shape = {
  required: ['message'],
  fields: {
    descriptor: is({ required: [], fields: { id: isText, index: isIndex } }),
    level: oneOf('none', 'note', 'warning', 'error'),
    message: is(MESSAGE),
  },
};
/** 3.27 */
const RESULT: Shape = {
  required: ['message'],
  fields: {
    ruleId: isText,
    ruleIndex: isIndex,
    kind: oneOf('notApplicable', 'pass', 'fail', 'review', 'open', 'informational'),
    level: oneOf('none', 'note', 'warning', 'error'),
    message: is(MESSAGE),
    locations: listOf({ required: [], fields: { logicalLocations: listOf(LOGICAL) } }),
    partialFingerprints: (value) => isObject(value) && Object.values(value).every(isText),
    properties: BAG,
  },
};
const LANGUAGE = (value: unknown): boolean => typeof value === 'string' && /^[a-zA-Z]{2}(-[a-zA-Z]{2})?$/.test(value);
/** 3.14 */
const RUN: Shape = {
  required: ['tool'],
  fields: {
    tool: is({
      required: ['driver'],
      fields: {
        driver: is({
          required: ['name'],
          fields: {
            name: isText,
            version: isText,
            language: LANGUAGE,
            rules: listOf(DESCRIPTOR),
            notifications: listOf(DESCRIPTOR),
          },
        }),
      },
    }),
    language: LANGUAGE,
    columnKind: oneOf('utf16CodeUnits', 'unicodeCodePoints'),
    automationDetails: is({ required: [], fields: { id: isText } }),
    invocations: listOf({
      required: ['executionSuccessful'],
      fields: {
        executionSuccessful: (value) => typeof value === 'boolean',
        startTimeUtc: isMoment,
        endTimeUtc: isMoment,
        machine: isText,
        toolExecutionNotifications: listOf(NOTIFICATION),
      },
    }),
    results: listOf(RESULT),
    properties: BAG,
  },
};
/** 3.13 */
const LOG: Shape = {
  required: ['version', 'runs'],
  fields: {
    $schema: (value) => typeof value === 'string' && value.endsWith('/sarif-schema-2.1.0.json'),
    version: oneOf('2.1.0'),
    runs: listOf(RUN),
  },
};

function check({ required, fields }: Shape, value: unknown, at: string, faults: string[]): void {
  if (!isObject(value)) {
    faults.push(`${at} is no object`);
    return;
  }
  for (const name of required) if (!(name in value)) faults.push(`${at} lacks ${name}`);
  for (const [name, one] of Object.entries(value)) {
    const field = fields[name];
    if (field === undefined) faults.push(`${at} may not have ${name}`);
    else if (!field(one, `${at}.${name}`, faults)) faults.push(`${at}.${name} is not what it must be`);
  }
}

interface Rule {
  readonly id: string;
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
}
interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
    readonly results: readonly Result[];
  }[];
}

/** What is wrong with it; none: it keeps to the specification. */
export function faultsOf(log: unknown): readonly string[] {
  const faults: string[] = [];
  check(LOG, log, 'log', faults);
  if (faults.length > 0) return faults;
  for (const { tool, results } of (log as Log).runs) {
    const { rules } = tool.driver;
    // 3.49.3: no two rules of one component with the same id here.
    if (new Set(rules.map(({ id }) => id)).size !== rules.length) faults.push('a rule is there twice');
    for (const { ruleId, ruleIndex, kind, level } of results) {
      // 3.27.6: the index and the id name the same rule.
      if (rules[ruleIndex]?.id !== ruleId) faults.push(`${ruleId} is not rule ${ruleIndex}`);
      // 3.27.10: only what failed has a level.
      if ((kind === 'fail') === (level === 'none')) faults.push(`${ruleId}: ${kind} with level ${level}`);
    }
  }
  for (const text of messagesIn(log)) {
    // 3.11.5: a brace that begins no placeholder is doubled; there are no arguments, so there is no placeholder.
    if (/[{}]/.test(text.replace(/\{\{|\}\}/g, ''))) faults.push(`a placeholder: ${text}`);
    // 3.11.6: nothing is a link.
    if (/(?<!\\)\[[^\]]*(?<!\\)\]\(/.test(text)) faults.push(`a link: ${text}`);
  }
  return faults;
}

/** Every message: the texts that a viewer formats. */
export function messagesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(messagesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === 'text' && typeof one === 'string' ? [one] : name === 'properties' ? [] : messagesIn(one),
  );
}
