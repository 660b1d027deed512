import * as z from 'zod'
import { readDatabaseState } from '../../db/maintenance/read-state.ts'
import type { WorkDone } from '../../db/maintenance/run-steps.ts'
import { idempotencyKeys } from '../../db/schema/operations/idempotency.ts'
import { recommend } from '../../domain/operations/index.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { type CommandContext, defineCommand, type ExitCode, exitCodes } from '../runtime/command.ts'
import { deletes } from '../runtime/writes.ts'
import { describeReport } from './describe-report.ts'
import { analyze, cleanUp, refreshStatistics, reindex, vacuum } from './maintain.ts'

const json = z.boolean().default(false)

const describeWork = ({ done, failed, left }: WorkDone): string =>
  [
    done.length + failed.length + left.length === 0 ? 'Nothing needs it.\n' : '',
    alignColumns([
      ...done.map(({ reason, statement }) => ['done', statement, reason]),
      ...failed.map(({ error, statement }) => ['failed', statement, error]),
      ...left.map(({ reason, statement }) => ['left', statement, reason]),
    ]),
    left.length === 0 ? '' : 'There was no time for all of it: run the command again.\n',
  ].join('')

/** Writes what was done. @throws if a statement failed, after the others were run. */
const report = (work: WorkDone, asJson: boolean, { out }: CommandContext, more = ''): ExitCode => {
  out(asJson ? `${JSON.stringify(work)}\n` : `${more}${describeWork(work)}`)
  if (work.failed.length > 0) throw new Error(`${work.failed.length} statements failed; the others were run.`)
  return work.left.length > 0 ? exitCodes.outOfDate : exitCodes.done
}

const maintenanceAnalyze = defineCommand({
  name: 'maintenance analyze',
  summary: 'Refreshes the statistics of tables that have changed',
  role: 'nestegg_operator',
  arguments: z.strictObject({ all: z.boolean().default(false), json }),
  run: async ({ all, json }, context) => report(await analyze(context, { all }), json, context),
})

const maintenanceVacuum = defineCommand({
  name: 'maintenance vacuum',
  summary: 'Removes dead rows, and freezes old ones',
  role: 'nestegg_operator',
  arguments: z.strictObject({ freeze: z.boolean().default(false), json }),
  run: async ({ freeze, json }, context) => report(await vacuum(context, { freezeAll: freeze }), json, context),
})

const maintenanceStatistics = defineCommand({
  name: 'maintenance statistics',
  summary: 'Makes the declared statistics of several columns, and refreshes the statistics of all tables',
  role: 'nestegg_operator',
  arguments: z.strictObject({ json }),
  run: async ({ json }, context) => report(await refreshStatistics(context), json, context),
})

const maintenanceReindex = defineCommand({
  name: 'maintenance reindex',
  summary: 'Makes invalid and half-empty indexes again, one at a time',
  role: 'nestegg_operator',
  arguments: z.strictObject({ json }),
  run: async ({ json }, context) => report(await reindex(context), json, context),
})

const maintenanceCleanup = defineCommand({
  name: 'maintenance cleanup',
  summary: 'Moves rows out of default partitions, and removes leftovers and expired rows',
  role: 'nestegg_operator',
  arguments: z.strictObject({ json }),
  writes: [deletes(idempotencyKeys)],
  run: async ({ json }, context) => {
    const cleaned = await cleanUp(context)
    const { expiredKeysDeleted, partitionsDropped, partitionsMade } = cleaned
    const listed = (names: readonly string[]) => names.join(', ') || 'none'
    const summary = alignColumns([
      ['partitions made', listed(partitionsMade)],
      ['partitions dropped', listed(partitionsDropped)],
      ['expired idempotency keys deleted', String(expiredKeysDeleted)],
    ])
    return report(cleaned, json, context, summary)
  },
})

const maintenanceReport = defineCommand({
  name: 'maintenance report',
  summary: 'Shows the state of the database, and what to do first',
  role: 'nestegg_operator',
  arguments: z.strictObject({ json, limit: z.int().min(1).max(1_000).default(15) }),
  run: async ({ json, limit }, { location, out, progress }) => {
    const state = await readDatabaseState(location, { progress })
    const recommendations = recommend(state)
    out(json ? `${JSON.stringify({ recommendations, ...state })}\n` : describeReport(state, recommendations, limit))
    if (Object.keys(state.notRead).length > 0) throw new Error(`Some figures could not be read: ${Object.keys(state.notRead).join(', ')}.`)
    return recommendations.some(({ severity }) => severity !== 'info') ? exitCodes.outOfDate : exitCodes.done
  },
})

export const maintenanceCommands = {
  maintenanceAnalyze,
  maintenanceVacuum,
  maintenanceStatistics,
  maintenanceReindex,
  maintenanceCleanup,
  maintenanceReport,
}
