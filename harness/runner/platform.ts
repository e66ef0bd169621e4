/** Windows has no signals to cancel a process with: the runner ends it there in another way. */
export const onWindows = process.platform === 'win32';
