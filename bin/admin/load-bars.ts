import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { connect, type DatabaseLocation } from '../../db/connections.ts'
import { driverOf, openDatabase, type Transaction } from '../../db/database.ts'
import { type StoredFile, storePriceFile } from '../../db/queries/market/price-files.ts'
import type { BarBatch } from '../../domain/market/index.ts'
import { checkBatch } from '../../lambdas/market/store-batch.ts'
import { transact } from './transact.ts'

/** Lines per write: enough to make the cost of a call negligible, few enough not to hold the batch in memory twice. */
const linesPerWrite = 5000

const cell = (value: string | null | undefined): string => (value === null || value === undefined ? '\\N' : value.replaceAll('\\', '\\\\'))

/** A batch as lines of COPY's text format. */
const copyLines = function* (batch: BarBatch, seriesIds: readonly number[]): Generator<string> {
  const { optional } = batch
  let lines: string[] = []
  for (let row = 0; row < batch.rowCount; row += 1) {
    const cells = [
      seriesIds[batch.seriesIndexes[row]!],
      batch.times[row],
      batch.opens[row],
      batch.highs[row],
      batch.lows[row],
      batch.closes[row],
      cell(batch.volumes[row]),
      cell(optional.vwap?.[row]),
      cell(optional.tradeCount?.[row]),
      cell(optional.bid?.[row]),
      cell(optional.ask?.[row]),
      cell(optional.spread?.[row]),
      cell(optional.additionalData?.[row]),
    ]
    lines.push(`${cells.join('\t')}\n`)
    if (lines.length < linesPerWrite && row < batch.rowCount - 1) continue
    yield lines.join('')
    lines = []
  }
}

const loadByCopy = async (transaction: Transaction, batch: BarBatch, seriesIds: readonly number[]): Promise<void> => {
  const target = await driverOf(transaction)`copy pg_temp.bar_load from stdin`.writable()
  await pipeline(Readable.from(copyLines(batch, seriesIds)), target)
}

/** Stores a price file without faults with COPY, which is faster than arrays, all or none of it. */
export const storeByCopy = (transaction: Transaction, file: Parameters<typeof storePriceFile>[1]): Promise<StoredFile> =>
  storePriceFile(transaction, file, loadByCopy)

const describeFaults = (batch: BarBatch, unknown: readonly string[]): string => {
  const lines = batch.faults
    .toSorted((left, right) => left.row - right.row)
    .filter(({ column, message }) => column !== 'symbol' || !message.startsWith('no instrument'))
    .map(({ column, message, row }) => `line ${row}${column === undefined ? '' : `, ${column}`}: ${message}`)
  const more = unknown.length > 0 ? 0 : batch.faultCount - lines.length
  const doubtful = (batch.reading?.ambiguous ?? []).map(
    field => `nothing in the file decides ${field}: give it with --profile, and keep it with --save-profile-as`,
  )
  return [
    ...doubtful,
    ...unknown.map(symbol => `no instrument has the symbol ${symbol}`),
    ...lines,
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n')
}

const closeTimeoutSeconds = 2

export interface LoadedBars extends StoredFile {
  readonly received: number
}

/**
 * Stores a price file and its corporate actions as nestegg_operator, all or none of it, so that it can be undone.
 * @param then is done in the same transaction
 * @throws Error that lists the faults by line; then nothing was stored
 */
export const loadBars = async (
  location: DatabaseLocation,
  { batch, name }: { readonly batch: BarBatch; readonly name: string },
  then: (transaction: Transaction) => Promise<void> = async () => undefined,
): Promise<LoadedBars> => {
  const operator = connect(location, 'nestegg_operator')
  try {
    const database = openDatabase(operator)
    return await transact<Transaction, LoadedBars>(
      run => database.transaction(run),
      async transaction => {
        const { reading } = batch
        const { seriesIds, unknownSymbols } = await checkBatch(transaction, batch)
        if (batch.faultCount > 0 || reading?.ambiguous.length)
          throw new Error(`Nothing was stored:\n${describeFaults(batch, unknownSymbols)}`)
        const stored = await storeByCopy(transaction, { batch, name, seriesIds: seriesIds as number[] })
        await then(transaction)
        return { received: batch.rowCount, ...stored }
      },
    )
  } finally {
    // A COPY on a lost connection never ends, so closing has a timeout.
    await operator.end({ timeout: closeTimeoutSeconds })
  }
}
