import {
  calculateValueHistory,
  type HistoryEvent,
  type MarketPrices,
  portfolioSeries,
  type ValueHistoryInput,
} from '../../domain/wealth/index.ts'
import { grouped, median } from './measure.ts'

const HOLDINGS = 500
const ACCOUNTS = 5
const DAYS = 3652
const TRADES = 20
const FIRST_DAY = 16_436
const WARM_UP_ROUNDS = 2
const ROUNDS = 9

/** Ten years of five accounts with a hundred securities each, bought in twenty parts, with a close for each weekday, half of them in euros. */
const ledger = (): ValueHistoryInput => {
  const events: HistoryEvent[] = []
  const prices = new Map<string, MarketPrices>()
  const weekdays = Int32Array.from({ length: DAYS }, (_, index) => FIRST_DAY + index).filter(day => (day + 3) % 7 < 5)
  for (let index = 0; index < HOLDINGS; index += 1) {
    const symbol = `S${index}`
    const closes = Float64Array.from(weekdays, day => 50 + ((day * 31 + index * 17) % 101) / 10)
    prices.set(symbol, { currency: index % 2 === 0 ? 'USD' : 'EUR', days: weekdays, closes })
    for (let part = 0; part < TRADES; part += 1) {
      const day = FIRST_DAY + Math.floor((DAYS / TRADES) * part) + (index % 100)
      const rest = { newSymbol: null, fees: 1, value: null, numerator: 0, denominator: 0, transferAccountId: null }
      events.push({ accountId: `A${index % ACCOUNTS}`, day, type: 'buy', symbol, quantity: 10, amount: -501, ...rest })
    }
  }
  events.sort((one, other) => one.day - other.day)
  const accounts = Array.from({ length: ACCOUNTS }, (_, index) => ({
    id: `A${index}`,
    currency: 'USD',
    openingBalance: 2_000_000,
    openedDay: FIRST_DAY,
  }))
  const rates = (from: string, to: string, day: number): number => (from === to ? 1 : 1 + (day % 50) / 500)
  return { firstDay: FIRST_DAY, lastDay: FIRST_DAY + DAYS - 1, currency: 'USD', accounts, events, prices, rates }
}

/** The baseline: an object for each holding and day, with prices and rates looked up by day. It has no income, fees or gains. */
const naiveValues = ({ accounts, events, firstDay, lastDay, prices, rates }: ValueHistoryInput): number[] => {
  const closes = new Map(
    [...prices].map(([symbol, { closes, days }]) => [symbol, new Map([...days].map((day, index) => [day, closes[index]!]))]),
  )
  const byDay = Map.groupBy(events, ({ day }) => day)
  const held = new Map<string, { units: number; price: number | undefined; currency: string }>()
  let cash = accounts.reduce((sum, { openingBalance }) => sum + openingBalance, 0)
  const values: number[] = []
  for (let day = firstDay; day <= lastDay; day += 1) {
    for (const { amount, quantity, symbol } of byDay.get(day) ?? []) {
      const before = held.get(symbol!) ?? { units: 0, price: undefined, currency: prices.get(symbol!)!.currency }
      held.set(symbol!, { ...before, units: before.units + quantity })
      cash += amount
    }
    for (const [symbol, before] of held) held.set(symbol, { ...before, price: closes.get(symbol)!.get(day) ?? before.price })
    const worth = [...held.values()].map(({ currency, price, units }) => ({ value: units * (price ?? 50) * rates(currency, 'USD', day)! }))
    values.push(worth.reduce((sum, { value }) => sum + value, cash))
  }
  return values
}

/** Measures ten years of 500 holdings day by day against one object for each holding and day. Rounds alternate, so that both run under the same load. */
export async function run(): Promise<void> {
  const input = ledger()
  const ours: number[] = []
  const theirs: number[] = []
  let difference = 0
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const start = performance.now()
    const { value } = portfolioSeries(calculateValueHistory(input))
    const middle = performance.now()
    const naive = naiveValues(input)
    const end = performance.now()
    if (round < WARM_UP_ROUNDS) continue
    ours.push(middle - start)
    theirs.push(end - middle)
    difference = Math.abs(value.at(-1)! / naive.at(-1)! - 1)
  }
  if (difference > 1e-9) throw new Error(`the last values differ by ${difference}`)
  const count = HOLDINGS * DAYS
  console.log(
    `${HOLDINGS} holdings, ${grouped(DAYS)} days, ${grouped(input.events.length)} trades; Node ${process.versions.node}, one thread`,
  )
  console.log(
    `ours     ${median(ours).toFixed(0)} ms, ${(count / median(ours) / 1000).toFixed(1)} million holding-days/s, with flows, income, fees and gains`,
  )
  console.log(`objects  ${median(theirs).toFixed(0)} ms, values alone: one object for each holding and day`)
  console.log(`ratio    ${(median(theirs) / median(ours)).toFixed(1)}`)
}
