/** One creatable combination, as `GET /v1/tenants/{id}` lists it (Aura API v1 specification). */
export interface InstanceConfiguration {
  readonly region: string;
  /** Text for users: "Belgium (europe-west1)". */
  readonly region_name: string;
  readonly type: string;
  readonly memory: string;
  readonly storage: string;
  readonly version: string;
  readonly cloud_provider: string;
}

type Cloud = 'gcp' | 'aws' | 'azure';

/** A table in short form: code and place, several per line. Regions grow over time; this is a selection. */
const REGIONS: Readonly<Record<Cloud, readonly (readonly [code: string, place: string])[]>> = {
  gcp: [
    ['europe-west1', 'Belgium'],
    ['europe-west2', 'London'],
    ['europe-west3', 'Frankfurt'],
    ['us-central1', 'Iowa'],
    ['us-east1', 'South Carolina'],
    ['us-west1', 'Oregon'],
    ['asia-east1', 'Taiwan'],
    ['asia-east2', 'Hong Kong'],
    ['asia-south1', 'Mumbai'],
    ['asia-southeast1', 'Singapore'],
    ['australia-southeast1', 'Sydney'],
  ],
  aws: [
    ['eu-west-1', 'Ireland'],
    ['eu-west-3', 'Paris'],
    ['us-east-1', 'North Virginia'],
    ['us-west-2', 'Oregon'],
    ['ap-south-1', 'Mumbai'],
    ['ap-southeast-1', 'Singapore'],
    ['sa-east-1', 'São Paulo'],
  ],
  azure: [
    ['francecentral', 'Paris'],
    ['uksouth', 'London'],
    ['eastus', 'Virginia'],
    ['westus3', 'Arizona'],
    ['brazilsouth', 'São Paulo State'],
    ['centralindia', 'Pune'],
    ['koreacentral', 'Seoul'],
  ],
};

/**
 * Gigabytes of memory available for each paid tier. The bounds are guesses: no table is published.
 */
const SIZES: Readonly<Record<string, readonly number[]>> = {
  'professional-db': [1, 2, 4, 8, 16, 24, 32, 48, 64],
  'business-critical': [2, 4, 8, 16, 24, 32, 48, 64, 128],
  'enterprise-db': [2, 4, 8, 16, 24, 32, 48, 64, 128, 192, 256, 384, 512],
  'professional-ds': [8, 16, 24, 32, 48, 64, 128],
  'enterprise-ds': [8, 16, 24, 32, 48, 64, 128, 192, 256, 384],
};

const CLOUDS: readonly Cloud[] = ['gcp', 'aws', 'azure'];

/** Since January 2025, version 5 means the current calendar release. */
const VERSION = '5';

/**
 * Where Free is offered. Neither the regions nor their order are published; an official client
 * always creates in `europe-west1`, so that one is not the first here.
 */
const FREE_REGIONS: readonly string[] = ['us-central1', 'europe-west1', 'asia-southeast1'];

function* free(): Generator<InstanceConfiguration> {
  for (const region of FREE_REGIONS) {
    const [, place = region] = REGIONS.gcp.find(([code]) => code === region) ?? [];
    yield {
      region,
      region_name: `${place} (${region})`,
      type: 'free-db',
      memory: '1GB',
      storage: '2GB',
      version: VERSION,
      cloud_provider: 'gcp',
    };
  }
}

function* paid(): Generator<InstanceConfiguration> {
  for (const [type, sizes] of Object.entries(SIZES)) {
    for (const cloud of CLOUDS) {
      for (const [region, place] of REGIONS[cloud]) {
        for (const size of sizes) {
          yield {
            region,
            region_name: `${place} (${region})`,
            type,
            memory: `${size}GB`,
            storage: `${size * 2}GB`,
            version: VERSION,
            cloud_provider: cloud,
          };
        }
      }
    }
  }
}

let standard: readonly InstanceConfiguration[] | undefined;

/**
 * Every tier in three clouds. Created once and shared: a process may start thousands of simulators.
 */
export function standardConfigurations(): readonly InstanceConfiguration[] {
  standard ??= Object.freeze([...free(), ...paid()]);
  return standard;
}
