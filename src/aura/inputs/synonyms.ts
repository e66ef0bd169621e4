/** A copy is a new instance, or replaces the data of an existing one. */
const copies = ['copy', 'clone', 'duplicate'] as const;
const enabled = ['on', 'true', 'yes', 'enabled'] as const;

/**
 * Words that people use for values of an input. They are not accepted, because some mean something
 * else to another reader; the error names the value.
 */
export const synonyms = {
  operation: {
    create: [
      'provision',
      'make',
      'new',
      'launch',
      'add',
      'deploy',
      'up',
      'ensure',
      'apply',
      ...copies,
    ],
    get: ['list', 'read', 'show', 'describe', 'status', 'info', 'fetch'],
    poll: ['wait', 'await', 'watch'],
    pause: ['stop', 'suspend', 'hibernate', 'sleep'],
    resume: ['start', 'unpause', 'wake', 'restart'],
    resize: ['scale', 'update', 'change', 'modify', 'patch', 'rename', 'upgrade', 'edit'],
    snapshot: ['backup'],
    restore: ['rollback', 'roll-back', 'revert', 'recover'],
    overwrite: copies,
    delete: [
      'destroy',
      'remove',
      'rm',
      'del',
      'terminate',
      'drop',
      'teardown',
      'tear-down',
      'down',
      'kill',
    ],
    sweep: ['cleanup', 'clean-up', 'clean', 'prune', 'gc'],
  },
  tier: {
    free: ['aura-free', 'auradb-free'],
    professional: ['pro', 'auradb-professional', 'aura-professional'],
    'business-critical': ['bc', 'business', 'auradb-business-critical'],
    'virtual-dedicated-cloud': ['vdc', 'enterprise', 'auradb-virtual-dedicated-cloud'],
    'ds-professional': ['ds', 'aurads', 'aurads-professional', 'professional-data-science'],
    'ds-enterprise': ['aurads-enterprise'],
  },
  'cloud-provider': {
    gcp: ['google', 'google-cloud', 'gcloud', 'gce'],
    aws: ['amazon', 'amazon-web-services'],
    azure: ['microsoft', 'microsoft-azure'],
  },
  'if-no-credentials': {
    fail: ['error', 'false'],
    skip: ['ignore', 'notice', 'warn', 'warning', 'continue', 'true'],
  },
  'if-exists': {
    reuse: ['use', 'keep', 'ignore', 'get', 'take', 'skip', 'continue', 'true'],
    replace: ['recreate', 'delete', 'overwrite'],
    fail: ['error', 'abort'],
  },
  'cdc-enrichment-mode': {
    OFF: ['false', 'none', 'disabled', 'no'],
    DIFF: enabled,
    FULL: enabled,
  },
  'wait-for': {
    running: ['ready', 'resumed', 'started', 'up', 'available', 'online', 'create', 'resume'],
    paused: ['stopped', 'suspended', 'pause'],
    deleted: ['destroyed', 'removed', 'gone', 'delete'],
  },
  'credentials-store': {
    none: ['off', 'false', 'no'],
    deployment: ['github', 'on', 'true', 'github-deployment', 'github-deployments'],
  },
  verify: {
    off: ['false', 'no', 'none', 'never', 'skip'],
    warn: ['warning', 'warnings'],
    require: ['true', 'yes', 'on', 'fail', 'error', 'strict', 'always', 'required'],
  },
  keep: {
    'pull-requests': ['prs', 'pr', 'pulls', 'open-pull-requests', 'open-prs', 'open'],
    branches: ['all', 'all-branches'],
  },
} as const;
