import { dateOfEpochDay } from '../../../domain/shared/index.ts'
import {
  type HoldingHistory,
  modifiedDietz,
  moneyWeightedReturn,
  returnFigures,
  simpleReturn,
  sumHoldings,
  timeWeightedReturn,
} from '../../../domain/wealth/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { rangesOf, readScope } from '../performance-scope.ts'
import { presentFigure } from '../present-performance.ts'
import { wealthRoutes } from '../routes.ts'

const nothing = { timeWeighted: null, moneyWeighted: null, modifiedDietz: null, simple: null, holdings: [] }

const sumIn = (numbers: Float64Array, start: number, end: number): number =>
  numbers.subarray(start, end).reduce((sum, number) => sum + number, 0)

/** The value of a holding at the end of a day of the history, by its place; null if it is not known. */
const valueAt = ({ isKnown, openingValue, value }: HoldingHistory, place: number): number | null => {
  if (place < 0) return openingValue
  return isKnown[place] ? value[place]! : null
}

export const handler = serve(wealthRoutes['get-performance-derivation'], async ({ query, transaction }) => {
  const scope = await readScope(transaction, query)
  const { currency, history, holdings } = scope
  if (!history) return ok({ currency, firstDate: null, from: null, to: null, ...nothing })
  const { firstDay, lastDay } = history
  const { firstDate, range } = rangesOf(query, { ...scope, history })
  const series = sumHoldings(firstDay, lastDay, holdings)
  const [start, end] = [range.from - firstDay, range.to - firstDay + 1]
  const weighted = timeWeightedReturn(series, range)
  const money = moneyWeightedReturn(series, range)
  const dietz = modifiedDietz(series, range)
  const simple = simpleReturn(series, range)
  const prices = new Map(history.lastPrices.map(({ date, source, symbol }) => [symbol, { date, source }]))
  return ok({
    currency,
    firstDate,
    from: dateOfEpochDay(range.from),
    to: dateOfEpochDay(range.to),
    timeWeighted: {
      ...returnFigures.timeWeighted,
      ...presentFigure(weighted.total),
      subPeriods: [...weighted.subPeriods],
      idleDays: weighted.idleDays,
      totalLossOn: weighted.totalLossOn,
    },
    moneyWeighted: {
      ...returnFigures.moneyWeighted,
      ...presentFigure(money.rate),
      flows: [...money.flows],
      otherRates: [...money.otherRates],
    },
    modifiedDietz: {
      ...returnFigures.modifiedDietz,
      ...presentFigure(dietz.total),
      beginValue: dietz.beginValue,
      endValue: dietz.endValue,
      gain: dietz.gain,
      averageCapital: dietz.averageCapital,
      flows: [...dietz.flows],
    },
    simple: { ...returnFigures.simple, ...presentFigure(simple.total), parts: simple.parts },
    holdings: holdings.map(holding => ({
      accountId: holding.accountId,
      symbol: holding.symbol,
      toAccountId: holding.toAccountId,
      beginValue: valueAt(holding, start - 1),
      endValue: valueAt(holding, end - 1),
      flow: sumIn(holding.flow, start, end),
      income: sumIn(holding.income, start, end),
      fees: sumIn(holding.fees, start, end),
      priceGain: sumIn(holding.priceGain, start, end),
      currencyGain: sumIn(holding.currencyGain, start, end),
      lastPrice: (holding.symbol === null ? undefined : prices.get(holding.symbol)) ?? null,
    })),
  })
})
