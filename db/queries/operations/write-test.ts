import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { jobRuns } from '../../schema/operations/jobs.ts'

/** The name of the row's job, which no job has. */
const job = 'operations/test-database'

export interface WriteTest {
  readonly writeMs: number
  readonly readMs: number
  readonly rollbackMs: number
}

const timed = async <Result>(work: () => Promise<Result>): Promise<{ readonly result: Result; readonly milliseconds: number }> => {
  const startedAt = performance.now()
  const result = await work()
  return { result, milliseconds: Math.round((performance.now() - startedAt) * 100) / 100 }
}

/**
 * Writes a row, reads it, and rolls it back, with the time of each.
 * @throws if the row could not be read, or is still there afterwards.
 */
export const writeAndRollBack = async (transaction: Transaction): Promise<WriteTest> => {
  await transaction.execute(sql`select set_config('statement_timeout', '5s', true), set_config('lock_timeout', '1s', true)`)
  await transaction.execute(sql`savepoint before_the_test`)
  const written = await timed(() =>
    transaction.insert(jobRuns).values({ job, scheduledFor: new Date().toISOString(), status: 'succeeded' }).returning({ id: jobRuns.id }),
  )
  const [row] = written.result
  const find = () =>
    transaction
      .select({ id: jobRuns.id })
      .from(jobRuns)
      .where(and(eq(jobRuns.id, row!.id), eq(jobRuns.job, job)))
  const read = await timed(find)
  const rolledBack = await timed(() => transaction.execute(sql`rollback to savepoint before_the_test`))
  if (read.result.length !== 1) throw new Error('The row that was written could not be read.')
  if ((await find()).length > 0) throw new Error('The row that was rolled back is still there.')
  return { writeMs: written.milliseconds, readMs: read.milliseconds, rollbackMs: rolledBack.milliseconds }
}
