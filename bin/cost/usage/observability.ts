import * as z from 'zod'
import { Decimal } from '../../../domain/shared/index.ts'
import type { Resource, Resources } from '../resources.ts'
import type { Load, LoadName } from '../load.ts'
import { firings, hoursOfMonth } from '../schedules.ts'
import { gigabytes, usage, type Usage, type UsageOf } from '../usage.ts'
import { scheduledWork } from './functions.ts'

const metric = z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: z.unknown().optional() })
const alarm = z.union([z.object({ Metrics: z.array(z.looseObject({ MetricStat: z.object({ Metric: metric }).optional() })) }), metric])

/** The metrics that an alarm reads. A sum of ten metrics is billed as ten. */
const metricsOf = ({ properties }: Resource): z.infer<typeof metric>[] => {
  const parsed = alarm.parse(properties)
  return 'Metrics' in parsed ? parsed.Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) : [parsed]
}

export const alarmUsage: UsageOf = alarms => {
  const metrics = alarms.flatMap(metricsOf)
  // Metrics of AWS itself are free.
  const own = new Set(metrics.filter(({ Namespace }) => !Namespace.startsWith('AWS/')).map(each => JSON.stringify(each)))
  return [usage('metrics of alarms', metrics.length, 'alarm'), usage('metrics of our own, which alarms read', own.size, 'metric')]
}

export const dashboardUsage: UsageOf = dashboards => [usage('dashboards', Math.max(0, dashboards.length - 3), 'dashboard')]

const groups = z.array(z.object({ properties: z.looseObject({ RetentionInDays: z.number() }) }))

/** Logs of a month, and those that are kept. All logs of an environment are kept equally long. */
const logUsage = (what: string, environment: Resources, load: Load, written: Decimal): Usage[] => {
  const retentions = groups.parse(environment.of('AWS::Logs::LogGroup')).map(({ properties }) => properties.RetentionInDays)
  const months = new Decimal(Math.max(...retentions) * 24).dividedBy(hoursOfMonth)
  return [usage(what, written, 'logs'), usage(`${what}, kept`, written.times(months).times(load.storedLogShare), 'storedLogs')]
}

export const logGroupUsage: UsageOf = (_, environment, load) => {
  const jobs = scheduledWork(environment).reduce((total, { times }) => total + times.length, 0)
  const lines = load.requestsPerMonth.plus(jobs).plus(load.largeRunsPerMonth.times(load.partsPerLargeRun.plus(1)))
  return logUsage('logs', environment, load, gigabytes(lines, load.logKilobytesPerRequest))
}

/** Logs to which every request adds some kilobytes. */
const requestLogUsage =
  (what: string, kilobytes: LoadName): UsageOf =>
  (logs, environment, load) =>
    logUsage(what, environment, load, gigabytes(load.requestsPerMonth.times(logs.length), load[kilobytes]))

export const flowLogUsage = requestLogUsage('logs of the network', 'flowLogKilobytesPerRequest')

/** The logs that a service other than Lambda and API Gateway delivers: those of the front. */
export const deliveryUsage = requestLogUsage('logs of the front', 'frontLogKilobytesPerRequest')

const canary = z.object({
  Schedule: z.object({ Expression: z.string() }),
  // The default of AWS.
  RunConfig: z.object({ MemoryInMB: z.number().default(1_000) }).default({ MemoryInMB: 1_000 }),
})

export const canaryUsage: UsageOf = (canaries, _, load) =>
  canaries.flatMap(({ id, properties }) => {
    const { Schedule, RunConfig } = canary.parse(properties)
    const runs = firings(Schedule.Expression).length
    const compute = load.canarySeconds.times(runs).times(RunConfig.MemoryInMB).dividedBy(1_024)
    return [
      usage(`canary ${id}`, runs, 'canaryRun'),
      usage(`canary ${id}`, compute, 'functionX86'),
      usage(`canary ${id}`, runs, 'functionRequest'),
    ]
  })
