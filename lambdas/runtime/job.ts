import type { DatabaseRole } from '../../db/roles.ts'
import { householdJobRuns, jobRuns } from '../../db/schema/operations/jobs.ts'
import type { Backend } from './backends.ts'
import type { Domain } from './route.ts'
import { inserts, type TableWrite, updates } from './writes.ts'

interface JobSettings {
  readonly summary: string
  /** Five-field cron text in UTC, days of the week by name: `15 3 * * *`, `0 4 * * SUN`. */
  readonly schedule: string
  readonly backends: readonly Backend[]
  /** The database roles as which its handler connects besides nestegg_operator. */
  readonly alsoAs?: readonly DatabaseRole[]
  /** The changes that its handler makes in the database, besides the record of its run. */
  readonly writes?: readonly TableWrite[]
  readonly timeoutSeconds: number
  readonly memoryMegabytes?: number
}

/** Works on the whole platform, in one transaction: see `runJob`. */
interface PlatformJobDeclaration extends JobSettings {
  readonly scope?: undefined
}

/** Works on each household in a transaction of its own, several at a time: see `runHouseholdJob`. */
interface HouseholdJobDeclaration extends JobSettings {
  readonly scope: 'household'
  /** Largest number of households in work at the same time, each on its own connection. */
  readonly concurrency: number
}

export type JobDeclaration = PlatformJobDeclaration | HouseholdJobDeclaration

interface Placed {
  readonly domain: Domain
  readonly name: string
  readonly id: string
}

export type PlatformJob = PlatformJobDeclaration & Placed
export type HouseholdJob = HouseholdJobDeclaration & Placed

/** A scheduled function: `lambdas/<domain>/handlers/<name>.ts`. Connects as `nestegg_operator`, and as the roles that it names. */
export type Job = PlatformJob | HouseholdJob

type JobTable<Table extends Record<string, JobDeclaration>> = { readonly [Name in keyof Table]: Table[Name] & Placed }

/** The writes of `runJob` and `runHouseholdJob`: the records of runs. */
export const jobRunWrites = [jobRuns, householdJobRuns].flatMap(table => [
  inserts(table),
  updates(table, ['error', 'finishedAt', 'result', 'startedAt', 'status']),
])

/** Declares a domain's scheduled jobs; keys are handler names, as in a route table. */
export const defineJobs = <const Table extends Record<string, JobDeclaration>>(domain: Domain, table: Table): JobTable<Table> =>
  Object.fromEntries(
    Object.entries(table).map(([name, declaration]) => [name, { ...declaration, domain, name, id: `${domain}/${name}` }]),
  ) as unknown as JobTable<Table>
