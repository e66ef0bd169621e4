import manifest from '../../../package.json' with { type: 'json' };

/**
 * Identifies this action, its version and where to report problems. The version in package.json is
 * the only one; the build copies it into the bundle.
 */
export const userAgent = `aura-action/${manifest.version} (+https://github.com/aura-action/aura-action)`;
