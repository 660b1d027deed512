import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { type Deployment, type EnvironmentName, readDeployments } from './deployment.ts'

export const environmentNames = ['dev', 'staging', 'prod'] as const satisfies readonly EnvironmentName[]

export interface DatabaseSettings {
  /** Aurora capacity units (about 2 GiB of memory each) per instance; 0 lets an idle cluster pause. */
  readonly minimumCapacityUnits: number
  readonly maximumCapacityUnits: number
  /** The time without connections after which the cluster pauses (5 minutes to 24 hours). Only with a minimum of 0. */
  readonly autoPauseAfter?: Duration
  /** One writer, and readers that can take over in the other zone. */
  readonly instanceCount: number
  /** PostgreSQL's `max_connections`. Set explicitly, so that the alarm at 80 % of it is exact. test/lib/facts/connections.ts says what is needed. */
  readonly maximumConnections: number
  readonly backupRetentionDays: number
  /**
   * How long AWS Backup keeps its daily backup in a vault of the account. Left out: it takes none. Snapshots that are not older than
   * `backupRetentionDays` cost nothing.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-storage-backup.html
   */
  readonly vaultKeptDays?: number
  /** A migration takes a snapshot first. So many of them are kept, the newest. */
  readonly keptMigrationSnapshots: number
  readonly deletionProtection: boolean
  readonly removalPolicy: RemovalPolicy
}

export interface ApiSettings {
  /** Origins that browsers may call from. An empty list refuses cross-origin pages. */
  readonly allowedOrigins: readonly string[]
  /** Steady requests per second over all routes, and the burst above them. Beyond both, API Gateway answers 429. */
  readonly requestsPerSecond: number
  readonly burstRequests: number
}

/** What an environment is for: the same in every account. `npm run cost` says what a month of it costs. */
interface Purpose {
  readonly name: EnvironmentName
  readonly database: DatabaseSettings
  readonly api: ApiSettings
  /**
   * The sender of codes for sign-up and reset. Cognito's own mailer sends some dozens of mails a day, to anybody; SES sends as many as its
   * quota allows, in its sandbox to verified addresses only.
   */
  readonly codesSentBy: 'ses' | 'cognito'
  readonly logRetention: RetentionDays
  /** Whether keys, secrets, user pools and logs are kept when their stack is deleted. */
  readonly removalPolicy: RemovalPolicy
  readonly deletionProtection: boolean
  /**
   * How long S3 keeps each anchor of the audit trail from being deleted: `governance` from all without a special right, `compliance` from
   * everybody, the root of the account included. Left out: it does not.
   */
  readonly anchorLock?: { readonly mode: 'governance' | 'compliance'; readonly days: number }
  /** The schedules of jobs that are not the declared ones, by the id of the job. */
  readonly schedules?: Readonly<Record<string, string>>
  /** Alarms on every function, billed per function. Without them only the API's 5xx alarm reports failures. */
  readonly functionAlarms: boolean
  /** One page of graphs and alarms in CloudWatch. Three dollars a month; an account's first three dashboards of up to 50 metrics are free. */
  readonly dashboard: boolean
  /** A script that opens the web application and calls the API from outside every five minutes. About twelve dollars a month: 8,640 runs at 0.12 cents, and its function. */
  readonly canary: boolean
}

/** The settings of an environment: its purpose, and where it is deployed. */
export interface EnvironmentSettings extends Purpose, Deployment {}

/**
 * For the trial of one engineer or team. The cluster pauses after five minutes without a connection, and the next request waits for it, about
 * 15 s. Each scheduled job that reads the database wakes it for at least five minutes.
 */
const dev: Purpose = {
  name: 'dev',
  database: {
    minimumCapacityUnits: 0,
    maximumCapacityUnits: 3,
    autoPauseAfter: Duration.minutes(5),
    instanceCount: 1,
    maximumConnections: 440,
    backupRetentionDays: 1,
    keptMigrationSnapshots: 2,
    deletionProtection: false,
    removalPolicy: RemovalPolicy.DESTROY,
  },
  api: { allowedOrigins: [], requestsPerSecond: 20, burstRequests: 40 },
  codesSentBy: 'cognito',
  logRetention: RetentionDays.ONE_WEEK,
  removalPolicy: RemovalPolicy.DESTROY,
  deletionProtection: false,
  // Every hour they would wake the cluster for five minutes.
  schedules: {
    'identity/finish-erasures': '45 3 * * *',
    'operations/seal-audit-trail': '25 3 * * *',
    'operations/run-retention': '35 3 * * *',
    'operations/measure-backups': '50 6 * * *',
    // Once a day, after the end of the day in the Americas; the job catches up.
    'wealth/take-balance-snapshots': '25 11 * * *',
    'wealth/recalculate-lots': '25 11 * * *',
    'wealth/refresh-values': '25 11 * * *',
    'planning/follow-accounts': '25 11 * * *',
  },
  functionAlarms: false,
  dashboard: false,
  canary: false,
}

/** The rehearsal of production on one small instance, which is paid at all hours. */
const staging: Purpose = {
  name: 'staging',
  database: {
    minimumCapacityUnits: 0.5,
    maximumCapacityUnits: 4,
    instanceCount: 1,
    maximumConnections: 650,
    backupRetentionDays: 7,
    vaultKeptDays: 7,
    keptMigrationSnapshots: 5,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.SNAPSHOT,
  },
  api: { allowedOrigins: [], requestsPerSecond: 100, burstRequests: 200 },
  codesSentBy: 'ses',
  logRetention: RetentionDays.ONE_MONTH,
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  deletionProtection: true,
  anchorLock: { mode: 'governance', days: 30 },
  functionAlarms: true,
  dashboard: true,
  canary: false,
}

/** Two instances in two zones, with deletion protection. The standby reader is as large as the writer at all hours, so that it can take over. */
const prod: Purpose = {
  name: 'prod',
  database: {
    minimumCapacityUnits: 2,
    maximumCapacityUnits: 16,
    instanceCount: 2,
    maximumConnections: 1_500,
    backupRetentionDays: 35,
    vaultKeptDays: 30,
    keptMigrationSnapshots: 10,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  },
  api: { allowedOrigins: [], requestsPerSecond: 500, burstRequests: 1_000 },
  codesSentBy: 'ses',
  logRetention: RetentionDays.ONE_YEAR,
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  deletionProtection: true,
  // As long as the audit trail is kept, and a month more.
  anchorLock: { mode: 'compliance', days: 7 * 366 + 31 },
  functionAlarms: true,
  dashboard: true,
  canary: true,
}

const purposes: Readonly<Record<EnvironmentName, Purpose>> = { dev, staging, prod }

/** Thrown for an environment that does not exist. Its message names the existing ones. */
export class UnknownEnvironment extends Error {
  constructor(name: unknown) {
    super(
      typeof name === 'string' && name !== ''
        ? `The environment "${name}" does not exist. Choose one of ${environmentNames.join(', ')}.`
        : `No environment was given. Choose one of ${environmentNames.join(', ')}.`,
    )
    this.name = 'UnknownEnvironment'
  }
}

/**
 * The settings of the environment of that name.
 * @throws {UnknownEnvironment} if there is none.
 * @throws {InvalidDeployment} if `deployment.json` is not valid.
 */
export const environmentSettings = (name: unknown): EnvironmentSettings => {
  const known = environmentNames.find(each => each === name)
  if (known === undefined) throw new UnknownEnvironment(name)
  return { ...purposes[known], ...readDeployments()[known] }
}

/**
 * The settings for the first deployment of an environment. CloudFormation deletes what it made if that deployment fails. It could not delete
 * a protected cluster, which would stay and cost money. The next deployment turns the protection on.
 */
export const forFirstDeployment = (settings: EnvironmentSettings): EnvironmentSettings => ({
  ...settings,
  deletionProtection: false,
  database: { ...settings.database, deletionProtection: false },
})
