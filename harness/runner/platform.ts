/** Windows has no signals to cancel a process: the runner ends it differently there. */
export const onWindows = process.platform === 'win32';
