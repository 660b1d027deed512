import { DomainError } from '../../../domain/shared/index.ts'
import { fieldProblem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { always } from '../always.ts'
import { answerLimitBytes } from '../../runtime/answer-size.ts'
import { readIndicators } from '../indicator-history.ts'
import { findAdjustment, requireSeries } from '../lookups.ts'
import { readPlace, writePlace } from '../place-cursor.ts'
import { marketRoutes } from '../routes.ts'
import type { WantedIndicator } from '../schemas/indicators.ts'

/** Values that are not a number become null in JSON. */
const present = ({ indicator, name, parameters }: WantedIndicator, values: Readonly<Record<string, readonly number[]>>) => ({
  name,
  parameters: Object.fromEntries(indicator.parameters.map(parameter => [parameter.name, parameters[parameter.name] ?? parameter.default])),
  memory: indicator.memory,
  warmUp: indicator.warmUp(parameters),
  values: Object.fromEntries(
    Object.entries(values).map(([output, numbers]) => [output, numbers.map(value => (Number.isFinite(value) ? value : null))]),
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
  const { cursor, indicators: wanted, limit, timeframe } = query
  requireParameters(wanted)
  const [series] = await requireSeries(transaction, [symbol], timeframe)
  if (!series) return ok({ symbol, timeframe, times: [], indicators: [], nextCursor: null })
  const range = {
    seriesId: series.id,
    from: readPlace(cursor, [symbol])?.position ?? query.from ?? always.from,
    until: query.until ?? always.until,
  }
  const segments = await findAdjustment(transaction, series.id, query)
  const count = Math.min(limit, longestPage(wanted))
  const { next, times, values } = await readIndicators(transaction, { range, timeframe, wanted, segments, count })
  return ok({
    symbol,
    timeframe,
    times,
    indicators: wanted.map((one, index) => present(one, values[index]!)),
    nextCursor: next === undefined ? null : writePlace({ symbol, position: next }),
  })
})
