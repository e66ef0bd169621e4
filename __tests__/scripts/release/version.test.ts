import { describe, expect, it } from 'vitest';

import {
  compareVersions,
  majorTagOf,
  parseVersion,
  tagOf,
  type Version,
} from '../../../scripts/release/version.ts';

function versionOf(text: string): Version {
  const version = parseVersion(text);
  if (version === undefined) throw new Error(`not a version: ${text}`);
  return version;
}

describe('a version', () => {
  it.each(['', 'v1.2.3', '1.2', '1.2.3.4', '01.2.3', '1.2.3-', '1.2.3-01', '1.2.3+1', '1.2.3\n'])(
    'is not %j',
    (text) => {
      expect(parseVersion(text)).toBeUndefined();
    },
  );

  it('has a tag of its own and one of its major version', () => {
    expect(tagOf(versionOf('12.0.3-rc.1'))).toBe('v12.0.3-rc.1');
    expect(majorTagOf(versionOf('12.0.3-rc.1'))).toBe('v12');
  });

  it('has the order of semver.org', () => {
    const ordered = [
      '0.9.10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1-rc.1',
      '1.0.1',
      '1.2.0',
      '1.10.0',
      '2.0.0',
    ];
    for (const [index, one] of ordered.entries()) {
      for (const [at, other] of ordered.entries()) {
        const found = Math.sign(compareVersions(versionOf(one), versionOf(other)));
        expect(found, `${one} and ${other}`).toBe(Math.sign(index - at));
      }
    }
  });
});
