import * as z from 'zod'
import { type BarSettings, changeBarSettings, readBarSettings } from '../../db/queries/market/bar-settings.ts'
import {
  applyBarRetention,
  type Compression,
  compressBars,
  makeBarPartitions,
  readBarStoreStatus,
  readExpiredBars,
  refreshRollups,
} from '../../db/queries/market/bar-store.ts'
import { type PriceFile, priceFileRows } from '../../db/queries/market/price-files.ts'
import { beginJobRun, findLastJobRun, recordJobRun } from '../../db/queries/operations/index.ts'
import { barSettings, partitionIntervals, timeframes as timeframeTable } from '../../db/schema/market/series.ts'
import { timeframes } from '../../domain/market/index.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { type CommandContext, defineCommand, exitCodes } from '../runtime/command.ts'
import { messageOf } from '../runtime/run-job.ts'
import { calendarDate, uuid } from '../runtime/schemas.ts'
import { updates } from '../runtime/writes.ts'
import { marketJobs } from './jobs.ts'
import { undoFile } from './undo-file.ts'

const more = 'There was no time for all of it: run the command again.\n'

/** Compresses, and records the run like one of the scheduled job. */
const compressAndRecord = async ({ hasTime, inTransaction, out }: CommandContext, before: string | undefined): Promise<Compression> => {
  const startedAt = new Date().toISOString()
  const { id, timeoutSeconds } = marketJobs['compress-bars']
  const run = { job: id, scheduledFor: startedAt, startedAt }
  for (const stopped of await inTransaction(transaction => beginJobRun(transaction, run, timeoutSeconds))) {
    const moved = Number(stopped.result?.['moved'] ?? 0)
    out(`The compression of ${stopped.startedAt} was stopped before its end. The ${moved} bars that it had compressed stay compressed.\n`)
  }
  const finish = (values: { status: 'succeeded' | 'failed'; result?: Record<string, unknown>; error?: string }) =>
    inTransaction(transaction => recordJobRun(transaction, { ...run, ...values, finishedAt: new Date().toISOString() }))
  try {
    const result = await compressBars(inTransaction, {
      before,
      goesOn: hasTime,
      record: (transaction, soFar) => recordJobRun(transaction, { ...run, status: 'running', result: { ...soFar } }),
    })
    await finish({ status: 'succeeded', result: { ...result } })
    return result
  } catch (error) {
    await finish({ status: 'failed', error: messageOf(error) }).catch(() => undefined)
    throw error
  }
}

const compress = defineCommand({
  name: 'market compress',
  summary: 'Compresses the bars of past months now',
  role: 'nestegg_operator',
  arguments: z.strictObject({ before: calendarDate.optional() }),
  run: async ({ before }, context) => {
    const { left, moved } = await compressAndRecord(context, before)
    const { dropped } = await makeBarPartitions(context.inTransaction, context.hasTime)
    context.out(`Compressed ${moved} bars; dropped ${dropped.length} empty partitions.\n`)
    if (left === 0) return exitCodes.done
    context.out(more)
    return exitCodes.outOfDate
  },
})

const refresh = defineCommand({
  name: 'market refresh',
  summary: 'Updates the daily, weekly and monthly bars of changed ranges now',
  role: 'nestegg_operator',
  arguments: z.strictObject({}),
  run: async (_, { hasTime, inTransaction, out }) => {
    let total = 0
    // Each time it settles some of the ranges, if there are many.
    for (let settled = 1; settled > 0; total += settled) {
      if (!hasTime()) {
        out(`Settled ${total} changed ranges.\n${more}`)
        return exitCodes.outOfDate
      }
      settled = await inTransaction(refreshRollups)
    }
    out(`Settled ${total} changed ranges.\n`)
    return exitCodes.done
  },
})

const retain = defineCommand({
  name: 'market retain',
  summary: 'Removes expired bars now',
  role: 'nestegg_operator',
  arguments: z.strictObject({ dryRun: z.boolean().default(false) }),
  run: async ({ dryRun }, { hasTime, inTransaction, out }) => {
    if (dryRun) {
      const expired = await inTransaction(readExpiredBars)
      if (expired.length === 0) out('All timeframes are kept forever.\n')
      for (const { bars, cutoff, timeframe } of expired) out(`${timeframe}: would remove ${bars} bars before ${cutoff}.\n`)
      return exitCodes.done
    }
    const { dropped, removed } = await applyBarRetention(inTransaction, hasTime)
    const counts = Object.entries(removed).map(([timeframe, bars]) => `${bars} bars of ${timeframe}`)
    out(`Removed ${counts.join(', ') || 'nothing'}; dropped ${dropped.length} partitions.\n`)
    if (hasTime()) return exitCodes.done
    out(more)
    return exitCodes.outOfDate
  },
})

const describeSettings = ({ compressAfterMonths, partitionInterval, partitionsAhead, retainMonths }: BarSettings): string =>
  alignColumns([
    ['partition interval', partitionInterval],
    ['partitions ahead', String(partitionsAhead)],
    ['compressed after', `${compressAfterMonths} months`],
    ...Object.entries(retainMonths).map(([timeframe, months]) => [`${timeframe} kept`, months === null ? 'forever' : `${months} months`]),
  ])

const settings = defineCommand({
  name: 'market settings',
  summary: 'Shows the settings of the bar store, and changes those that are given',
  role: 'nestegg_operator',
  arguments: z.strictObject({
    partitionInterval: z.enum(partitionIntervals).optional(),
    partitionsAhead: z.int().min(0).max(9_999).optional(),
    compressAfterMonths: z.int().min(0).max(9_999).optional(),
    retainMonths: z.partialRecord(z.enum(timeframes), z.int().min(1).max(9_999).nullable()).optional(),
  }),
  writes: [
    updates(barSettings, ['partitionInterval', 'partitionsAhead', 'compressAfterMonths']),
    updates(timeframeTable, ['retainMonths']),
  ],
  run: async (change, { inTransaction, out }) => {
    const changed = await inTransaction(async transaction => {
      await changeBarSettings(transaction, change)
      return readBarSettings(transaction)
    })
    out(describeSettings(changed))
  },
})

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`

const readLastCompression = async (transaction: Parameters<typeof findLastJobRun>[0]) => {
  const run = await findLastJobRun(transaction, marketJobs['compress-bars'].id)
  if (!run) return null
  const { error, result, startedAt, status } = run
  return { startedAt, status, moved: Number(result?.['moved'] ?? 0), error }
}

const describeCompression = (run: Awaited<ReturnType<typeof readLastCompression>>): string[] => {
  if (!run) return ['none']
  const { error, moved, startedAt, status } = run
  const outcome = {
    succeeded: 'succeeded',
    failed: `failed: ${error}`,
    running: 'has not ended. If it was stopped, compress again: these bars stay compressed',
  }[status]
  return [String(moved), `bars since ${startedAt}`, outcome]
}

const status = defineCommand({
  name: 'market status',
  summary: 'Shows how many bars are stored, and how',
  role: 'nestegg_operator',
  arguments: z.strictObject({ json: z.boolean().default(false) }),
  run: async ({ json }, { inTransaction, out }) => {
    const { lastCompression, ...found } = await inTransaction(async transaction => ({
      ...(await readBarStoreStatus(transaction)),
      lastCompression: await readLastCompression(transaction),
    }))
    if (json) return out(`${JSON.stringify({ ...found, lastCompression })}\n`)
    const { chunks, compressedBars, compressedBytes, partitions, plainBars, plainBytes, rollupBytes, rollups, staleRanges, strayBars } =
      found
    return out(
      alignColumns([
        ['plain bars', String(plainBars), megabytes(plainBytes), `${partitions} partitions, ${strayBars} bars in the default one`],
        ['compressed bars', String(compressedBars), megabytes(compressedBytes), `${chunks} chunks`],
        ['rollups', String(rollups), megabytes(rollupBytes), `${staleRanges} changed ranges not settled`],
        ['last compression', ...describeCompression(lastCompression)],
      ]),
    )
  },
})

const describeFile = ({ actionCount, createdAt, fileName, id, replacedCount, storedCount, undoneAt }: PriceFile): string[] => [
  id,
  createdAt,
  fileName ?? 'pasted rows',
  `${storedCount} bars, ${replacedCount} of them replaced, ${actionCount} dividends and splits`,
  ...(undoneAt === null ? [] : [`undone ${undoneAt}`]),
]

const files = defineCommand({
  name: 'market files',
  summary: 'Lists the price files that can be undone, newest first',
  role: 'nestegg_operator',
  arguments: z.strictObject({ limit: z.int().min(1).max(1000).default(20) }),
  run: async ({ limit }, { inTransaction, out }) => {
    const { rows } = await inTransaction(transaction => priceFileRows.list(transaction, { limit, sort: '-createdAt' }))
    out(rows.length === 0 ? 'No price file was stored.\n' : alignColumns(rows.map(describeFile)))
  },
})

const undoFileCommand = defineCommand({
  name: 'market undo-file',
  summary: 'Removes the prices of a price file, and brings back those that it replaced',
  role: 'nestegg_operator',
  arguments: z.strictObject({ file: uuid }),
  run: async ({ file }, { inTransaction, out }) => {
    const { actionCount, replacedCount, storedCount } = await inTransaction(transaction => undoFile(transaction, file))
    out(
      `Undone: removed ${storedCount - replacedCount} bars, brought back ${replacedCount}; ${actionCount} dividends and splits are as they were before.\n`,
    )
  },
})

export const barCommands = { compress, files, refresh, retain, settings, status, undoFile: undoFileCommand }
