import { parseCommand, type Command } from './command-syntax.ts';
import { GroupCheck } from './groups.ts';
import type { Masks } from './masks.ts';
import type { Annotation } from './types.ts';

const annotationLength = 4096;
const annotationsPerLevel = 10;
const issueLevels = ['error', 'warning', 'notice'] as const;
type Level = Annotation['level'];

const registeredNames = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
];

/** Never repeated in the log when echo is on: they are secret or printed anyway. */
const unechoed = new Set(['add-mask', 'debug', 'stop-commands']);

/** The result of the lines of one stage. */
export interface ProcessedOutput {
  readonly annotations: Annotation[];
  readonly log: string[];
  readonly debugLog: string[];
  readonly runnerErrors: string[];
  readonly outputs: Record<string, string>;
  readonly state: Record<string, string>;
  /** A command failed the step, whatever the exit code. */
  failed: boolean;
}

/** Turns raw output into log, annotations and effects, as the runner's output manager does. */
export class CommandProcessor {
  readonly result: ProcessedOutput = {
    annotations: [],
    log: [],
    debugLog: [],
    runnerErrors: [],
    outputs: {},
    state: {},
    failed: false,
  };
  readonly groups = new GroupCheck();
  readonly #masks: Masks;
  readonly #debug: boolean;
  readonly #registered = new Set(registeredNames);
  #echo: boolean;
  #stopToken: string | undefined;

  constructor(masks: Masks, debug: boolean) {
    this.#masks = masks;
    this.#debug = debug;
    this.#echo = debug;
  }

  /** Handles one line of stdout or stderr, without its line end. */
  line(line: string): void {
    const command = parseCommand(line, this.#registered);
    if (command === undefined || !this.#process(command, line)) this.print(line);
  }

  /** Writes to the job log. */
  print(text: string): void {
    this.result.log.push(...this.#masks.apply(text).split('\n'));
  }

  /** Adds an issue: always a log line; an annotation only while its level has fewer than ten. */
  issue(level: Level, text: string, title?: string): void {
    const message = this.#masks.apply(text.slice(0, annotationLength));
    this.print(`##[${level}]${text.slice(0, annotationLength)}`);
    const same = this.result.annotations.filter((annotation) => annotation.level === level);
    if (same.length >= annotationsPerLevel) return;
    const masked = title === undefined ? {} : { title: this.#masks.apply(title) };
    this.result.annotations.push({ level, message, ...masked });
  }

  /** Reports an error of the runner itself, which fails the step. */
  fail(message: string): void {
    this.result.failed = true;
    this.result.runnerErrors.push(message);
    this.issue('error', message);
  }

  #process(command: Command, line: string): boolean {
    if (this.#stopToken !== undefined) return this.#resume(command, line);
    const level = issueLevels.find((name) => name === command.name);
    if (level !== undefined) {
      this.groups.annotation(command.data);
      this.issue(level, command.data, command.properties['title']);
      return true;
    }
    if (this.#echo && !unechoed.has(command.name)) this.print(line);
    const error = this.#act(command, line);
    if (error !== undefined) {
      this.fail(`Unable to process command '${line}' successfully. ${error}`);
    }
    return true;
  }

  #resume(command: Command, line: string): boolean {
    if (command.name !== this.#stopToken) return false;
    this.print(line);
    this.#registered.delete(this.#stopToken);
    this.#stopToken = undefined;
    return true;
  }

  /** Executes a command; returns what was wrong with it. */
  #act(command: Command, line: string): string | undefined {
    switch (command.name) {
      case 'add-mask':
        this.#addMask(command.data);
        return undefined;
      case 'debug':
        this.result.debugLog.push(this.#masks.apply(command.data));
        if (this.#debug) this.print(`##[debug]${command.data}`);
        return undefined;
      case 'group':
      case 'endgroup':
        this.#group(command);
        return undefined;
      case 'stop-commands':
        this.print(line);
        this.#stopToken = command.data.toLowerCase();
        this.#registered.add(this.#stopToken);
        return undefined;
      case 'echo':
        return this.#setEcho(command.data);
      case 'set-output':
        return this.#legacyValue(command, this.result.outputs);
      case 'save-state':
        return this.#legacyValue(command, this.result.state);
      case 'set-env':
      case 'add-path':
        return `The \`${command.name}\` command is disabled.`;
      default:
        return undefined;
    }
  }

  #group({ name, data }: Command): void {
    if (name === 'group') this.groups.begin(data);
    else this.groups.end();
    this.print(`##[${name}]${name === 'group' ? data : ''}`);
  }

  #addMask(value: string): void {
    if (value.trim() === '') {
      const message = "Can't add secret mask for empty string in ##[add-mask] command.";
      this.result.runnerErrors.push(message);
      this.issue('warning', message);
      return;
    }
    if (this.#echo) this.print('::add-mask::***');
    this.#masks.add(value);
  }

  #setEcho(data: string): string | undefined {
    const value = data.trim().toLowerCase();
    if (value !== 'on' && value !== 'off') return `Invalid echo command value '${data}'.`;
    this.#echo = value === 'on';
    return undefined;
  }

  #legacyValue(command: Command, target: Record<string, string>): string | undefined {
    const name = command.properties['name'];
    if (name === undefined) {
      return `Required field 'name' is missing in ##[${command.name}] command.`;
    }
    target[name] = command.data;
    this.issue('warning', `The \`${command.name}\` command is deprecated.`);
    return undefined;
  }
}
