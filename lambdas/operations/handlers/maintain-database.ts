import { readDatabaseState } from '../../../db/maintenance/read-state.ts'
import { recommend } from '../../../domain/operations/index.ts'
import { databaseLocation } from '../../runtime/database.ts'
import { readEnvironment } from '../../runtime/environment.ts'
import { countFindings, logger } from '../../runtime/observability.ts'
import { runStepwiseJob } from '../../runtime/run-stepwise-job.ts'
import { operationsJobs } from '../jobs.ts'
import { analyze, cleanUp, refreshStatistics, reindex, vacuum } from '../maintain.ts'

/** So much of the time of the function is kept for a step that has begun: see `stepTimeout` of the steps. */
const stepMilliseconds = 6 * 60_000

/**
 * The daily maintenance. On Sundays it also makes bad indexes again, and logs the whole report; on the first day of a month it freezes and
 * analyzes every table. What failed is reported at the end, after everything else was done.
 */
export const handler = runStepwiseJob(operationsJobs['maintain-database'], async ({ inStep, remainingMilliseconds, scheduledFor }) => {
  const location = databaseLocation(readEnvironment())
  const pace = { hasTime: () => remainingMilliseconds() > stepMilliseconds, progress: () => undefined }
  const maintained = { location, inTransaction: inStep, ...pace }
  const due = new Date(scheduledFor)
  const isMonthly = due.getUTCDate() === 1
  const isWeekly = isMonthly || due.getUTCDay() === 0
  const parts = {
    cleanup: await cleanUp(maintained),
    vacuum: await vacuum(maintained, { freezeAll: isMonthly }),
    ...(isWeekly ? { reindex: await reindex(maintained) } : {}),
    ...(isMonthly ? { statistics: await refreshStatistics(maintained) } : { analyze: await analyze(maintained, { all: false }) }),
  }
  const state = await readDatabaseState(location, { measuresBloat: isWeekly })
  const recommendations = recommend(state)
  countFindings(recommendations)
  if (isWeekly)
    logger.info('database report', { recommendations, tables: state.tables.slice(0, 20), statements: state.statements.slice(0, 10) })
  else if (recommendations.length > 0) logger.info('database findings', { recommendations })
  const failed = Object.values(parts).flatMap(part => part.failed)
  if (failed.length > 0)
    throw new Error(
      `${failed.length} statements failed; the others were run. ${failed.map(({ error, statement }) => `${statement}: ${error}`).join('; ')}`,
    )
  return Object.fromEntries([
    ...Object.entries(parts).map(([name, { done, left }]) => [name, { done: done.length, left: left.length }]),
    ['findings', recommendations.length],
  ])
})
