/** A version by the rules of https://semver.org, without build metadata. */
export interface Version {
  /** As in package.json: without a `v`. */
  readonly text: string;
  readonly numbers: readonly number[];
  /** The identifiers of a pre-release: `rc` and `1` of `1.0.0-rc.1`. Empty for a stable version. */
  readonly preRelease: readonly string[];
}

const number = '(?:0|[1-9]\\d*)';
const identifier = `(?:${number}|\\d*[A-Za-z-][0-9A-Za-z-]*)`;
const pattern = new RegExp(
  `^(${number})\\.(${number})\\.(${number})(?:-(${identifier}(?:\\.${identifier})*))?$`,
);

/** @returns undefined if the text is not a version */
export function parseVersion(text: string): Version | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const [, major, minor, patch, preRelease] = found;
  return {
    text,
    numbers: [major, minor, patch].map(Number),
    preRelease: preRelease?.split('.') ?? [],
  };
}

/** Negative if the first version comes before the second, 0 if they are the same. */
export function compareVersions(one: Version, other: Version): number {
  for (const [index, value] of one.numbers.entries()) {
    const difference = value - (other.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  // A stable version comes after all of its pre-releases.
  if (one.preRelease.length === 0 || other.preRelease.length === 0) {
    return other.preRelease.length - one.preRelease.length;
  }
  for (const [index, value] of one.preRelease.entries()) {
    const difference = compareIdentifiers(value, other.preRelease[index]);
    if (difference !== 0) return difference;
  }
  return one.preRelease.length - other.preRelease.length;
}

function compareIdentifiers(one: string, other: string | undefined): number {
  if (other === undefined) return 1;
  const [isNumber, isOtherNumber] = [one, other].map((text) => /^\d+$/.test(text));
  if (isNumber && isOtherNumber) return Number(one) - Number(other);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The tag of this version, which never moves. */
export function tagOf({ text }: Version): string {
  return `v${text}`;
}

/** The tag that follows all releases with the same first number. */
export function majorTagOf({ numbers }: Version): string {
  return `v${String(numbers[0])}`;
}
