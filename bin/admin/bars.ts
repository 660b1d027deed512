import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { type BarBatch, readBarFile, readPricesFromCsv, timeframes } from '../../domain/market/index.ts'
import { DomainError } from '../../domain/shared/index.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import { loadBars } from './load-bars.ts'
import { stooq } from './providers/stooq.ts'
import type { ReachOptions } from './reach-database.ts'

interface IngestOptions extends ReachOptions {
  readonly symbol?: string
  readonly timeframe?: string
  readonly round?: true
}

/** What a file has that was not stored as it is; empty if there is nothing. */
const describeChanges = ({ ignoredColumns, roundedCount }: BarBatch): string =>
  [
    ...(roundedCount > 0 ? [`Figures rounded to 8 decimals: ${roundedCount}.\n`] : []),
    ...(ignoredColumns.length > 0 ? [`Ignored the columns ${ignoredColumns.join(', ')}.\n`] : []),
  ].join('')

const withSeriesOptions = (command: Command, symbolText: string) =>
  withDatabaseOptions(command)
    .option('--symbol <symbol>', symbolText)
    .addOption(new Option('--timeframe <timeframe>', 'timeframe of rows that do not name one').choices(timeframes))

const addIngest = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withSeriesOptions(
    group.command('ingest').description('store the bars of a file, all of them or none'),
    'symbol of rows that do not name one',
  )
    .option('--round', 'round figures of a price file that have more than 8 decimals; without it, they are rejected')
    .argument('<file>', 'CSV or JSON in the format of the API, or a price file of Stooq or Yahoo: Date,Open,High,Low,Close,Volume')
    .addHelpText(
      'after',
      '\nThe same file again changes nothing. Times without an offset are UTC. The command names the columns that it does not store, such as adjusted closes: the platform adjusts prices itself.\n\nExample:\n  npm run admin -- market ingest msft.csv --symbol MSFT --timeframe 1d',
    )
    .action(async (file: string, options: IngestOptions) => {
      const { changes, received, stored } = await withDatabase(options, async ({ location }) => {
        try {
          const batch = readBarFile(readFileSync(file), options)
          return { ...(await loadBars(location, batch)), changes: describeChanges(batch) }
        } catch (error) {
          if (error instanceof DomainError) throw new Error(`${file} was not stored: ${error.message}`, { cause: error })
          throw error
        }
      })
      terminal.out(`Stored ${stored} of ${received} bars; ${received - stored} were there already.\n${changes}`)
    })

const addFetch = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('fetch').description('fetch prices from a provider and store them'))
    .argument('<symbol...>', 'symbols of instruments')
    .addOption(new Option('--timeframe <timeframe>', 'length of a bar').choices(['1d', '1w', '1mo']).default('1d'))
    .option('--from <date>', 'first day')
    .option('--to <date>', 'last day')
    .option('--round', 'round figures that have more than 8 decimals; without it, they are rejected')
    .option('--provider-url <url>', "another server with the same answers as Stooq's", 'https://stooq.com')
    .action(
      async (
        symbols: string[],
        {
          from,
          providerUrl,
          round,
          timeframe,
          to,
          ...options
        }: ReachOptions & { timeframe: '1d' | '1w' | '1mo'; from?: string; to?: string; providerUrl: string; round?: true },
      ) => {
        const provider = stooq({ baseUrl: providerUrl })
        await withDatabase(options, async ({ location }) => {
          for (const symbol of symbols) {
            const prices = await terminal.progress(`Fetching ${symbol}`, () => provider.fetchPrices({ symbol, timeframe, from, to }))
            const batch = readPricesFromCsv(prices, { symbol, timeframe, round })
            const { received, stored } = await loadBars(location, batch)
            terminal.out(`${symbol}: stored ${stored} of ${received} bars.\n${describeChanges(batch)}`)
          }
        })
      },
    )

/** Adds the commands that store bars. */
export const addBarCommands = (group: Command, context: CommandContext): void => {
  for (const add of [addIngest, addFetch]) add(group, context)
}
