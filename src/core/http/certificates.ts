/** Whether a URL's host is this machine, so that no certificate is needed. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** Whether Node.js accepts any certificate. Source: Node.js documentation, `NODE_TLS_REJECT_UNAUTHORIZED`. */
export function certificatesIgnored(env: Readonly<Record<string, string | undefined>>): boolean {
  return env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0';
}
