import type { BarRow } from '../../db/queries/market/bars.ts'
import type { Dividend, FxRate, MarketCap, Split } from '../../db/queries/market/corporate-actions.ts'
import type { RollupRow } from '../../db/queries/market/rollups.ts'

/** A decimal without the trailing zeros that come from the scale of its column. */
export const plainDecimal = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
export const plainDecimalOrNull = (text: string | null): string | null => (text === null ? null : plainDecimal(text))

export const presentSplit = ({ denominator, exDate, numerator }: Split) => ({ exDate, numerator, denominator })

export const presentDividend = ({ amount, exDate, kind, payDate, recordDate }: Dividend) => ({
  exDate,
  kind,
  amount: plainDecimal(amount),
  recordDate,
  payDate,
})

export const presentMarketCap = ({ date, marketCap }: MarketCap) => ({ date, marketCap: plainDecimal(marketCap) })

export const presentFxRate = ({ base, date, quote, rate, source }: FxRate) => ({ base, quote, date, rate: plainDecimal(rate), source })

const countOrNull = (text: string | null) => (text === null ? null : Number(text))

export const presentBar = (symbol: string, row: BarRow) => ({
  symbol,
  time: row.time,
  open: plainDecimal(row.open),
  high: plainDecimal(row.high),
  low: plainDecimal(row.low),
  close: plainDecimal(row.close),
  volume: plainDecimalOrNull(row.volume),
  vwap: plainDecimalOrNull(row.vwap),
  tradeCount: countOrNull(row.tradeCount),
  bid: plainDecimalOrNull(row.bid),
  ask: plainDecimalOrNull(row.ask),
  spread: plainDecimalOrNull(row.spread),
  additionalData: row.additionalData,
})

export const presentRollup = (symbol: string, row: RollupRow) => ({
  symbol,
  periodStart: row.periodStart,
  open: plainDecimal(row.open),
  high: plainDecimal(row.high),
  low: plainDecimal(row.low),
  close: plainDecimal(row.close),
  volume: plainDecimalOrNull(row.volume),
  vwap: plainDecimalOrNull(row.vwap),
  tradeCount: countOrNull(row.tradeCount),
  barCount: row.barCount,
})
