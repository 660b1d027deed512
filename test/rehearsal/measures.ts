import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { readDashboard } from './dashboard.ts'
import type { Deployed, DeployedFunction, DeployedResource } from './deployed.ts'
import { deployedRoutes } from './http-api.ts'

/** Something with a limit: its place, and its size. */
export type Measured = readonly [place: string, size: number]

export interface Quota {
  readonly what: string
  readonly atMost: number
  /** The page of AWS with the quota, below `docs`, as of November 2026. */
  readonly source: string
  readonly measure: (deployed: Deployed) => Measured[]
}

export const docs = 'https://docs.aws.amazon.com'

export const placeOf = ({ id, stack }: { readonly id: string; readonly stack: string }): string => `${stack}/${id}`
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const count =
  (type: string) =>
  (deployed: Deployed): Measured[] => [['the environment', deployed.resources(type).length]]

/** A size of each resource of a type. */
export const each =
  (type: string, size: (resource: DeployedResource) => number) =>
  (deployed: Deployed): Measured[] =>
    deployed.resources(type).map(resource => [placeOf(resource), size(resource)])

export const number =
  (property: string, otherwise: number) =>
  ({ properties }: DeployedResource): number =>
    z.coerce.number().default(otherwise).parse(properties[property])

export const length =
  (property: string) =>
  ({ properties }: DeployedResource): number =>
    z
      .union([z.string(), z.array(z.unknown())])
      .default('')
      .parse(properties[property]).length

/** A size of each dashboard. */
export const ofDashboards = (size: (dashboard: ReturnType<typeof readDashboard>) => number) =>
  each('AWS::CloudWatch::Dashboard', ({ properties }) => size(readDashboard(properties)))

/** A size of each function. */
export const eachFunction = (size: (lambda: DeployedFunction, deployed: Deployed) => number) => (deployed: Deployed) =>
  deployed.functions().map((lambda): Measured => [placeOf(lambda), size(lambda, deployed)])

export const bytesOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((total, entry) => total + statSync(join(entry.parentPath, entry.name)).size, 0)

export const sizeOfPolicy = (deployed: Deployed, arn: string): number => JSON.stringify(deployed.resourcePolicyOf(arn) ?? '').length

export const target = z.object({
  RetryPolicy: z.object({ MaximumRetryAttempts: z.number(), MaximumEventAgeInSeconds: z.number() }),
})
export const backupPlan = z.object({ BackupPlanRule: z.array(z.unknown()) })
export const window = z.object({ MaximumWindowInMinutes: z.number().default(0) })
export const metrics = z.array(z.object({ MetricStat: z.object({ Period: z.number() }).optional() }))

export const deploymentGroup = z.object({ AlarmConfiguration: z.object({ Alarms: z.array(z.unknown()) }) })

export const alarmPeriod = ({ properties }: DeployedResource): number => {
  const periods = properties['Metrics']
    ? metrics.parse(properties['Metrics']).flatMap(({ MetricStat }) => MetricStat?.Period ?? [])
    : [Number(properties['Period'])]
  return Math.max(...periods)
}

/** The seconds that an alarm looks back. */
export const alarmWindow = (alarm: DeployedResource): number => alarmPeriod(alarm) * Number(alarm.properties['EvaluationPeriods'])

export const routeFunctions = (deployed: Deployed): Measured[] =>
  deployedRoutes(deployed).map(({ function: { id, stack, timeoutSeconds } }) => [`${stack}/${id}`, timeoutSeconds])

export const exportedTwice = ({ stacks }: Deployed): Measured[] => {
  const names = stacks.flatMap(({ template }) =>
    Object.values(template.Outputs).flatMap(({ Export }) => (Export ? [JSON.stringify(Export.Name)] : [])),
  )
  return [['the environment', names.length - new Set(names).size]]
}

/**
 * The quotas of AWS that the environment could reach. Where a quota can be raised, this is what a new account has.
 */
