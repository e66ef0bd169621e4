/** What Node waits for before it ends, even when told to: a thread that cannot be interrupted. */
const held: ReadonlySet<string> = new Set([
  'GetAddrInfoReqWrap',
  'GetNameInfoReqWrap',
  'FSReqCallback',
  'FSReqPromise',
]);

/**
 * Ends the process with its exit code, whatever still hangs: an open socket, or the system's look-up
 * of a name, which has no limit that Node could set and which Node waits for when it exits.
 */
export function exit(): void {
  const stuck = process.getActiveResourcesInfo().some((resource) => held.has(resource));
  const code = Number(process.exitCode ?? 0);
  if (!stuck) process.exit();
  // A program that does nothing but end with this code takes the place of this one, threads and all.
  if (process.execve !== undefined && process.platform !== 'win32') {
    process.execve(process.execPath, [process.execPath, '-e', `process.exit(${code})`], {});
  }
  // Windows cannot replace a program, but a killed one counts as failed there.
  if (code === 0) process.exit();
  process.kill(process.pid, 'SIGKILL');
}
