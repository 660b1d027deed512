import { type Command, InvalidArgumentError, Option } from 'commander'
import type { BarSettingsChange } from '../../db/queries/market/bar-settings.ts'
import { partitionIntervals } from '../../db/schema/market/series.ts'
import { isTimeframe, timeframes } from '../../domain/market/index.ts'
import { barCommands } from '../../lambdas/market/bar-commands.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'
import { wholeNumber } from './whole-number.ts'

const addCompress = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('compress').description('compress the bars of past months now'))
    .option('--before <date>', 'compress bars before the month of this date; by default the settings decide')
    .action(({ before, ...options }: ReachOptions & { before?: string }) => run(barCommands.compress, { before }, options))

const addRefresh = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('refresh').description('update the daily, weekly and monthly bars of changed ranges now')).action(
    (options: ReachOptions) => run(barCommands.refresh, {}, options),
  )

const addRetain = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('retain').description('remove expired bars now'))
    .option('--dry-run', 'only show how many bars it would remove')
    .action(({ dryRun, ...options }: ReachOptions & { dryRun?: true }) => run(barCommands.retain, { dryRun }, options))

const readRetention = (text: string, before: BarSettingsChange['retainMonths'] = {}): BarSettingsChange['retainMonths'] => {
  const [timeframe = '', months = ''] = text.split('=')
  if (!isTimeframe(timeframe) || !/^([1-9]\d{0,3}|forever)$/.test(months))
    throw new InvalidArgumentError(`It must be like 1m=24 or 1d=forever, with one of ${timeframes.join(', ')}.`)
  return { ...before, [timeframe]: months === 'forever' ? null : Number(months) }
}

const addSettings = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('settings').description('show the settings of the bar store, and change those that are given'))
    .addOption(new Option('--partition-interval <interval>', 'length of partitions that will be made').choices(partitionIntervals))
    .option('--partitions-ahead <count>', 'how many partitions are made in advance, 1 to 120', wholeNumber)
    .option('--compress-after-months <count>', 'how many full months before the current one stay uncompressed', wholeNumber)
    .option(
      '--retain-months <timeframe=count>',
      'how many months the bars of a timeframe are kept: 1m=24, or 1d=forever; may be repeated',
      readRetention,
    )
    .action(({ compressAfterMonths, partitionInterval, partitionsAhead, retainMonths, ...options }: ReachOptions & BarSettingsChange) =>
      run(barCommands.settings, { compressAfterMonths, partitionInterval, partitionsAhead, retainMonths }, options),
    )

const addStatus = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('status').description('show how many bars are stored, and how'))
    .option('--json', 'as JSON')
    .action(({ json, ...options }: ReachOptions & { json?: true }) => run(barCommands.status, { json }, options))

const addFiles = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('files').description('list the price files that can be undone, newest first'))
    .option('--limit <count>', 'how many at most', wholeNumber, 20)
    .action(({ limit, ...options }: ReachOptions & { limit: number }) => run(barCommands.files, { limit }, options))

const addUndoFile = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('undo-file').description('remove the prices of a price file, and bring back those that it replaced'))
    .argument('<file>', 'its id, as `market files` lists it')
    .action((file: string, options: ReachOptions) => run(barCommands.undoFile, { file }, options))

/** Adds the commands that maintain the bar store. */
export const addBarStoreCommands = (group: Command, context: CommandContext): void => {
  for (const add of [addCompress, addFiles, addRefresh, addRetain, addSettings, addStatus, addUndoFile]) add(group, context)
}
