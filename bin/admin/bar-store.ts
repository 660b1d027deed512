import { setTimeout as wait } from 'node:timers/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { connect, type DatabaseLocation } from '../../db/connections.ts'
import { openDatabase, type Transaction } from '../../db/database.ts'
import { openSessions } from '../../db/sessions.ts'
import { type BarSettings, type BarSettingsChange, changeBarSettings, readBarSettings } from '../../db/queries/market/bar-settings.ts'
import {
  applyBarRetention,
  type Compression,
  compressBars,
  type InStep,
  makeBarPartitions,
  readBarStoreStatus,
  readExpiredBars,
  refreshRollups,
} from '../../db/queries/market/bar-store.ts'
import { beginJobRun, findLastJobRun, recordJobRun } from '../../db/queries/operations/index.ts'
import { partitionIntervals } from '../../db/schema/market/series.ts'
import { isTimeframe, timeframes } from '../../domain/market/index.ts'
import { marketJobs } from '../../lambdas/market/jobs.ts'
import { isConnectionError, isTransient } from '../../lambdas/runtime/errors.ts'
import { messageOf } from '../../lambdas/runtime/run-job.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'
import { alignColumns } from './terminal.ts'

const asOperator = async <Result>(location: DatabaseLocation, work: (transaction: Transaction) => Promise<Result>): Promise<Result> => {
  const client = connect(location, 'nestegg_operator')
  try {
    return await openDatabase(client).transaction(work)
  } finally {
    await client.end()
  }
}

/** Repeats work that stops early if there is much to do, each time in a new transaction. Returns the sum of its counts. */
const untilDone = async (location: DatabaseLocation, work: (transaction: Transaction) => Promise<number>): Promise<number> => {
  for (let total = 0; ; ) {
    const count = await asOperator(location, work)
    if (count === 0) return total
    total += count
  }
}

const stepAttempts = 5

/** Runs work in steps, each in a transaction of its own. A step runs again after a deadlock, or if a lock was not free in time. */
const inSteps = async <Result>(location: DatabaseLocation, work: (inStep: InStep) => Promise<Result>): Promise<Result> => {
  const sessions = openSessions(onclose => connect(location, 'nestegg_operator', 1, { onclose }), 1, isConnectionError)
  try {
    return await work(async run => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await sessions.transact(async () => undefined, run)
        } catch (error) {
          if (!isTransient(error) || attempt === stepAttempts) throw error
          await wait(100 * attempt)
        }
      }
    })
  } finally {
    await sessions.close()
  }
}

/** Compresses, and records the run like one of the scheduled job. */
const compress = async (inStep: InStep, before: string | undefined, warn: (text: string) => void): Promise<Compression> => {
  const startedAt = new Date().toISOString()
  const { id, timeoutSeconds } = marketJobs['compress-bars']
  const run = { job: id, scheduledFor: startedAt, startedAt }
  for (const stopped of await inStep(transaction => beginJobRun(transaction, run, timeoutSeconds))) {
    const moved = Number(stopped.result?.['moved'] ?? 0)
    warn(`The compression of ${stopped.startedAt} was stopped before its end. The ${moved} bars that it had compressed stay compressed.\n`)
  }
  const finish = (values: { status: 'succeeded' | 'failed'; result?: Record<string, unknown>; error?: string }) =>
    inStep(transaction => recordJobRun(transaction, { ...run, ...values, finishedAt: new Date().toISOString() }))
  try {
    const result = await compressBars(inStep, {
      before,
      record: (transaction, soFar) => recordJobRun(transaction, { ...run, status: 'running', result: { ...soFar } }),
    })
    await finish({ status: 'succeeded', result: { ...result } })
    return result
  } catch (error) {
    await finish({ status: 'failed', error: messageOf(error) }).catch(() => undefined)
    throw error
  }
}

const addCompress = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('compress').description('compress the bars of past months now'))
    .option('--before <date>', 'compress bars before the month of this date; by default the settings decide')
    .action(async ({ before, ...options }: ReachOptions & { before?: string }) => {
      const { dropped, moved } = await withDatabase(options, ({ location }) =>
        inSteps(location, async inStep => ({
          moved: (await compress(inStep, before, terminal.out)).moved,
          dropped: (await makeBarPartitions(inStep)).dropped,
        })),
      )
      terminal.out(`Compressed ${moved} bars; dropped ${dropped.length} empty partitions.\n`)
    })

const addRefresh = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('refresh').description('update the daily, weekly and monthly bars of changed ranges now')).action(
    async (options: ReachOptions) => {
      const settled = await withDatabase(options, ({ location }) => untilDone(location, refreshRollups))
      terminal.out(`Settled ${settled} changed ranges.\n`)
    },
  )

const addRetain = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('retain').description('remove expired bars now'))
    .option('--dry-run', 'only show how many bars it would remove')
    .action(async ({ dryRun, ...options }: ReachOptions & { dryRun?: true }) => {
      if (dryRun) {
        const expired = await withDatabase(options, ({ location }) => asOperator(location, readExpiredBars))
        if (expired.length === 0) return terminal.out('All timeframes are kept forever.\n')
        return terminal.out(
          expired.map(({ bars, cutoff, timeframe }) => `${timeframe}: would remove ${bars} bars before ${cutoff}.\n`).join(''),
        )
      }
      const { dropped, removed } = await withDatabase(options, ({ location }) => inSteps(location, applyBarRetention))
      const counts = Object.entries(removed).map(([timeframe, bars]) => `${bars} bars of ${timeframe}`)
      return terminal.out(`Removed ${counts.join(', ') || 'nothing'}; dropped ${dropped.length} partitions.\n`)
    })

const wholeNumber = (text: string): number => {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

const readRetention = (text: string, before: BarSettingsChange['retainMonths'] = {}): BarSettingsChange['retainMonths'] => {
  const [timeframe = '', months = ''] = text.split('=')
  if (!isTimeframe(timeframe) || !/^([1-9]\d{0,3}|forever)$/.test(months))
    throw new InvalidArgumentError(`It must be like 1m=24 or 1d=forever, with one of ${timeframes.join(', ')}.`)
  return { ...before, [timeframe]: months === 'forever' ? null : Number(months) }
}

const describeSettings = ({ compressAfterMonths, partitionInterval, partitionsAhead, retainMonths }: BarSettings): string =>
  alignColumns([
    ['partition interval', partitionInterval],
    ['partitions ahead', String(partitionsAhead)],
    ['compressed after', `${compressAfterMonths} months`],
    ...Object.entries(retainMonths).map(([timeframe, months]) => [`${timeframe} kept`, months === null ? 'forever' : `${months} months`]),
  ])

const addSettings = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('settings').description('show the settings of the bar store, and change those that are given'))
    .addOption(new Option('--partition-interval <interval>', 'length of partitions that will be made').choices(partitionIntervals))
    .option('--partitions-ahead <count>', 'how many partitions are made in advance, 1 to 120', wholeNumber)
    .option('--compress-after-months <count>', 'how many full months before the current one stay uncompressed', wholeNumber)
    .option(
      '--retain-months <timeframe=count>',
      'how many months the bars of a timeframe are kept: 1m=24, or 1d=forever; may be repeated',
      readRetention,
    )
    .action(
      async ({ compressAfterMonths, partitionInterval, partitionsAhead, retainMonths, ...options }: ReachOptions & BarSettingsChange) => {
        const change = {
          ...(compressAfterMonths === undefined ? {} : { compressAfterMonths }),
          ...(partitionInterval === undefined ? {} : { partitionInterval }),
          ...(partitionsAhead === undefined ? {} : { partitionsAhead }),
          ...(retainMonths === undefined ? {} : { retainMonths }),
        }
        const settings = await withDatabase(options, ({ location }) =>
          asOperator(location, async transaction => {
            await changeBarSettings(transaction, change)
            return readBarSettings(transaction)
          }),
        )
        terminal.out(describeSettings(settings))
      },
    )

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`

const readLastCompression = async (transaction: Transaction) => {
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

const addStatus = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('status').description('show how many bars are stored, and how'))
    .option('--json', 'as JSON')
    .action(async (options: ReachOptions & { json?: true }) => {
      const { lastCompression, ...status } = await withDatabase(options, ({ location }) =>
        asOperator(location, async transaction => ({
          ...(await readBarStoreStatus(transaction)),
          lastCompression: await readLastCompression(transaction),
        })),
      )
      if (options.json) return terminal.out(`${JSON.stringify({ ...status, lastCompression })}\n`)
      return terminal.out(
        alignColumns([
          [
            'plain bars',
            String(status.plainBars),
            megabytes(status.plainBytes),
            `${status.partitions} partitions, ${status.strayBars} bars in the default one`,
          ],
          ['compressed bars', String(status.compressedBars), megabytes(status.compressedBytes), `${status.chunks} chunks`],
          ['rollups', String(status.rollups), megabytes(status.rollupBytes), `${status.staleRanges} changed ranges not settled`],
          ['last compression', ...describeCompression(lastCompression)],
        ]),
      )
    })

/** Adds the commands that maintain the bar store. */
export const addBarStoreCommands = (group: Command, context: CommandContext): void => {
  for (const add of [addCompress, addRefresh, addRetain, addSettings, addStatus]) add(group, context)
}
