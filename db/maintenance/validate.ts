import type { TransactionSql } from 'postgres'
import { connect, type DatabaseLocation, type Sql } from '../connections.ts'
import { openDatabase } from '../database.ts'
import type { DataCheck } from '../schema/data-checks.ts'
import { catalogueChecks } from './catalogue-checks.ts'
import type { Pace } from './run-steps.ts'

export interface BadRow {
  readonly key: string
  readonly detail: string
}

export interface CheckResult {
  readonly id: string
  readonly sentence: string
  /** How many rows break the rule; after a repair, how many still do. */
  readonly badRows: number
  /** The first of them. */
  readonly examples: readonly BadRow[]
  readonly canBeRepaired: boolean
  /** How many rows a repair put right in this run. */
  readonly repaired: number
  /** Why the check or its repair could not run. */
  readonly error: string | null
}

export interface Validation {
  readonly results: readonly CheckResult[]
  /** Checks for which there was no time. */
  readonly notRun: readonly string[]
}

export interface ValidateOptions extends Pace {
  readonly checks: readonly DataCheck[]
  readonly repairs: boolean
  /** The request of the audit rows that repairs write. */
  readonly request: object
  /** How many bad rows of a check are named. */
  readonly named: number
}

interface Found {
  readonly badRows: number
  readonly examples: readonly BadRow[]
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const runChecks = async (owner: Sql, { checks, hasTime, named, progress, repairs, request }: ValidateOptions): Promise<Validation> => {
  const begin = (transaction: TransactionSql) => transaction`select operations.begin_checks(${JSON.stringify(request)}::text::jsonb)`
  const find = ({ find }: DataCheck): Promise<Found> =>
    owner.begin(async transaction => {
      await begin(transaction)
      await transaction`set transaction read only`
      const rows = await transaction.unsafe<(BadRow & { total: number })[]>(
        `select coalesce(key, '') as key, coalesce(detail, '') as detail, (count(*) over ())::int as total from (${find}) bad limit ${named}`,
      )
      return { badRows: rows[0]?.total ?? 0, examples: rows.map(({ detail, key }) => ({ key, detail })) }
    }) as Promise<Found>
  const repair = (statement: string) =>
    owner.begin(async transaction => {
      await begin(transaction)
      await transaction.unsafe(statement)
    })
  const results: CheckResult[] = []
  for (const [index, check] of checks.entries()) {
    if (!hasTime()) break
    progress(`${index + 1} of ${checks.length}: ${check.id}`)
    const common = { id: check.id, sentence: check.sentence, canBeRepaired: check.repair !== undefined }
    let before: Found = { badRows: 0, examples: [] }
    let repaired = 0
    try {
      before = await find(check)
      if (repairs && before.badRows > 0 && check.repair !== undefined) {
        await repair(check.repair)
        const after = await find(check)
        repaired = before.badRows - after.badRows
        before = after
      }
      results.push({ ...common, ...before, repaired, error: null })
    } catch (error) {
      results.push({ ...common, ...before, repaired, error: messageOf(error) })
    }
  }
  return { results, notRun: checks.slice(results.length).map(({ id }) => id) }
}

/**
 * Runs the checks of the catalogue and the given ones, as nestegg_owner. Each has a transaction of its own, and one that fails does not stop
 * the others.
 */
export const validate = async (location: DatabaseLocation, options: ValidateOptions): Promise<Validation> => {
  const connection = { application_name: 'nestegg validation', timezone: 'UTC', statement_timeout: '5min', lock_timeout: '5s' }
  const catalogue = connect(location, 'nestegg_owner')
  const owner = connect(location, 'nestegg_owner', 1, { connection: connection as Record<string, string> })
  try {
    const derived = await catalogueChecks(openDatabase(catalogue))
    return await runChecks(owner, { ...options, checks: [...derived, ...options.checks] })
  } finally {
    await Promise.all([catalogue.end(), owner.end()])
  }
}
