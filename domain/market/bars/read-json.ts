import { BarBatch, barColumns } from './bar-batch.ts'
import { BarFormatError } from './format-error.ts'

/** What rows leave out, because it is the same in all of them. */
export interface BarDefaults {
  readonly symbol?: string | undefined
  readonly timeframe?: string | undefined
}

const indexes: ReadonlyMap<string, number> = new Map(barColumns.map((column, index) => [column, index]))

/**
 * Reads bars from a JSON document `{ "bars": [{ symbol, timeframe, time, open, ... }] }`. Numbers may be decimal strings, which are exact, or
 * JSON numbers of at most 15 digits. The batch tells what is wrong with which row.
 * @throws BarFormatError if the document has another form.
 */
export const readBarsFromJson = (text: string, defaults: BarDefaults = {}): BarBatch => {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (cause) {
    throw new BarFormatError(`The body is not valid JSON: ${cause instanceof Error ? cause.message : ''}`, 'body', { cause })
  }
  const bars: unknown = typeof document === 'object' && document !== null ? Reflect.get(document, 'bars') : undefined
  if (!Array.isArray(bars)) throw new BarFormatError('body.bars: must be a list of bars.', 'body.bars')
  const unknown = Object.keys(document as object).find(name => name !== 'bars')
  if (unknown !== undefined) throw new BarFormatError(`body.${unknown}: There is no such field.`, `body.${unknown}`)
  if (bars.length === 0) throw new BarFormatError('body.bars: must have at least one bar.', 'body.bars')
  const batch = new BarBatch()
  for (const [row, bar] of (bars as unknown[]).entries()) {
    const cells: unknown[] = [defaults.symbol, defaults.timeframe]
    if (typeof bar !== 'object' || bar === null || Array.isArray(bar)) {
      batch.report(row, 'is not an object')
      continue
    }
    for (const name in bar) {
      const index = indexes.get(name)
      if (index === undefined) batch.report(row, `has no member "${name.slice(0, 40)}"; there are ${barColumns.join(', ')}`)
      else cells[index] = bar[name as keyof typeof bar]
    }
    batch.add(row, cells)
  }
  return batch
}
