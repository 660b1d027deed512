import * as z from 'zod'
import { Decimal } from '../../../domain/shared/index.ts'
import { placeOfVault } from '../../../lib/deployment.ts'
import type { Load } from '../load.ts'
import { type Resource, type Resources, UnpricedResource } from '../resources.ts'
import { busySeconds, firings, hoursOfMonth } from '../schedules.ts'
import { usage, type UsageOf } from '../usage.ts'
import { scheduledWork } from './functions.ts'

const cluster = z.object({
  BackupRetentionPeriod: z.number().default(1),
  EnableHttpEndpoint: z.boolean().default(false),
  ManageMasterUserPassword: z.boolean().default(false),
  StorageType: z.literal('aurora').optional(),
  PerformanceInsightsRetentionPeriod: z.literal(7).optional(),
  ServerlessV2ScalingConfiguration: z.object({
    MinCapacity: z.number(),
    MaxCapacity: z.number(),
    SecondsUntilAutoPause: z.number().default(300),
  }),
})

const settingsOf = (resource: Resource) => {
  const parsed = cluster.safeParse(resource.properties)
  if (parsed.success) return parsed.data
  throw new UnpricedResource(resource, `has settings of another price: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`)
}

/** The calls that a part of a large run makes, and that the run makes before and after its parts: read, report progress, store. */
const callsPerPart = 3

/** Calls of the Data API. Each reads its secret, which the key of the database decrypts: the most that AWS can bill. */
export const dataApiCalls = (load: Load): Decimal =>
  load.requestsPerMonth
    .times(load.dataApiCallsPerRequest)
    .plus(load.partsPerLargeRun.plus(1).times(load.largeRunsPerMonth).times(callsPerPart))
    .ceil()

const environmentVariables = z.object({ Environment: z.object({ Variables: z.looseObject({ KEPT_SNAPSHOTS: z.string() }) }) })

/** The snapshots that migrations keep. */
const keptSnapshots = (environment: Resources): number =>
  environment.of('AWS::Lambda::Function').reduce((total, { properties }) => {
    const { data } = environmentVariables.safeParse(properties)
    return total + Number(data?.Environment.Variables.KEPT_SNAPSHOTS ?? 0)
  }, 0)

export const clusterUsage: UsageOf = (clusters, environment, load) =>
  clusters.flatMap(resource => {
    const { BackupRetentionPeriod, EnableHttpEndpoint, ManageMasterUserPassword } = settingsOf(resource)
    return [
      usage('data', load.storageGigabytes, 'databaseStorage'),
      usage('reads and writes of the storage', load.requestsPerMonth.times(load.databaseIoPerRequest), 'databaseIo'),
      // As much as the data is free: what changed during the retention is billed.
      usage('continuous backup', load.storageGigabytes.times(load.changedSharePerDay).times(BackupRetentionPeriod), 'databaseBackup'),
      usage('snapshots before migrations', load.storageGigabytes.times(keptSnapshots(environment)), 'databaseBackup'),
      ...(EnableHttpEndpoint ? [usage('calls of the Data API', dataApiCalls(load), 'dataApi')] : []),
      ...(ManageMasterUserPassword ? [usage('password of the administrator', 1, 'secret')] : []),
    ]
  })

/** The hours of a month in which the instances work. A cluster that pauses is woken by each job, and waits before it pauses again. */
const awakeHours = (environment: Resources, load: Load, secondsUntilPause: number): Decimal => {
  const times = scheduledWork(environment).flatMap(({ times }) => times)
  const forJobs = new Decimal(busySeconds(times, load.jobSeconds.toNumber() + secondsUntilPause)).dividedBy(3_600)
  return Decimal.min(hoursOfMonth, load.awakeHoursPerDay.times(hoursOfMonth).dividedBy(24).plus(forJobs))
}

const instance = z.object({
  DBInstanceClass: z.literal('db.serverless'),
  PromotionTier: z.number().default(1),
  PerformanceInsightsRetentionPeriod: z.literal(7).optional(),
})

/** A reader with a promotion tier of 0 or 1 is as large as the writer, so that it can take over. Another one stays at the minimum. */
export const instanceUsage: UsageOf = (instances, environment, load) => {
  const [resource] = environment.of('AWS::RDS::DBCluster')
  const { MinCapacity, MaxCapacity, SecondsUntilAutoPause } = settingsOf(resource!).ServerlessV2ScalingConfiguration
  const awake = awakeHours(environment, load, MinCapacity === 0 ? SecondsUntilAutoPause : 0)
  const working = Decimal.min(Decimal.max(load.capacityUnitsWhileAwake, MinCapacity), MaxCapacity)
  const capacityOf = (each: Resource): Decimal => {
    const { data } = instance.safeParse(each.properties)
    if (!data) throw new UnpricedResource(each, 'has a class or a retention of insights with another price')
    const whileAwake = data.PromotionTier <= 1 ? working : new Decimal(MinCapacity)
    return awake.times(whileAwake).plus(new Decimal(hoursOfMonth).minus(awake).times(MinCapacity))
  }
  const total = instances.reduce((sum, each) => sum.plus(capacityOf(each)), new Decimal(0))
  return [usage(instances.length === 1 ? 'one instance' : `${instances.length} instances`, total, 'capacity')]
}

const lifecycle = z.object({ DeleteAfterDays: z.number() })
const plan = z.object({
  BackupPlan: z.object({
    BackupPlanRule: z.array(
      z.object({
        ScheduleExpression: z.string(),
        Lifecycle: lifecycle,
        CopyActions: z.array(z.object({ DestinationBackupVaultArn: z.string(), Lifecycle: lifecycle })).default([]),
      }),
    ),
  }),
})

/**
 * Backups of the database by AWS Backup. Each is whole. Those within the retention of the continuous backup are free, copies are not.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-storage-backup.html
 */
export const backupPlanUsage: UsageOf = (plans, environment, load) => {
  const freeDays = Math.max(0, ...environment.of('AWS::RDS::DBCluster').map(each => settingsOf(each).BackupRetentionPeriod))
  return plans.flatMap(resource => {
    const parsed = plan.safeParse(resource.properties)
    if (!parsed.success) throw new UnpricedResource(resource, 'has a rule without a schedule or without DeleteAfterDays')
    return parsed.data.BackupPlan.BackupPlanRule.flatMap(({ ScheduleExpression, Lifecycle, CopyActions }) => {
      const within = (days: number) => firings(ScheduleExpression, days * 24).length
      const size = (count: number) => load.storageGigabytes.times(count)
      return [
        usage(
          'kept backups',
          size(within(Lifecycle.DeleteAfterDays) - within(Math.min(freeDays, Lifecycle.DeleteAfterDays))),
          'databaseBackup',
        ),
        ...CopyActions.flatMap(copy => {
          const kept = size(within(copy.Lifecycle.DeleteAfterDays))
          return placeOfVault(copy.DestinationBackupVaultArn).region === environment.region
            ? [usage('backups in the other account', kept, 'databaseBackup')]
            : [
                usage('backups in the other Region', kept, 'backupCopy'),
                usage('backups copied to the other Region', size(firings(ScheduleExpression).length), 'otherRegion'),
              ]
        }),
      ]
    })
  })
}

const testPlan = z.object({ ScheduleExpression: z.string() })
/** The instance of a restore test exists for less than an hour, its cluster for as long as the validation may take. */
const testHours = { instance: 1, storage: 4 }

/** The clusters of restore tests. What AWS Backup charges for a test itself is not in it: no public text with its price was found. */
export const restoreTestUsage: UsageOf = (plans, environment, load) => {
  const [resource] = environment.of('AWS::RDS::DBCluster')
  const { MinCapacity } = settingsOf(resource!).ServerlessV2ScalingConfiguration
  const tests = plans.reduce((sum, { properties }) => sum + firings(testPlan.parse(properties).ScheduleExpression).length, 0)
  return [
    usage('restore tests', new Decimal(tests * testHours.instance).times(MinCapacity), 'capacity'),
    usage('storage of restore tests', load.storageGigabytes.times(tests * testHours.storage).dividedBy(hoursOfMonth), 'databaseStorage'),
  ]
}
