import { type Command, InvalidArgumentError, Option } from 'commander'
import { connect, type DatabaseLocation } from '../../db/connections.ts'
import { openDatabase, type Transaction } from '../../db/database.ts'
import { type BarSettings, type BarSettingsChange, changeBarSettings, readBarSettings } from '../../db/queries/market/bar-settings.ts'
import {
  applyBarRetention,
  compressBars,
  makeBarPartitions,
  readBarStoreStatus,
  readExpiredBars,
  refreshRollups,
} from '../../db/queries/market/bar-store.ts'
import { partitionIntervals } from '../../db/schema/market/series.ts'
import { isTimeframe, timeframes } from '../../domain/market/index.ts'
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

const addCompress = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('compress').description('compress the bars of past months now'))
    .option('--before <date>', 'compress bars before the month of this date; by default the settings decide')
    .action(async ({ before, ...options }: ReachOptions & { before?: string }) => {
      const { dropped, moved } = await withDatabase(options, async ({ location }) => ({
        moved: await untilDone(location, transaction => compressBars(transaction, before)),
        dropped: (await asOperator(location, makeBarPartitions)).dropped,
      }))
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
      const { dropped, removed } = await withDatabase(options, ({ location }) => asOperator(location, applyBarRetention))
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

const addStatus = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('status').description('show how many bars are stored, and how'))
    .option('--json', 'as JSON')
    .action(async (options: ReachOptions & { json?: true }) => {
      const status = await withDatabase(options, ({ location }) => asOperator(location, readBarStoreStatus))
      if (options.json) return terminal.out(`${JSON.stringify(status)}\n`)
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
        ]),
      )
    })

/** Adds the commands that maintain the bar store. */
export const addBarStoreCommands = (group: Command, context: CommandContext): void => {
  for (const add of [addCompress, addRefresh, addRetain, addSettings, addStatus]) add(group, context)
}
