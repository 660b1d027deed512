import type { ReturnDataset } from '../../db/queries/market/return-datasets.ts'
import type { BarRow } from '../../db/queries/market/bars.ts'
import type { Benchmark } from '../../db/queries/market/benchmarks.ts'
import type { Dividend, FxRate, MarketCap, Split } from '../../db/queries/market/corporate-actions.ts'
import type { RollupRow } from '../../db/queries/market/rollups.ts'
import type { Exchange, Holiday, Instrument, SymbolPeriod } from '../../db/queries/market/instruments.ts'

/** A decimal without the zeros that only its column's scale gives it. */
export const plainDecimal = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
export const plainDecimalOrNull = (text: string | null): string | null => (text === null ? null : plainDecimal(text))

const clockTimeOrNull = (text: string | null) => text?.slice(0, 5) ?? null

export const presentReturnDataset = (row: ReturnDataset) => ({
  id: row.id,
  name: row.name,
  version: row.version,
  source: row.source,
  series: row.series,
  firstYear: row.firstYear,
  lastYear: row.lastYear,
  contentHash: row.contentHash,
  createdAt: row.createdAt,
})

export const presentExchange = (row: Exchange & { readonly holidays: readonly Holiday[] }) => ({
  code: row.code,
  name: row.name,
  timezone: row.timezone,
  weekStartsOn: row.weekStartsOn,
  tradingDays: row.tradingDays,
  opensAt: clockTimeOrNull(row.opensAt),
  closesAt: clockTimeOrNull(row.closesAt),
  holidays: row.holidays.map(({ closesAt, date, name }) => ({ date, name, closesAt: clockTimeOrNull(closesAt) })),
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

export const presentInstrument = (row: Instrument) => ({
  id: row.id,
  symbol: row.symbol,
  name: row.name,
  type: row.type,
  exchangeCode: row.exchangeCode,
  currency: row.currency,
  sector: row.sector,
  industry: row.industry,
  country: row.country,
  currentPrice: plainDecimalOrNull(row.currentPrice),
  priceDate: row.priceDate,
  marketCap: plainDecimalOrNull(row.marketCap),
  peRatio: plainDecimalOrNull(row.peRatio),
  dividendYield: plainDecimalOrNull(row.dividendYield),
  expenseRatio: plainDecimalOrNull(row.expenseRatio),
  fundamentals: row.fundamentals,
  isActive: row.isActive,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

export const presentInstrumentWithHistory = (row: Instrument, symbols: readonly SymbolPeriod[]) => ({
  ...presentInstrument(row),
  symbols: symbols.map(({ symbol, validFrom, validUntil }) => ({ symbol, validFrom, validUntil })),
})

export const presentBenchmark = (row: Benchmark) => ({
  id: row.id,
  symbol: row.symbol,
  name: row.name,
  description: row.description,
  benchmarkType: row.benchmarkType,
  category: row.category,
  currency: row.currency,
  composition: row.composition,
  isActive: row.isActive,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

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
  volume: plainDecimal(row.volume),
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
  volume: plainDecimal(row.volume),
  vwap: plainDecimalOrNull(row.vwap),
  tradeCount: countOrNull(row.tradeCount),
  barCount: row.barCount,
})
