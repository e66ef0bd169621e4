import { describe, expect, it, vi } from 'vitest';
import { RequestError } from '../../../src/core/http/request-error.ts';
import { ActionError, CancelledError } from '../../../src/core/errors.ts';
import { RunnerFileError } from '../../../src/core/runner/report.ts';
import { type AuraReport, outputNames } from '../../../src/aura/session/report.ts';
import { captureReport } from './captured-report.ts';

function auraError(message: string, requestId?: string, cause?: unknown): RequestError {
  return new RequestError(message, {
    request: 'POST /v1/instances',
    policy: 'irreplaceable',
    effect: 'none',
    transient: false,
    requestId,
    cause,
  });
}

describe('outputs', () => {
  it('are all written unchanged', () => {
    const { report, outputs } = captureReport();
    const values = Object.fromEntries(outputNames.map((name) => [name, `the ${name}`]));
    report.outputs(values);
    expect(Object.fromEntries(outputs())).toEqual(values);
  });

  it('that are unknown are not set, not even as empty', () => {
    const { report, outputs } = captureReport();
    report.outputs({});
    report.outputs({ 'instance-id': '1a2b3c4d', 'connection-uri': undefined });
    expect(outputs()).toEqual([['instance-id', '1a2b3c4d']]);
  });

  it('that are booleans are words', () => {
    const { report, outputs } = captureReport();
    report.outputs({ created: true, changed: false });
    expect(outputs()).toEqual([
      ['created', 'true'],
      ['changed', 'false'],
    ]);
  });

  it('are written again only if they changed', () => {
    const { report, outputs } = captureReport();
    report.outputs({ status: 'creating', name: 'shop' });
    report.outputs({ status: 'creating', name: 'shop' });
    report.outputs({ status: 'running' });
    report.outputs({ status: undefined });
    report.outputs({ status: 'creating' });
    expect(outputs()).toEqual([
      ['name', 'shop'],
      ['status', 'creating'],
      ['status', 'running'],
      ['status', 'creating'],
    ]);
  });

  it('of foreign text cannot set others', () => {
    const { report, outputs } = captureReport();
    const name = 'shop\nEOF\npassword=mine\npassword<<EOF\nmine\nEOF\n::set-output name=status::x';
    report.outputs({ name });
    expect(outputs()).toEqual([['name', name]]);
  });

  it('are not in the log, and nothing is in the state', () => {
    const { report, lines, state, variables } = captureReport({ debug: true });
    report.outputs({ 'instance-id': '1a2b3c4d', status: 'running' });
    expect(lines()).toEqual([]);
    expect([state(), variables()]).toEqual([[], []]);
  });

  it('of a password are masked before any other of the same call is written', () => {
    const { report, outputs, outputsDuringLog } = captureReport();
    const values = Object.fromEntries(outputNames.map((name) => [name, `the ${name}, 0123`]));
    report.outputs(values);
    expect(outputsDuringLog.join('')).toBe('');
    expect(outputs()).toHaveLength(outputNames.length);
  });

  it('of a password are written after it is masked', () => {
    const { report, lines, outputs, outputsDuringLog } = captureReport();
    report.outputs({ password: 'letMeIn-0123', 'instance-id': '1a2b3c4d' });
    expect(lines()[0]).toBe('::add-mask::letMeIn-0123');
    expect(outputsDuringLog.length).toBeGreaterThan(0);
    expect(outputsDuringLog.join()).not.toContain('letMeIn-0123');
    expect(outputs()).toContainEqual(['password', 'letMeIn-0123']);
  });
});

describe('the host', () => {
  it.each([
    ['neo4j+s://1a2b3c4d.databases.neo4j.io', '1a2b3c4d.databases.neo4j.io'],
    ['neo4j+s://1a2b3c4d.databases.neo4j.io:7687/x?y#z', '1a2b3c4d.databases.neo4j.io'],
    ['bolt://user:word@127.0.0.1:7687', '127.0.0.1'],
    ['bolt://[::1]:7687', '[::1]'],
    ['neo4j+s:', undefined],
    ['localhost', undefined],
    ['', undefined],
  ])('of %j is %j', (uri, host) => {
    const { report, outputs } = captureReport();
    report.outputs({ 'connection-uri': uri });
    expect(Object.fromEntries(outputs())['host']).toBe(host);
  });

  it('is set with the URI, and not without it', () => {
    const { report, outputs } = captureReport();
    report.outputs({ 'connection-uri': undefined, name: 'x' });
    expect(outputs()).toEqual([['name', 'x']]);
  });
});

describe('a file of the runner that cannot be written', () => {
  it.each<[string, string, (report: AuraReport) => void]>([
    [
      'GITHUB_OUTPUT',
      "output 'name'",
      (report) => {
        report.outputs({ name: 'x' });
      },
    ],
    [
      'GITHUB_STATE',
      'the state of the step',
      (report) => {
        report.saveState('aura-create', '');
      },
    ],
    [
      'GITHUB_ENV',
      'variable X',
      (report) => {
        report.exportEnv({ X: 'x' });
      },
    ],
  ])('is reported with the lost values: %s', (variable, what, write) => {
    const { report } = captureReport();
    vi.stubEnv(variable, '/nonexistent/file');
    expect(() => {
      write(report);
    }).toThrow(
      new RunnerFileError(
        `Could not write ${what} to the runner's file: Missing file at path: /nonexistent/file`,
      ),
    );
  });

  it('does not prevent the report of a failure', () => {
    const { report, lines, exitCode } = captureReport();
    vi.stubEnv('GITHUB_OUTPUT', '/nonexistent/file');
    expect(report.failure(new ActionError('Could not do it.'))).toBe('Could not do it.');
    expect(lines()).toEqual(['::error title=Neo4j Aura%3A step failed::Could not do it.']);
    expect(exitCode()).toBe(1);
  });
});

describe('variables for later steps', () => {
  it('are written unchanged, and do not appear in the log', () => {
    const { report, lines, outputs, variables } = captureReport({ debug: true });
    const values = { REPORT_TEST_URI: 'neo4j+s://x', REPORT_TEST_NAME: 'a\nEOF\nB=c\nB<<EOF\nd' };
    for (const name of Object.keys(values)) vi.stubEnv(name, undefined);
    report.exportEnv(values);
    expect(variables()).toEqual(Object.entries(values));
    expect(lines()).toEqual([]);
    expect(outputs()).toEqual([]);
  });

  it('are not written if there are none', () => {
    const { report, variables } = captureReport();
    report.exportEnv({});
    expect(variables()).toEqual([]);
  });
});

describe('state for the post step', () => {
  const word = 'shop\n::error::"x"\nEOF 100%';

  it('is what the post step reads', () => {
    const { report, lines, state } = captureReport({ debug: true });
    report.saveState('aura-create', word);
    expect(state()).toEqual([['aura-create', word]]);
    expect(lines()).toEqual([]);
  });

  it('can be withdrawn', () => {
    const { report, state } = captureReport();
    report.saveState('aura-create', word);
    report.saveState('aura-create', '');
    expect(state().at(-1)).toEqual(['aura-create', '']);
  });

  it('can be a warning that is ready to be printed, without a command or a secret in it', () => {
    const { report, state } = captureReport();
    report.mask('s3cr3t-word');
    report.saveWarning('aura-left', `${word} s3cr3t-word ##[error]\r\nx`);
    expect(state()).toEqual([
      ['aura-left', 'shop%0A: :error::"x"%0AEOF 100%25 *** # #[error]%0Ax'],
    ]);
  });
});

describe('a line of the log', () => {
  it('is printed unchanged', () => {
    const { report, lines } = captureReport();
    report.info("Status of instance 'Größe: 3': running, 100%.");
    expect(lines()).toEqual(["Status of instance 'Größe: 3': running, 100%."]);
  });

  it('for debugging, of warning and of notice is a command to the runner', () => {
    const { report, lines } = captureReport();
    report.debug('kept\nelsewhere');
    report.warning('100% of it\r\nfailed');
    report.notice('100% of it\r\nkept');
    expect(lines()).toEqual([
      '::debug::kept%0Aelsewhere',
      '::warning::100%25 of it%0Afailed',
      '::notice title=Neo4j Aura::100%25 of it%0Akept',
    ]);
  });
});

describe('annotations that GitHub would not show', () => {
  it('are lines of the log: from the tenth warning and the second notice on', () => {
    const { report, lines } = captureReport();
    for (let nr = 1; nr <= 11; nr += 1) report.warning(`w${nr}`);
    report.notice('n1');
    report.notice('n2');
    expect(lines().slice(8)).toEqual([
      '::warning::w9',
      'Warning: w10',
      'Warning: w11',
      '::notice title=Neo4j Aura::n1',
      'n2',
    ]);
  });
});

describe('a failure', () => {
  it('is one annotation and the exit code', () => {
    const { report, lines, exitCode } = captureReport();
    report.failure(new ActionError("Input 'name' is not given.\nInput 'tier' is 'x'."));
    expect(lines()).toEqual([
      "::error title=Neo4j Aura%3A step failed::Input 'name' is not given.%0AInput 'tier' is 'x'.",
    ]);
    expect(exitCode()).toBe(1);
  });

  it('is named in the title', () => {
    const { report, lines } = captureReport();
    report.failure(new ActionError('Could not do it.'), 'create failed');
    expect(lines()).toEqual(['::error title=Neo4j Aura%3A create failed::Could not do it.']);
  });

  it('does not repeat a cause that its message contains, but names its request id', () => {
    const { report, lines } = captureReport();
    const network = new Error('connect ECONNREFUSED 127.0.0.1:9');
    const cause = auraError(`no answer: ${network.message}`, 'abc-123', network);
    report.failure(new ActionError(`Could not do it: ${cause.message}.`, { cause }));
    expect(lines().slice(1)).toEqual(['For support: POST /v1/instances, request id abc-123']);
  });

  it('says nothing below a message that contains all of its causes', () => {
    const { report, lines } = captureReport();
    const cause = new Error('The step was cancelled (SIGINT)');
    report.failure(new ActionError(`${cause.message}. Instance 'x' exists.`, { cause }));
    expect(lines()).toHaveLength(1);
  });

  it('names the request and the request id below the annotation', () => {
    const { report, lines } = captureReport();
    const cause = auraError("Aura answered 403 'No.'", 'abc-123', new Error('of the network'));
    report.failure(new ActionError('Could not do it.', { cause }));
    expect(lines()).toEqual([
      '::error title=Neo4j Aura%3A step failed::Could not do it.',
      "Caused by: POST /v1/instances: Aura answered 403 'No.' (request id abc-123)",
      'Caused by: of the network',
    ]);
  });

  it('names them for an error of Aura without an explanation', () => {
    const { report, lines } = captureReport();
    report.failure(auraError('Aura answered 500'));
    expect(lines()).toEqual([
      '::error title=Neo4j Aura%3A step failed::Aura answered 500',
      'For support: POST /v1/instances',
    ]);
  });

  it('says nothing twice below the annotation', () => {
    const { report, lines } = captureReport();
    const network = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), {
      code: 'ECONNREFUSED',
    });
    const cause = auraError('no connection to Aura (ECONNREFUSED)', 'abc-123', network);
    report.failure(
      new ActionError('Could not do it: no connection to Aura (ECONNREFUSED).', { cause }),
    );
    expect(lines()).toEqual([
      '::error title=Neo4j Aura%3A step failed::Could not do it: no connection to Aura (ECONNREFUSED).',
      'For support: POST /v1/instances, request id abc-123',
    ]);
  });

  it('does not repeat a cause that the annotation quotes', () => {
    const { report, lines } = captureReport();
    const cause = new CancelledError('SIGINT');
    report.failure(new ActionError(`${cause.message}. Instance 'x' was created.`, { cause }));
    expect(lines()).toEqual([
      "::error title=Neo4j Aura%3A step failed::The step was cancelled (SIGINT). Instance 'x' was created.",
    ]);
  });

  it('of a programming error is its message, without a stack', () => {
    const { report, lines } = captureReport();
    report.failure(new TypeError('no such function'));
    expect(lines()).toEqual(['::error title=Neo4j Aura%3A step failed::no such function']);
  });

  it('has its stack in the debug log if debug is on', () => {
    const { report, lines } = captureReport({ debug: true });
    report.failure(new TypeError('no such function'));
    expect(lines().at(-1)).toMatch(/^::debug::TypeError: no such function%0A +at /);
    expect(lines().filter((line) => line.startsWith('::error '))).toHaveLength(1);
  });

  it.each([
    ['text', 'text'],
    [undefined, 'undefined'],
    [null, 'null'],
  ])('may be anything that is thrown: %j', (thrown, said) => {
    const { report, lines, exitCode } = captureReport();
    report.failure(thrown);
    expect(lines()).toEqual([`::error title=Neo4j Aura%3A step failed::${said}`]);
    expect(exitCode()).toBe(1);
  });

  it('with circular causes ends', () => {
    const { report, lines } = captureReport();
    const error = new Error('one');
    error.cause = new Error('two', { cause: error });
    report.failure(error);
    expect(lines().slice(1)).toEqual(['Caused by: two']);
  });

  it('ends at a cause that is not an error', () => {
    const { report, lines } = captureReport();
    report.failure(new Error('one', { cause: 'letter' }));
    expect(lines()).toEqual(['::error title=Neo4j Aura%3A step failed::one']);
  });
});
