import * as z from 'zod'
import {
  type BarBatch,
  type BarDefaults,
  isTimeframe,
  type KeptPriceProfile,
  type PriceFileOptions,
  readBarFile,
  withKeptProfile,
} from '../../../domain/market/index.ts'
import { DomainError } from '../../../domain/shared/index.ts'
import { inTransaction } from '../../runtime/database.ts'
import { barDrop } from '../../runtime/object-store.ts'
import { Problem } from '../../runtime/problem.ts'
import { runTask, type TaskRequest } from '../../runtime/run-task.ts'
import { findKeptProfile } from '../price-profiles.ts'
import { readingOf, storeFile } from '../store-batch.ts'
import { dropPrefix, largestFileBytes, marketTasks, reportPrefix } from '../tasks.ts'

/** The used part of S3's event "Object Created". Its keys are not encoded. */
const droppedEvent = z.object({
  detail: z.object({ object: z.object({ key: z.string().startsWith(dropPrefix), size: z.int().min(0) }) }),
})

interface ReadFile {
  readonly batch: BarBatch
  readonly kept: KeptPriceProfile | undefined
}

type Report =
  | {
      readonly status: 'stored'
      readonly received: number
      readonly stored: number
      readonly unchanged: number
      /** By which the file can be undone; null if it changed nothing. */
      readonly fileId: string | null
      readonly ignoredColumns: readonly string[]
      readonly reading?: ReturnType<typeof readingOf>
    }
  | { readonly status: 'rejected'; readonly reason: string; readonly errors: readonly { path: string; message: string }[] }

/** The path `bars/1d/MSFT.csv` gives the timeframe and the symbol of rows without them. */
const defaultsOf = (key: string): BarDefaults => {
  const [, timeframe, symbol] = /^bars\/([^/]+)\/([^/]+?)(?:\.csv|\.txt)?\.\w+$/.exec(key) ?? []
  return isTimeframe(timeframe) ? { timeframe, symbol } : {}
}

const rejected = (message: string) => new DomainError([{ path: 'file', message }])

const readFile = async (key: string, size: number, identity: TaskRequest): Promise<ReadFile> => {
  if (size > largestFileBytes) throw rejected(`must have at most ${largestFileBytes} bytes, not ${size}: divide it`)
  const bytes = await barDrop().get(key)
  const kept = await inTransaction('nestegg_operator', identity, transaction => findKeptProfile(transaction, bytes))
  return { batch: readBarFile(bytes, withKeptProfile<PriceFileOptions>(defaultsOf(key), kept)), kept }
}

const store = (key: string, { batch, kept }: ReadFile, identity: TaskRequest): Promise<Report> =>
  inTransaction('nestegg_operator', identity, async transaction => {
    const { fileId, stored } = await storeFile(transaction, batch, 'text/csv', key.slice(dropPrefix.length))
    const counts = { received: batch.rowCount, stored, unchanged: batch.rowCount - stored, fileId }
    const reading = readingOf(batch, kept)
    return { status: 'stored', ...counts, ignoredColumns: batch.ignoredColumns, ...(reading ? { reading } : {}) }
  })

const howToDecide =
  'Store its first lines with the right profile on the page /market/load, or by POST /v1/market/bars with layout=any, and keep the profile under a name: files with the same columns are then read so. Then drop the file again.'

const ingest = async (key: string, size: number, identity: TaskRequest): Promise<Report> => {
  try {
    return await store(key, await readFile(key, size, identity), identity)
  } catch (error) {
    // A faulty file is not tried again, because it stays faulty. Every other error is tried again.
    const isFault = error instanceof DomainError || (error instanceof Problem && error.status < 500)
    if (!isFault) throw error
    const issues = error instanceof DomainError ? error.issues : error.errors
    const isDoubtful = issues.some(({ path }) => path.startsWith('query.profile.'))
    return {
      status: 'rejected',
      reason: isDoubtful ? `${error.message} ${howToDecide}` : error.message,
      errors: issues.map(({ message, path }) => ({ path: path.replace(/^(body|query)\./, ''), message })),
    }
  }
}

/** Stores a dropped file, or rejects it as a whole, and writes a report. The same file a second time changes nothing. */
export const handler = runTask(marketTasks['ingest-dropped-bars'], droppedEvent, async ({ detail }, identity) => {
  const { key, size } = detail.object
  const report = await ingest(key, size, identity)
  await barDrop().put(`${reportPrefix}${key.slice(dropPrefix.length)}.json`, Buffer.from(JSON.stringify(report, null, 2)))
  return report.status === 'rejected' ? { status: report.status, reason: report.reason } : report
})
