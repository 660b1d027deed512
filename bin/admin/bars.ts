import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { readBarFile, readPricesFromCsv, timeframes } from '../../domain/market/index.ts'
import { DomainError } from '../../domain/shared/index.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import { loadBars } from './load-bars.ts'
import { stooq } from './providers/stooq.ts'
import type { ReachOptions } from './reach-database.ts'

interface IngestOptions extends ReachOptions {
  readonly symbol?: string
  readonly timeframe?: string
}

const withSeriesOptions = (command: Command, symbolText: string) =>
  withDatabaseOptions(command)
    .option('--symbol <symbol>', symbolText)
    .addOption(new Option('--timeframe <timeframe>', 'timeframe of rows that do not name one').choices(timeframes))

const addIngest = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withSeriesOptions(
    group.command('ingest').description('store the bars of a file, all of them or none'),
    'symbol of rows that do not name one',
  )
    .argument('<file>', 'CSV or JSON in the format of the API, or a price file of Stooq or Yahoo: Date,Open,High,Low,Close,Volume')
    .addHelpText(
      'after',
      '\nThe same file again changes nothing. Times without an offset are UTC. Adjusted closes are ignored: the platform adjusts prices itself.\n\nExample:\n  npm run admin -- market ingest msft.csv --symbol MSFT --timeframe 1d',
    )
    .action(async (file: string, options: IngestOptions) => {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
      const { received, stored } = await withDatabase(options, ({ location }) => {
        try {
          return loadBars(location, readBarFile(text, options))
        } catch (error) {
          if (error instanceof DomainError) throw new Error(`${file} was not stored: ${error.message}`, { cause: error })
          throw error
        }
      })
      terminal.out(`Stored ${stored} of ${received} bars; ${received - stored} were there already.\n`)
    })

const addFetch = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('fetch').description('fetch prices from a provider and store them'))
    .argument('<symbol...>', 'symbols of instruments')
    .addOption(new Option('--timeframe <timeframe>', 'length of a bar').choices(['1d', '1w', '1mo']).default('1d'))
    .option('--from <date>', 'first day')
    .option('--to <date>', 'last day')
    .option('--provider-url <url>', "another server with the same answers as Stooq's", 'https://stooq.com')
    .action(
      async (
        symbols: string[],
        {
          from,
          providerUrl,
          timeframe,
          to,
          ...options
        }: ReachOptions & { timeframe: '1d' | '1w' | '1mo'; from?: string; to?: string; providerUrl: string },
      ) => {
        const provider = stooq({ baseUrl: providerUrl })
        await withDatabase(options, async ({ location }) => {
          for (const symbol of symbols) {
            const prices = await terminal.progress(`Fetching ${symbol}`, () => provider.fetchPrices({ symbol, timeframe, from, to }))
            const { received, stored } = await loadBars(location, readPricesFromCsv(prices, { symbol, timeframe }))
            terminal.out(`${symbol}: stored ${stored} of ${received} bars.\n`)
          }
        })
      },
    )

/** Adds the commands that store bars. */
export const addBarCommands = (group: Command, context: CommandContext): void => {
  for (const add of [addIngest, addFetch]) add(group, context)
}
