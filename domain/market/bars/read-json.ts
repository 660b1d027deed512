import { BarBatch, type BarColumn, barColumns } from './bar-batch.ts'
import { DomainError, issuesUnder } from '../../shared/index.ts'
import { parseExactJson } from './exact-json.ts'

/** Values that rows leave out, because they are the same in all rows. */
export interface BarDefaults {
  readonly symbol?: string | undefined
  readonly timeframe?: string | undefined
}

type BarObject = { readonly [column in BarColumn]?: unknown }

const known: ReadonlySet<string> = new Set(barColumns)

/**
 * Reads bars from a JSON document `{ "bars": [{ symbol, timeframe, time, open, ... }] }`. Numbers may be decimal strings or JSON numbers. Both
 * are read exactly as they are written. The batch reports the faults by row.
 * @throws DomainError if the document has another form, is nested too deep, or gives a member twice.
 */
export const readBarsFromJson = (text: string, defaults: BarDefaults = {}): BarBatch => {
  let document: unknown
  try {
    document = parseExactJson(text)
  } catch (cause) {
    if (cause instanceof DomainError) throw new DomainError(issuesUnder('body', cause.issues), { cause })
    throw new DomainError([{ path: 'body', message: `must be valid JSON${cause instanceof Error ? `: ${cause.message}` : ''}` }], { cause })
  }
  const bars: unknown = typeof document === 'object' && document !== null ? Reflect.get(document, 'bars') : undefined
  if (!Array.isArray(bars)) throw new DomainError([{ path: 'body.bars', message: 'must be a list of bars' }])
  const unknown = Object.keys(document as object).find(name => name !== 'bars')
  if (unknown !== undefined) throw new DomainError([{ path: `body.${unknown}`, message: 'There is no such field' }])
  if (bars.length === 0) throw new DomainError([{ path: 'body.bars', message: 'must have at least one bar' }])
  const batch = new BarBatch()
  for (const [row, bar] of (bars as unknown[]).entries()) {
    if (typeof bar !== 'object' || bar === null || Array.isArray(bar)) {
      batch.report(row, 'is not an object')
      continue
    }
    const { symbol, timeframe, time, open, high, low, close, volume, vwap, tradeCount, bid, ask, spread, additionalData } = bar as BarObject
    const cells = [symbol, timeframe, time, open, high, low, close, volume, vwap, tradeCount, bid, ask, spread, additionalData]
    // A row with more members than the known ones has an unknown member. To look up each member would take three times as long.
    const names = Object.keys(bar)
    if (names.length > cells.reduce<number>((count, cell) => (cell === undefined ? count : count + 1), 0)) {
      for (const name of names) {
        if (!known.has(name)) batch.report(row, `has no member "${name.slice(0, 40)}"; there are ${barColumns.join(', ')}`)
      }
    }
    cells[0] ??= defaults.symbol
    cells[1] ??= defaults.timeframe
    batch.add(row, cells)
  }
  return batch
}
