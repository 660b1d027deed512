import type { ApiAnswer } from '../../lambdas/api-types.ts'
import { ApiProblem } from '../client/problem.ts'
import { api, refreshQueries } from '../shell/api.ts'
import type { Timeframe } from './timeframes.ts'

export interface PickedFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The largest body of the route. */
export const largestText = 4_194_304

type Stored = ApiAnswer<'POST /v1/market/bars'>
export type Reading = NonNullable<Stored['reading']>
/** What is set of a profile; the rest is found. */
export type Profile = Readonly<Record<string, unknown>>

export interface Rows {
  readonly text: string
  /** A file that the browser does not read as text, sent as it is instead of `text`. */
  readonly file?: PickedFile | undefined
  /** The name of the file from which they come; undefined for pasted rows. */
  readonly fileName?: string | undefined
  readonly profile?: Profile | undefined
  /** As it is kept for the source, where it is left out. */
  readonly duplicates?: 'refuse' | 'first' | 'last' | undefined
  readonly skipFaults?: boolean | undefined
  readonly symbol: string
  readonly timeframe: Timeframe
  readonly round: boolean
}

export interface RowFault {
  /** The number of the line, as the file counts them; undefined for a fault of the whole file. */
  readonly line: number | undefined
  readonly column: string
  readonly message: string
}

/** What the server says about rows: how they are understood, or why none of them is. */
export interface Check {
  readonly rows: Rows
  readonly answer: Stored | undefined
  readonly faults: readonly RowFault[]
}

const isJson = (text: string): boolean => /^\s*[{[]/.test(text)

const send = (
  { duplicates, file, fileName, profile, round, skipFaults, symbol, text, timeframe }: Rows,
  more: { readonly dryRun?: true; readonly saveProfileAs?: string },
): Promise<Stored> =>
  api('POST /v1/market/bars', {
    query: {
      ...(symbol === '' ? {} : { symbol }),
      timeframe,
      layout: 'any',
      ...(duplicates ? { duplicates } : {}),
      ...(profile ? { profile: JSON.stringify(profile) } : {}),
      ...(round ? { round } : {}),
      ...(skipFaults === undefined ? {} : { skipFaults }),
      ...(fileName === undefined ? {} : { fileName }),
      ...more,
    },
    text: file ? file.bytes : text,
    mediaType: file ? 'application/octet-stream' : isJson(text) ? 'application/json' : 'text/csv',
  })

/** `body.lines.7.high` and `line 1` name a line; `body.bars.0.open` a bar of a JSON list. */
const faultOf = ({ message, path }: { readonly path: string; readonly message: string }): RowFault => {
  const [, line, column = ''] = /^(?:body\.)?(?:lines\.|bars\.|line )(\d+)\.?(\w*)$/.exec(path) ?? []
  return line === undefined
    ? { line: undefined, column: path.replace(/^(body|query)\.?/, ''), message }
    : { line: Number(line), column, message }
}

/** Asks what storing the rows would do. @throws what is not the fault of the rows */
export const checkRows = async (rows: Rows): Promise<Check> => {
  try {
    const answer = await send(rows, { dryRun: true })
    return { rows, answer, faults: (answer.preview?.errors ?? []).map(faultOf) }
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.errors.length > 0)
      return { rows, answer: undefined, faults: error.problem.errors.map(faultOf) }
    throw error
  }
}

/** What changes when bars are stored or removed. */
export const barQueries = [
  'GET /v1/market/bars',
  'GET /v1/market/latest-bars',
  'GET /v1/market/instruments/{symbol}',
  'GET /v1/market/instruments/{symbol}/indicators',
  'GET /v1/market/stale-symbols',
  'GET /v1/market/bar-faults',
  'GET /v1/market/bar-gaps',
  'GET /v1/market/price-files',
] as const

const fileQueries = [
  ...barQueries,
  'GET /v1/market/instruments/{symbol}/dividends',
  'GET /v1/market/instruments/{symbol}/splits',
  'GET /v1/market/price-profiles',
] as const

/** @param source keeps how the rows are read under this name; empty to keep nothing */
export const storeRows = async (rows: Rows, source: string): Promise<Stored> => {
  const answer = await send(rows, source === '' ? {} : { saveProfileAs: source })
  await refreshQueries(...fileQueries)
  return answer
}

/** Removes what a price file added, and brings back what it replaced. */
export const undoFile = async (priceFileId: string): Promise<void> => {
  await api('POST /v1/market/price-files/{priceFileId}/undo', { params: { priceFileId } })
  await refreshQueries(...fileQueries)
}
