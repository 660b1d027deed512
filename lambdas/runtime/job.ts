import type { Backend } from './backends.ts'
import type { Domain } from './route.ts'

export interface JobDeclaration {
  readonly summary: string
  /** Five-field cron text in UTC, days of the week by name: `15 3 * * *`, `0 4 * * SUN`. */
  readonly schedule: string
  readonly backends: readonly Backend[]
  readonly timeoutSeconds: number
  readonly memoryMegabytes?: number
}

/** A scheduled function: `lambdas/<domain>/<name>.ts`. Connects as `nestegg_operator`. */
export interface Job extends JobDeclaration {
  readonly domain: Domain
  readonly name: string
  readonly id: string
}

/** Declares a domain's scheduled jobs; keys are handler names, as in a route table. */
export const defineJobs = <const Table extends Record<string, JobDeclaration>>(
  domain: Domain,
  table: Table,
): { readonly [Name in keyof Table]: Job } =>
  Object.fromEntries(
    Object.entries(table).map(([name, declaration]) => [name, { ...declaration, domain, name, id: `${domain}/${name}` }]),
  ) as { readonly [Name in keyof Table]: Job }
