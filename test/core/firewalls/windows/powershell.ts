/**
 * As much of PowerShell as the scripts of a change are written in, carried out on the syntax tree that tree-sitter makes of
 * them. What it does not know it refuses, so a script that needs more fails here. Its meaning is that of the language's
 * documents (about_Comparison_Operators, about_Functions, about_Return, about_Try_Catch_Finally, about_Scopes); it is not
 * PowerShell, and proves nothing of what the cmdlets do.
 */
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** A value: null, true, 1, text, a list, or an object with members by their names in lower case. */
export type Value = null | boolean | number | string | readonly Value[] | Thing;
export interface Thing {
  readonly members: ReadonlyMap<string, Value>;
  /** What it is, where that is not told by its members. */
  readonly is?: unknown;
}

/** What is not of the language: cmdlets, static members of types, and methods. */
export interface Host {
  readonly command: (name: string, parameters: ReadonlyMap<string, Value>) => readonly Value[];
  readonly call: (on: string | Value, method: string, parameters: readonly Value[]) => Value;
  readonly member: (type: string, name: string) => Value;
}

export const thing = (members: Readonly<Record<string, Value>>, is?: unknown): Thing => ({
  members: new Map(Object.entries(members).map(([name, value]) => [name.toLowerCase(), value])),
  ...(is === undefined ? {} : { is }),
});

let parser: Parser | null = null;

export async function loadParser(): Promise<void> {
  await Parser.init();
  const require = createRequire(import.meta.url);
  const language = await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'));
  parser = new Parser();
  parser.setLanguage(language);
}

export function parse(script: string): Node {
  const tree = parser?.parse(script.replace('\ufeff', ''));
  if (tree == null) throw new Error('not parsed');
  return tree.rootNode;
}

/** Names of all commands, as often as they are written. */
export const commandNames = (root: Node): readonly string[] =>
  root.descendantsOfType('command_name').flatMap((node) => (node === null ? [] : [node.text]));

/** A node taken out of the parser's memory, since asking it again is slow. Comments are left out. */
interface Syntax {
  readonly type: string;
  readonly text: string;
  readonly kids: readonly Syntax[];
  /** Words and signs between them. */
  readonly words: readonly string[];
}

/** With one part alone they are that part. */
const THROUGH =
  /^((logical|bitwise|comparison|additive|multiplicative|format|range)_(argument_)?expression|array_literal_expression|unary_expression|pipeline_chain|parenthesized_expression)$/;

function take(node: Node): Syntax {
  const { type, text } = node;
  const children = node.children.filter((one): one is Node => one !== null && one.type !== 'comment');
  const named = children.filter(({ isNamed }) => isNamed);
  const [only] = named;
  if (only !== undefined && named.length === 1 && THROUGH.test(type)) return take(only);
  return {
    type,
    text,
    kids: named.map(take),
    words: children.filter(({ childCount }) => childCount < 2).map((one) => one.text),
  };
}

/** The halves of scripts, by their text: that of the steps, and what is the same in all of them. */
const taken = new Map<string, Syntax>();

function takenOf(text: string): Syntax {
  const known = taken.get(text);
  if (known !== undefined) return known;
  const root = parse(text);
  if (root.hasError) throw new Error('it does not parse');
  const syntax = take(root);
  taken.set(text, syntax);
  return syntax;
}

/** A statement ends with its line: the two halves parse as they do together. */
function halvesOf(script: string): readonly Syntax[] {
  const steps = /\n\)\r?\n/.exec(script);
  const end = steps === null ? 0 : steps.index + steps[0].length;
  return [script.slice(0, end), script.slice(end)].map(takenOf);
}

/**
 * What a script ends with.
 * @param scope variables that are there before it, `env:path` among them; afterwards also those that it has made
 */
export function runScript(script: string, host: Host, scope: Map<string, Value>): number {
  const halves = halvesOf(script);
  const { stackTraceLimit } = Error;
  // Nobody looks at where in this interpreter a script returned, which is what takes longest of it.
  Error.stackTraceLimit = 0;
  try {
    const machine = new Machine(host);
    for (const half of halves) machine.statements(half, scope);
  } catch (error) {
    if (error instanceof Exit) return error.status;
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return 0;
}

/** What a script raises with `throw`, or a cmdlet by failing. */
export class Raised extends Error {}
class Exit extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`exit ${status}`);
    this.status = status;
  }
}
class Return extends Error {
  readonly value: Value;
  constructor(value: Value) {
    super('return');
    this.value = value;
  }
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const isThing = (value: Value): value is Thing => typeof value === 'object' && value !== null && !isList(value);

export function textOf(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isList(value)) return value.map(textOf).join(' ');
  if (isThing(value)) throw new Error('an object is not text here');
  return String(value);
}

function isTrue(value: Value): boolean {
  if (isList(value)) return value.length === 1 ? isTrue(value[0] ?? null) : value.length > 1;
  return value !== null && value !== false && value !== 0 && value !== '';
}

/** The left side says as what the two are compared. */
function isEqual(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === 'boolean') return left === isTrue(right);
  if (typeof left === 'number') return left === Number(textOf(right));
  if (typeof left === 'string') return left.toLowerCase() === textOf(right).toLowerCase();
  throw new Error('lists and objects are not compared here');
}

const pattern = (value: Value, flags = 'i'): RegExp => new RegExp(textOf(value), flags);

const COMPARE: Readonly<Record<string, (left: Value, right: Value) => Value>> = {
  '-eq': isEqual,
  '-ne': (left, right) => !isEqual(left, right),
  '-match': (left, right) => pattern(right).test(textOf(left)),
  '-notmatch': (left, right) => !pattern(right).test(textOf(left)),
  '-ccontains': (left, right) => isList(left) && left.some((one) => textOf(one) === textOf(right)),
  '-cnotcontains': (left, right) => !isList(left) || left.every((one) => textOf(one) !== textOf(right)),
  '-replace': (left, right) => {
    const [what = null, by = null] = isList(right) ? right : [right];
    return textOf(left).replace(pattern(what, 'gi'), textOf(by));
  },
};

type Scope = Map<string, Value>;

class Machine {
  readonly #host: Host;
  readonly #functions = new Map<string, { readonly parameters: readonly string[]; readonly body: Syntax | null }>();
  /** The innermost last: what a function does not have, its caller has. */
  readonly #scopes: Scope[] = [];

  constructor(host: Host) {
    this.#host = host;
  }

  /** All statements within a node; what they give, in their order. */
  statements(node: Syntax, scope?: Scope): readonly Value[] {
    if (scope !== undefined) this.#scopes.push(scope);
    try {
      return kids(node).flatMap((one) => this.#statement(one));
    } finally {
      if (scope !== undefined) this.#scopes.pop();
    }
  }

  #statement(node: Syntax): readonly Value[] {
    switch (node.type) {
      case 'statement_list':
      case 'script_block':
      case 'script_block_body':
      case 'statement_block':
        return this.statements(node);
      case 'pipeline':
        return this.#pipeline(node);
      case 'function_statement': {
        const named = child(node, 'function_name').text.toLowerCase();
        const parameters = below(node, 'script_parameter').map((one) => nameOf(one));
        this.#functions.set(named, {
          parameters,
          body: kids(node).find(({ type }) => type === 'script_block') ?? null,
        });
        return [];
      }
      case 'if_statement':
        return this.#if(node);
      case 'foreach_statement': {
        const [variable, list, block] = kids(node) as [Syntax, Syntax, Syntax];
        const items = this.#value(list);
        return (isList(items) ? items : items === null ? [] : [items]).flatMap((item) => {
          this.#set(nameOf(variable), item);
          return this.#statement(block);
        });
      }
      case 'try_statement':
        return this.#try(node);
      case 'flow_control_statement':
        return this.#flow(node);
      case 'empty_statement':
        return [];
      default:
        throw new Error(`no statement: ${node.type}`);
    }
  }

  #if(node: Syntax): readonly Value[] {
    const [test, block, ...rest] = kids(node) as [Syntax, Syntax, ...Syntax[]];
    if (isTrue(this.#value(test))) return this.#statement(block);
    for (const other of rest.flatMap((one) => (one.type === 'elseif_clauses' ? kids(one) : [one]))) {
      const [first, second] = kids(other) as [Syntax, Syntax | undefined];
      if (other.type === 'else_clause') return this.#statement(first);
      if (isTrue(this.#value(first))) return this.#statement(second as Syntax);
    }
    return [];
  }

  #try(node: Syntax): readonly Value[] {
    const [block, ...clauses] = kids(node) as [Syntax, ...Syntax[]];
    const caught = clauses.find(({ type }) => type === 'catch_clauses');
    const last = clauses.find(({ type }) => type === 'finally_clause');
    try {
      return this.#statement(block);
    } catch (error) {
      if (!(error instanceof Raised) || caught === undefined) throw error;
      this.#set('_', thing({ Exception: thing({ Message: error.message }) }));
      return this.#statement(kids(kids(caught)[0] as Syntax).at(-1) as Syntax);
    } finally {
      if (last !== undefined) this.#statement(kids(last)[0] as Syntax);
    }
  }

  #flow(node: Syntax): never {
    const [first] = kids(node);
    const value = first === undefined ? null : this.#value(first);
    switch (node.words[0] ?? '') {
      case 'return':
        throw new Return(value);
      case 'exit':
        throw new Exit(Number(value));
      case 'throw':
        throw new Raised(textOf(value));
      default:
        throw new Error(`no such flow: ${node.text}`);
    }
  }

  #pipeline(node: Syntax): readonly Value[] {
    const [first] = kids(node);
    if (first?.type === 'assignment_expression') {
      const [left, operator, right] = kids(first) as [Syntax, Syntax, Syntax];
      const name = nameOf(left);
      const value = this.#value(right);
      if (operator.text === '=') this.#set(name, value);
      else if (operator.text === '+=') this.#set(name, add(this.#get(name), value));
      else throw new Error(`no such assignment: ${operator.text}`);
      return [];
    }
    const value = this.#value(node);
    return value === null ? [] : isList(value) ? value : [value];
  }

  #set(name: string, value: Value): void {
    this.#scopes.at(-1)?.set(name, value);
  }

  #get(name: string): Value {
    if (name === 'true' || name === 'false') return name === 'true';
    if (name === 'null') return null;
    const scope = this.#scopes.findLast((one) => one.has(name));
    if (scope === undefined) throw new Error(`no variable ${name}`);
    return scope.get(name) ?? null;
  }

  // -------------------------------------------------------------- values

  #value(node: Syntax): Value {
    const inner = kids(node);
    switch (node.type) {
      case 'variable':
        return this.#get(nameOf(node));
      case 'verbatim_string_characters':
        return unquoted(node.text);
      case 'decimal_integer_literal':
        return Number(node.text);
      case 'generic_token':
        return node.text;
      case 'array_expression':
        return this.statements(node);
      case 'statement_list':
        return shrunk(this.statements(node));
      case 'array_literal_expression':
        if (inner.length > 1) return inner.map((one) => this.#value(one));
        break;
      case 'hash_literal_expression':
        return this.#hash(node);
      case 'expression_with_unary_operator':
        if (node.words[0] === '-not') return !isTrue(this.#value(inner[0] as Syntax));
        if (node.words[0] === '-') return -Number(this.#value(inner[0] as Syntax));
        if (inner[0]?.type !== 'cast_expression') throw new Error(`no such operator: ${node.text}`);
        break;
      case 'cast_expression': {
        const [type, operand] = inner as [Syntax, Syntax];
        const value = this.#value(operand);
        if (type.text.toLowerCase() === '[int]') return intOf(value);
        return type.text.toLowerCase() === '[string]' ? textOf(value) : this.#host.call(type.text, 'cast', [value]);
      }
      case 'member_access':
        return this.#member(node);
      case 'element_access': {
        const [list, index] = inner.map((one) => this.#value(one));
        return isList(list ?? null) ? ((list as readonly Value[]).at(Number(index)) ?? null) : (list ?? null);
      }
      case 'invokation_expression':
        return this.#invoke(node);
      case 'logical_expression':
      case 'comparison_expression':
      case 'additive_expression':
      case 'additive_argument_expression':
        if (inner.length > 1) return this.#binary(node);
        break;
      case 'command':
        return shrunk(this.#command(node));
      case 'pipeline':
      case 'pipeline_chain':
        // `… | Out-Null`: what it gives is thrown away.
        if (inner.length === 2 && inner[1]?.text === 'Out-Null') {
          this.#value(inner[0] as Syntax);
          return null;
        }
        break;
      default:
    }
    if (inner.length !== 1) throw new Error(`no value: ${node.type} ${node.text.slice(0, 80)}`);
    return this.#value(inner[0] as Syntax);
  }

  #hash(node: Syntax): Thing {
    const entries = below(node, 'hash_entry').map((one): readonly [string, Value] => {
      const [key, value] = kids(one) as [Syntax, Syntax];
      return [key.text.toLowerCase(), this.#value(value)];
    });
    return { members: new Map(entries) };
  }

  #member(node: Syntax): Value {
    const [on, member] = kids(node) as [Syntax, Syntax];
    if (on.type === 'type_literal') return this.#host.member(on.text, member.text);
    const value = this.#value(on);
    const name = member.text.toLowerCase();
    if (name === 'count') return isList(value) ? value.length : value === null ? 0 : 1;
    if (name === 'length' && typeof value === 'string') return value.length;
    return isThing(value) ? (value.members.get(name) ?? null) : null;
  }

  #invoke(node: Syntax): Value {
    const [on, member, list] = kids(node) as [Syntax, Syntax, Syntax];
    const wholes = below(list, 'argument_expression_list').flatMap((one) => kids(one));
    const parameters = (wholes.length > 0 ? wholes : kids(list)).map((one) => this.#value(one));
    return this.#host.call(on.type === 'type_literal' ? on.text : this.#value(on), member.text, parameters);
  }

  #binary(node: Syntax): Value {
    const [left, right] = [kids(node)[0] as Syntax, kids(node).at(-1) as Syntax];
    const operator = node.words.find((one) => /^[-+][a-z]*$/.test(one)) ?? '';
    if (operator === '-and') return isTrue(this.#value(left)) && isTrue(this.#value(right));
    if (operator === '-or') return isTrue(this.#value(left)) || isTrue(this.#value(right));
    if (operator === '+') return add(this.#value(left), this.#value(right));
    const compare = COMPARE[operator];
    if (compare === undefined) throw new Error(`no operator ${operator}`);
    return compare(this.#value(left), this.#value(right));
  }

  #command(node: Syntax): readonly Value[] {
    const name = child(node, 'command_name').text;
    const parts = kids(node)
      .filter(({ type }) => type === 'command_elements')
      .flatMap(kids)
      .filter(({ type }) => type !== 'command_argument_sep');
    const own = this.#functions.get(name.toLowerCase());
    if (own !== undefined)
      return this.#call(
        own,
        parts.map((one) => this.#value(one)),
      );
    const parameters = new Map<string, Value>();
    for (let at = 0; at < parts.length; at += 1) {
      const one = parts[at] as Syntax;
      if (one.text.startsWith('@')) {
        const splat = this.#get(one.text.slice(1).toLowerCase());
        for (const [key, value] of isThing(splat) ? splat.members : []) parameters.set(key, value);
      } else if (one.type === 'command_parameter') {
        parameters.set(one.text.slice(1).toLowerCase(), this.#value(parts[(at += 1)] as Syntax));
      } else throw new Error(`a parameter without a name: ${one.text}`);
    }
    return this.#host.command(name, parameters);
  }

  #call({ parameters, body }: { parameters: readonly string[]; body: Syntax | null }, given: readonly Value[]) {
    if (given.length > parameters.length) throw new Error('too many parameters');
    const scope: Scope = new Map(parameters.map((name, at) => [name, given[at] ?? null]));
    this.#scopes.push(scope);
    try {
      return body === null ? [] : this.#statement(body);
    } catch (error) {
      if (!(error instanceof Return)) throw error;
      return error.value === null ? [] : isList(error.value) ? error.value : [error.value];
    } finally {
      this.#scopes.pop();
    }
  }
}

function intOf(value: Value): number {
  const text = textOf(value);
  if (!/^-?\d+$/.test(text)) throw new Raised('no number');
  return Number(text);
}

/** What a command gives: nothing, one, or a list. */
const shrunk = (values: readonly Value[]): Value => (values.length < 2 ? (values[0] ?? null) : values);

function add(left: Value, right: Value): Value {
  if (isList(left)) return [...left, ...(isList(right) ? right : [right])];
  return typeof left === 'number' ? left + Number(textOf(right)) : `${textOf(left)}${textOf(right)}`;
}

const kids = (node: Syntax): readonly Syntax[] => node.kids;

const found = new WeakMap<Syntax, Map<string, readonly Syntax[]>>();

/** All of a type below a node. */
function below(node: Syntax, type: string): readonly Syntax[] {
  const known = found.get(node) ?? new Map<string, readonly Syntax[]>();
  const all = known.get(type) ?? node.kids.flatMap((one) => [...(one.type === type ? [one] : []), ...below(one, type)]);
  found.set(node, known.set(type, all));
  return all;
}

function child(node: Syntax, type: string): Syntax {
  const found = kids(node).find((one) => one.type === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

const names = new WeakMap<Syntax, string>();

/** `$env:PSModulePath` is a variable like any other here. */
function nameOf(node: Syntax): string {
  const name = names.get(node) ?? node.text.replace(/^[$@]/, '').toLowerCase();
  names.set(node, name);
  return name;
}

const unquoted = (text: string): string =>
  text.slice(1, -1).replace(/(['\u2018\u2019\u201a\u201b])['\u2018\u2019\u201a\u201b]/g, '$1');
