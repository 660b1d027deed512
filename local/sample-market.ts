import type { ApiRequest } from '../lambdas/api-types.ts'
import type { Client } from '../web/client/client.ts'
import { ApiProblem } from '../web/client/problem.ts'
import { holidaysUntil, madeUpBars, madeUpLevels, type Movement, tradingDaysBefore } from './sample-prices.ts'

interface Sample {
  readonly symbol: string
  readonly name: string
  readonly type: ApiRequest<'PUT /v1/market/instruments/{symbol}'>['body']['type']
  readonly currency?: string
  readonly movement: Movement
  /** Of a fund: its asset classes. */
  readonly composition?: ApiRequest<'PUT /v1/market/instruments/{symbol}'>['body']['composition']
  /** Of a company. */
  readonly marketCap?: string
  readonly splitOn?: string
  /** Its bars of these days are missing. */
  readonly missing?: readonly string[]
  /** Its bars end before this day. */
  readonly until?: string
}

const exchangeCode = 'XDEM'
const note = 'Made-up data for demonstration. No figure is that of a real instrument.'
const splitRatio = 4

/** Instruments that do not exist. Their place in the list is the number of their random stream. */
const samples: readonly Sample[] = [
  {
    symbol: 'DEMO.WORLD',
    name: 'Made-up world shares',
    type: 'etf',
    movement: { start: 92, driftAnnual: 0.07, volatilityAnnual: 0.15 },
    composition: [
      { key: 'us_large_cap', weight: '0.54' },
      { key: 'us_small_mid_cap', weight: '0.08' },
      { key: 'developed_equity', weight: '0.27' },
      { key: 'emerging_equity', weight: '0.11' },
    ],
  },
  {
    symbol: 'DEMO.BONDS',
    name: 'Made-up bonds',
    type: 'etf',
    movement: { start: 51, driftAnnual: 0.03, volatilityAnnual: 0.05 },
    composition: [{ key: 'us_core_bond', weight: '1' }],
  },
  {
    symbol: 'DEMO.SPLIT',
    name: 'Made-up company with a split and dividends',
    type: 'stock',
    movement: { start: 310, driftAnnual: 0.11, volatilityAnnual: 0.24 },
    marketCap: '45000000000.00',
    splitOn: '2025-06-09',
  },
  {
    symbol: 'DEMO.GAP',
    name: 'Made-up company with missing days',
    type: 'stock',
    movement: { start: 27, driftAnnual: 0.05, volatilityAnnual: 0.28 },
    marketCap: '1800000000.00',
    missing: ['2025-03-11', '2025-03-12', '2025-03-13'],
  },
  {
    symbol: 'DEMO.EURO',
    name: 'Made-up company with prices in euros',
    type: 'stock',
    currency: 'EUR',
    movement: { start: 64, driftAnnual: 0.06, volatilityAnnual: 0.21 },
  },
  {
    symbol: 'DEMO.OLD',
    name: 'Made-up company with prices that ended',
    type: 'stock',
    movement: { start: 18, driftAnnual: -0.04, volatilityAnnual: 0.33 },
    until: '2025-09-01',
  },
]
const [world, bonds, company] = samples as readonly [Sample, Sample, Sample]

/** The made-up prices of an instrument up to a day. */
export interface PriceHistory {
  /** The close of each trading day, oldest first. */
  readonly closes: ReadonlyMap<string, number>
  readonly firstDay: string
  /** A price of a day before the first one: what the drift leads back to. */
  readonly before: (date: string) => number
  readonly split: { readonly exDate: string; readonly ratio: number } | undefined
}

const splitOf = ({ splitOn }: Sample) => (splitOn === undefined ? undefined : { exDate: splitOn, ratio: splitRatio })

/** The price histories of the instruments by symbol. They do not depend on what is stored. */
export const sampleHistories = (today: string): Readonly<Record<string, PriceHistory>> => {
  const days = tradingDaysBefore(today)
  const firstDay = days[0]!
  const yearsBefore = (date: string) => (Date.parse(firstDay) - Date.parse(date)) / (365.25 * 86_400_000)
  return Object.fromEntries(
    samples.map((sample, stream) => {
      const { driftAnnual, start } = sample.movement
      const bars = madeUpBars(stream, sample.movement, days, splitOf(sample))
      return [
        sample.symbol,
        {
          closes: new Map(bars.map(({ close, time }) => [time, Number(close)])),
          firstDay,
          before: date => start * Math.exp(-driftAnnual * yearsBefore(date)),
          split: splitOf(sample),
        } satisfies PriceHistory,
      ]
    }),
  )
}

/** Made-up exchange rates, each with the number of its random stream. */
const pairs = [
  { base: 'EUR', quote: 'USD', stream: 100, movement: { start: 1.1, driftAnnual: 0, volatilityAnnual: 0.07 } },
  { base: 'GBP', quote: 'USD', stream: 101, movement: { start: 1.3, driftAnnual: 0, volatilityAnnual: 0.08 } },
] as const

/** The last thing that is stored: where it is, nothing is missing but new days. */
const benchmark = 'DEMO.60-40'

/** The series by which a later start knows the newest day is stored last. */
const storeBars = async (api: Client, days: readonly string[], after: string): Promise<void> => {
  for (const [stream, sample] of [...samples.entries()].toReversed()) {
    const { missing = [], movement, symbol, until } = sample
    const bars = madeUpBars(stream, movement, days, splitOf(sample)).filter(
      ({ time }) => time > after && !missing.includes(time) && (until === undefined || time < until),
    )
    if (bars.length > 0)
      await api('POST /v1/market/bars', {
        query: { symbol, timeframe: '1d' },
        text: JSON.stringify({ bars }),
        mediaType: 'application/json',
      })
  }
}

const storeRates = async (api: Client, days: readonly string[], after: string): Promise<void> => {
  const items = pairs.flatMap(({ base, movement, quote, stream }) => {
    const levels = madeUpLevels(stream, movement, days.length)
    return days.map((date, day) => ({ base, quote, date, rate: levels[day]!.toFixed(6), source: 'Made up for demonstration' }))
  })
  const missing = items.filter(({ date }) => date > after)
  if (missing.length > 0) await api('POST /v1/market/fx-rates', { body: { items: missing } })
}

const makeInstruments = async (api: Client, lastYear: number): Promise<void> => {
  await api('PUT /v1/market/exchanges/{exchangeCode}', {
    params: { exchangeCode },
    body: {
      name: 'Made-up exchange',
      timezone: 'America/New_York',
      opensAt: '09:30',
      closesAt: '16:00',
      holidays: holidaysUntil(lastYear),
    },
  })
  for (const { composition = [], currency = 'USD', marketCap = null, name, symbol, type } of samples) {
    await api('PUT /v1/market/instruments/{symbol}', {
      params: { symbol },
      body: {
        name,
        type,
        exchangeCode,
        currency,
        country: currency === 'USD' ? 'US' : 'DE',
        composition,
        marketCap,
        fundamentals: { note },
      },
    })
  }
}

/** A split, and dividends before and after it. */
const storeCorporateActions = async (api: Client): Promise<void> => {
  const params = { symbol: company.symbol }
  const splits = [{ exDate: company.splitOn!, numerator: splitRatio, denominator: 1 }]
  await api('PUT /v1/market/instruments/{symbol}/splits', { params, body: { items: splits } })
  const days = ['2025-03-14', '2025-06-16', '2025-09-15', '2025-12-15', '2026-03-16', '2026-06-15']
  const dividends = days.map(exDate => ({ exDate, amount: exDate < company.splitOn! ? '1.6' : '0.4' }))
  await api('PUT /v1/market/instruments/{symbol}/dividends', { params, body: { items: dividends } })
}

const putBenchmark = (api: Client) =>
  api('PUT /v1/market/benchmarks/{symbol}', {
    params: { symbol: benchmark },
    body: {
      name: 'Made-up 60/40',
      description: note,
      benchmarkType: 'blend',
      category: 'balanced',
      currency: 'USD',
      composition: [
        { symbol: world.symbol, weight: '0.6' },
        { symbol: bonds.symbol, weight: '0.4' },
      ],
    },
  })

const hasBenchmark = (api: Client): Promise<boolean> =>
  api('GET /v1/market/benchmarks/{symbol}', { params: { symbol: benchmark } }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ApiProblem && error.status === 404) return false
      throw error
    },
  )

/**
 * Adds made-up instruments to look round in, with prices, a split, dividends, missing days, exchange rates and a benchmark. An interrupted
 * start left some of it out: that is added. A later start adds the days since.
 * @param administrator who may store market data; it is only asked for if something is missing
 * @returns whether all of it was stored, of months that may have no partition yet
 */
export const addSampleMarket = async (api: Client, administrator: () => Promise<Client>, now: Date): Promise<boolean> => {
  const days = tradingDaysBefore(now.toISOString().slice(0, 10))
  if (!(await hasBenchmark(api))) {
    const admin = await administrator()
    await makeInstruments(admin, now.getUTCFullYear() + 1)
    await storeBars(admin, days, '')
    await storeCorporateActions(admin)
    await storeRates(admin, days, '')
    await putBenchmark(admin)
    return true
  }
  const { items } = await api('GET /v1/market/latest-bars', { query: { symbols: world.symbol, timeframe: '1d' } })
  const newest = items[0]?.time.slice(0, 10) ?? ''
  if (newest >= days.at(-1)!) return false
  const admin = await administrator()
  await storeRates(admin, days, newest)
  await storeBars(admin, days, newest)
  return false
}
