import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import * as z from 'zod'
import {
  type BarBatch,
  duplicatePolicies,
  type PriceFileOptions,
  readBarFile,
  readPricesFromCsv,
  timeframes,
  withKeptProfile,
} from '../../domain/market/index.ts'
import { type FileProfileChange, fileProfileChange } from '../../domain/files/index.ts'
import { DomainError } from '../../domain/shared/index.ts'
import { findKeptProfile, keepProfile } from '../../lambdas/market/price-profiles.ts'
import { defineCommand } from '../../lambdas/runtime/command.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import { loadBars } from './load-bars.ts'
import { stooq } from './providers/stooq.ts'
import type { ReachOptions } from './reach-database.ts'

const notInAws = 'put the bars as a file into the bucket of the stack market, which stores files of any size: see docs/market-data.md'

/** What a file has that was not stored as it is; empty if there is nothing. */
const describeChanges = ({ ignoredColumns, reading, roundedCount }: BarBatch): string =>
  [
    ...(roundedCount > 0 ? [`Figures rounded to 8 decimals: ${roundedCount}.\n`] : []),
    ...(reading && reading.counts.filled > 0 ? [`Opens, highs and lows taken from the close: ${reading.counts.filled}.\n`] : []),
    ...(reading && reading.counts.corrected > 0 ? [`Highs and lows set to the open or close: ${reading.counts.corrected}.\n`] : []),
    ...(reading && reading.dividends.length + reading.splits.length > 0
      ? [`Dividends: ${reading.dividends.length}. Splits: ${reading.splits.length}.\n`]
      : []),
    ...(reading && reading.adjustedSplits > 0
      ? [`Splits for which the prices are adjusted already, not stored: ${reading.adjustedSplits}.\n`]
      : []),
    ...(reading && reading.skipped > 0 ? [`Rows left out: ${reading.skipped}.\n`] : []),
    ...(reading?.skippedFaults ?? []).map(
      ({ column, message, row }) => `line ${row}${column === undefined ? '' : `, ${column}`}: ${message}\n`,
    ),
    ...(ignoredColumns.length > 0 ? [`Ignored the columns ${ignoredColumns.join(', ')}.\n`] : []),
  ].join('')

const describeUndo = (fileId: string | null): string => (fileId === null ? '' : `To undo it: npm run admin -- market undo-file ${fileId}\n`)

const ingest = (path: string) =>
  defineCommand({
    name: 'market ingest',
    summary: 'Stores the bars of a file, all of them or none',
    role: 'nestegg_operator',
    arguments: z.strictObject({
      file: z.string(),
      symbol: z.string().optional(),
      timeframe: z.enum(timeframes).optional(),
      round: z.literal(true).optional(),
      profile: fileProfileChange.optional(),
      duplicates: z.enum(duplicatePolicies).optional(),
      skipFaults: z.literal(true).optional(),
      saveProfileAs: z.string().min(1).max(200).optional(),
      check: z.literal(true).optional(),
    }),
    run: async ({ check, saveProfileAs, ...options }, { inTransaction, location, out }) => {
      try {
        const bytes = readFileSync(path)
        const kept = await inTransaction(transaction => findKeptProfile(transaction, bytes))
        const given = withKeptProfile<PriceFileOptions>(options, kept)
        const batch = readBarFile(bytes, given)
        if (kept) out(`Read by the profile that is kept as ${kept.name}.\n`)
        if (check) {
          const { ambiguous = [], notes = [], profile } = batch.reading ?? {}
          const shown = [
            ...notes.map(({ field, message }) => `${field}: ${message}\n`),
            ...ambiguous.map(field => `Nothing in the file decides ${field}.\n`),
          ]
          out(
            `${batch.rowCount} bars, ${batch.faultCount} faults.\n${shown.join('')}${describeChanges(batch)}${JSON.stringify(profile ?? null, null, 2)}\n`,
          )
          return
        }
        const { fileId, received, stored } = await loadBars(location, { batch, name: options.file }, async transaction => {
          if (saveProfileAs !== undefined) await keepProfile(transaction, saveProfileAs, { batch, bytes, given })
        })
        out(
          `Stored ${stored} of ${received} bars; ${received - stored} were there already.\n${describeChanges(batch)}${describeUndo(fileId)}`,
        )
      } catch (error) {
        if (error instanceof DomainError) throw new Error(`${path} was not stored: ${error.message}`, { cause: error })
        throw error
      }
    },
  })

type IngestOptions = ReachOptions & {
  readonly symbol?: string
  readonly timeframe?: string
  readonly round?: true
  readonly profile?: FileProfileChange
  readonly duplicates?: string
  readonly skipFaults?: true
  readonly saveProfileAs?: string
  readonly check?: true
}

const parseProfile = (text: string): FileProfileChange => {
  try {
    return fileProfileChange.parse(JSON.parse(text))
  } catch (error) {
    throw new InvalidArgumentError(
      error instanceof z.ZodError ? z.prettifyError(error) : 'It must be JSON, like \'{"dateOrder":"DMY","timezone":"Europe/Berlin"}\'.',
    )
  }
}

const addIngest = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('ingest').description('store the bars of a file, all of them or none'))
    .option('--symbol <symbol>', 'symbol of rows that do not name one')
    .addOption(new Option('--timeframe <timeframe>', 'timeframe of rows that do not name one').choices(timeframes))
    .option('--round', 'round every figure to 8 decimals; without it, a figure that this changes by more than a millionth is rejected')
    .option('--profile <json>', 'what is known of a price file; the rest is found', parseProfile)
    .addOption(new Option('--duplicates <policy>', 'what counts if a time comes twice').choices(duplicatePolicies))
    .option('--skip-faults', 'leave faulty rows out and name them; without it, one of them rejects the file')
    .option('--save-profile-as <name>', 'keep how the file is read under this name, for all files with the same names of columns')
    .option('--check', 'store nothing; show how the file is read')
    .argument('<file>', 'CSV or JSON in the format of the API, or a price file of any source, also compressed with gzip')
    .addHelpText(
      'after',
      '\nThe same file again changes nothing. Times without an offset are UTC, unless the profile names a timezone. The command names the columns that it does not store, such as adjusted closes: the platform adjusts prices itself.\n\nExample:\n  npm run admin -- market ingest msft.csv --symbol MSFT --timeframe 1d\n  npm run admin -- market ingest dax.csv --symbol ^GDAXI --timeframe 1d --profile \'{"dateOrder":"DMY","decimalMark":","}\'',
    )
    .action(
      (file: string, { check, duplicates, profile, round, saveProfileAs, skipFaults, symbol, timeframe, ...options }: IngestOptions) =>
        run(
          ingest(file),
          { file: basename(file), check, duplicates, profile, round, saveProfileAs, skipFaults, symbol, timeframe },
          options,
          notInAws,
        ),
    )

const fetchedTimeframes = ['1d', '1w', '1mo'] as const

const fetchCommand = defineCommand({
  name: 'market fetch',
  summary: 'Fetches prices from a provider and stores them',
  role: 'nestegg_operator',
  arguments: z.strictObject({
    symbols: z.array(z.string()),
    timeframe: z.enum(fetchedTimeframes),
    from: z.string().optional(),
    to: z.string().optional(),
    round: z.literal(true).optional(),
    providerUrl: z.url(),
  }),
  run: async ({ from, providerUrl, round, symbols, timeframe, to }, { location, out, progress }) => {
    const provider = stooq({ baseUrl: providerUrl })
    for (const symbol of symbols) {
      progress(`Fetching ${symbol}`)
      const prices = await provider.fetchPrices({ symbol, timeframe, from, to })
      const batch = readPricesFromCsv(prices, { symbol, timeframe, round })
      const { fileId, received, stored } = await loadBars(location, { batch, name: `${symbol} of ${new URL(providerUrl).host}` })
      out(`${symbol}: stored ${stored} of ${received} bars.\n${describeChanges(batch)}${describeUndo(fileId)}`)
    }
  },
})

type FetchOptions = ReachOptions & Partial<Omit<z.input<typeof fetchCommand.arguments>, 'symbols'>>

const addFetch = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('fetch').description('fetch prices from a provider and store them'))
    .argument('<symbol...>', 'symbols of instruments')
    .addOption(new Option('--timeframe <timeframe>', 'length of a bar').choices(fetchedTimeframes).default('1d'))
    .option('--from <date>', 'first day')
    .option('--to <date>', 'last day')
    .option('--round', 'round every figure to 8 decimals; without it, a figure that this changes by more than a millionth is rejected')
    .option('--provider-url <url>', "another server with the same answers as Stooq's", 'https://stooq.com')
    .action((symbols: string[], { from, providerUrl, round, timeframe, to, ...options }: FetchOptions) =>
      run(fetchCommand, { symbols, from, providerUrl, round, timeframe, to }, options, notInAws),
    )

/** Adds the commands that store bars. */
export const addBarCommands = (group: Command, context: CommandContext): void => {
  for (const add of [addIngest, addFetch]) add(group, context)
}
