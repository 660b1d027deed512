import { DomainError } from '../../../domain/shared/index.ts'
import { fieldProblem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { always } from '../always.ts'
import { answerLimitBytes } from '../answer-size.ts'
import { type History, readHistory } from '../indicator-history.ts'
import { findAdjustment, requireSeries } from '../lookups.ts'
import { readPlace, writePlace } from '../place-cursor.ts'
import { marketRoutes } from '../routes.ts'
import type { WantedIndicator } from '../schemas/indicators.ts'

/** The values of the requested range. Values that are not a number become null in JSON. */
const compute = ({ indicator, name, parameters }: WantedIndicator, { columns, offset }: History, end: number) => ({
  name,
  parameters: Object.fromEntries(indicator.parameters.map(parameter => [parameter.name, parameters[parameter.name] ?? parameter.default])),
  memory: indicator.memory,
  warmUp: indicator.warmUp(parameters),
  values: Object.fromEntries(
    Object.entries(indicator.batch({ ...columns }, parameters)).map(([output, values]) => [
      output,
      Array.from(values.subarray(offset, end), value => (Number.isFinite(value) ? value : null)),
    ]),
  ),
})

/** Throws 422 for parameters that an indicator cannot have. */
const requireParameters = (wanted: readonly WantedIndicator[]): void => {
  const errors = wanted.flatMap(({ indicator, name, parameters }) => {
    try {
      indicator.warmUp(parameters)
      return []
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return error.issues.map(({ message }) => ({ path: `query.indicators.${name}`, message }))
    }
  })
  if (errors.length > 0) throw fieldProblem('invalid-value', errors)
}

/** Size of a time and of a float in JSON, each with a comma. */
const [timeBytes, valueBytes] = [32, 26]

/** How many bars of these indicators fit in an answer. */
const longestPage = (wanted: readonly WantedIndicator[]): number =>
  Math.floor(answerLimitBytes / (timeBytes + valueBytes * wanted.reduce((sum, { indicator }) => sum + indicator.outputs.length, 0)))

export const handler = serve(marketRoutes['compute-indicators'], async ({ params: { symbol }, query, transaction }) => {
  const { adjustment, cursor, indicators: wanted, limit, timeframe } = query
  requireParameters(wanted)
  const [series] = await requireSeries(transaction, [symbol], timeframe)
  if (!series) return ok({ symbol, timeframe, times: [], indicators: [], nextCursor: null })
  const range = {
    seriesId: series.id,
    from: readPlace(cursor, [symbol])?.position ?? query.from ?? always.from,
    until: query.until ?? always.until,
  }
  const segments = await findAdjustment(transaction, series.id, adjustment)
  const history = await readHistory(transaction, { range, timeframe, wanted, segments })
  const { columns, offset } = history
  const end = Math.min(columns.times.length, offset + Math.min(limit, longestPage(wanted)))
  const next = columns.times[end]
  return ok({
    symbol,
    timeframe,
    times: columns.times.slice(offset, end),
    indicators: wanted.map(one => compute(one, history, end)),
    nextCursor: next === undefined ? null : writePlace({ symbol, position: next }),
  })
})
