/** Work that Node waits for before it exits: a thread that cannot be interrupted. */
const held: ReadonlySet<string> = new Set([
  'GetAddrInfoReqWrap',
  'GetNameInfoReqWrap',
  'FSReqCallback',
  'FSReqPromise',
]);

/**
 * Ends the process with its exit code, even if something hangs: an open socket, or a DNS look-up of
 * the system. Node cannot limit such a look-up, and waits for it when it exits.
 */
export function exit(): void {
  const stuck = process.getActiveResourcesInfo().some((resource) => held.has(resource));
  const code = Number(process.exitCode ?? 0);
  if (!stuck) process.exit();
  // Replaces this process, including its threads, with a program that only ends with this code.
  if (process.execve !== undefined && process.platform !== 'win32') {
    process.execve(process.execPath, [process.execPath, '-e', `process.exit(${code})`], {});
  }
  // Windows cannot replace a program, but a killed one counts as failed there.
  if (code === 0) process.exit();
  process.kill(process.pid, 'SIGKILL');
}
