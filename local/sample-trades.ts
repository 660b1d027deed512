import { addDays, addMonths, type CalendarDate, dayOfWeek, firstDayOfMonth, monthOf } from '../domain/shared/index.ts'
import { type FileTransaction, writeCsv } from '../domain/wealth/index.ts'
import { type PriceHistory, sampleHistories } from './sample-market.ts'

type SampleSymbol = 'DEMO.WORLD' | 'DEMO.BONDS' | 'DEMO.SPLIT' | 'DEMO.GAP'
type Row = Omit<FileTransaction, 'line' | 'description'> & { readonly description?: string }

/** The account of the sample household with tax lots. */
export const portfolioName = 'ETF portfolio'
const months = 36
const firstDeposit = 6_400_000
const monthlyDeposit = 180_000
/** What is bought each month: a little less than what is deposited. */
const monthlyCents = 172_000
/** What is bought at a high price, and is still held. */
const topCents = 480_000
/** Made-up distributions of a quarter, in cents of a dollar for a share. */
const [worldDividend, bondInterest] = [32, 41]

/** The first day of the sample's history of shares. */
export const firstTradeDay = (today: CalendarDate): CalendarDate => addMonths(firstDayOfMonth(monthOf(today)), -months)

const textOf = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The trades of two accounts up to a day. Prices are those of the made-up market, and before its first day what its drift leads back to. */
class Trades {
  readonly portfolio: Row[] = []
  readonly rothIra: Row[] = []
  readonly #today: CalendarDate
  readonly #histories: Readonly<Record<SampleSymbol, PriceHistory>>

  constructor(today: CalendarDate) {
    this.#today = today
    this.#histories = sampleHistories(today)
  }

  /** The day itself or the last one before it on which the market was open. */
  tradingDay(date: CalendarDate): CalendarDate {
    const { closes, firstDay } = this.#histories['DEMO.WORLD']
    let day = date
    while ([0, 6].includes(dayOfWeek(day)) || (day >= firstDay && !closes.has(day))) day = addDays(day, -1)
    return day
  }

  #close(symbol: SampleSymbol, date: CalendarDate): number {
    const { before, closes } = this.#histories[symbol]
    return closes.get(date) ?? before(date)
  }

  priceCents(symbol: SampleSymbol, date: CalendarDate): number {
    return Math.round(this.#close(symbol, date) * 100)
  }

  /** The trading day between two days with the highest price. */
  #top(symbol: SampleSymbol, from: CalendarDate, to: CalendarDate): CalendarDate {
    const days = [...this.#histories[symbol].closes].filter(([day]) => day >= from && day <= to)
    return days.reduce((best, day) => (day[1] > best[1] ? day : best))[0]
  }

  /** The two days between two days, at least five weeks apart, between which the price fell the most. */
  #deepestFall(symbol: SampleSymbol, from: CalendarDate, to: CalendarDate): { readonly bought: CalendarDate; readonly sold: CalendarDate } {
    const days = [...this.#histories[symbol].closes].filter(([day]) => day >= from && day <= to)
    const [apart, first] = [25, days[0]!]
    let top = first
    let best = { bought: first[0], sold: first[0], ratio: 0 }
    for (const [index, [sold, close]] of days.slice(apart).entries()) {
      if (days[index]![1] > top[1]) top = days[index]!
      const ratio = top[1] / close
      if (ratio > best.ratio) best = { bought: top[0], sold, ratio }
    }
    return best
  }

  /** Shares of the portfolio at the end of a day. */
  sharesOn(symbol: SampleSymbol, date: CalendarDate): number {
    const rows = this.portfolio.filter(row => row.symbol === symbol && row.date <= date).toSorted((a, b) => a.date.localeCompare(b.date))
    return rows.reduce((shares, { quantity = '0', splitRatio, type }) => {
      if (splitRatio) return (shares * splitRatio.numerator) / splitRatio.denominator
      return shares + Number(quantity) * (type === 'sell' ? -1 : 1)
    }, 0)
  }

  trade(rows: Row[], type: 'buy' | 'sell', symbol: SampleSymbol, date: CalendarDate, quantity: number): void {
    const price = this.priceCents(symbol, date)
    const amount = textOf(price * quantity * (type === 'buy' ? -1 : 1))
    rows.push({ type, date, symbol, quantity: String(quantity), price: textOf(price), amount })
  }

  /** Money of the portfolio at the end of a day, in cents. */
  #cashOn(date: CalendarDate): number {
    return this.portfolio.reduce((sum, row) => (row.date <= date ? sum + Math.round(Number(row.amount) * 100) : sum), 0)
  }

  /** What the shares and the money of the portfolio are worth at the end of a day, each security in whole cents. */
  valueOn(date: CalendarDate): string {
    const day = this.tradingDay(date)
    const symbols = Object.keys(this.#histories) as SampleSymbol[]
    const shares = symbols.reduce((sum, symbol) => sum + Math.round(this.sharesOn(symbol, day) * this.#close(symbol, day) * 100), 0)
    return textOf(shares + this.#cashOn(date))
  }

  /** Takes out what is not invested. Then the balance of the account is the worth of its shares, of which every cost is known. */
  payOutCash(): void {
    const cents = this.#cashOn(this.#today)
    if (cents > 0)
      this.portfolio.push({ type: 'cash', date: this.#today, amount: textOf(-cents), description: 'To savings', category: 'transfer' })
  }

  /** A distribution for the shares that are held, of which more shares are bought if it is reinvested. */
  #distribute(symbol: SampleSymbol, date: CalendarDate, centsPerShare: number, isReinvested: boolean): void {
    const cents = Math.round(this.sharesOn(symbol, addDays(date, -1)) * centsPerShare)
    if (cents === 0) return
    this.portfolio.push({ type: 'dividend', date, symbol, amount: textOf(cents), isQualified: !isReinvested })
    const price = this.priceCents(symbol, date)
    const quantity = (cents / price).toFixed(4)
    if (isReinvested) this.portfolio.push({ type: 'reinvestment', date, symbol, quantity, price: textOf(price), amount: textOf(-cents) })
  }

  /** What begins the portfolio, what is bought of two funds each month, and what the funds distribute. */
  addSavingPlan(): void {
    const first = firstTradeDay(this.#today)
    const start = this.tradingDay(addDays(first, 9))
    this.portfolio.push({
      type: 'cash',
      date: start,
      amount: textOf(firstDeposit),
      description: 'From the former broker',
      category: 'transfer',
    })
    this.trade(this.portfolio, 'buy', 'DEMO.WORLD', start, 200)
    this.trade(this.portfolio, 'buy', 'DEMO.BONDS', start, 300)
    this.trade(this.portfolio, 'buy', 'DEMO.SPLIT', start, 50)
    const { split } = this.#histories['DEMO.SPLIT']
    if (split && split.exDate > start)
      this.portfolio.push({
        type: 'split',
        date: split.exDate,
        symbol: 'DEMO.SPLIT',
        amount: '0.00',
        splitRatio: { numerator: split.ratio, denominator: 1 },
      })
    for (let index = 0; index <= months; index += 1) {
      const month = addMonths(first, index)
      if (addDays(month, 19) > this.#today) break
      this.portfolio.push({
        type: 'cash',
        date: addDays(month, 19),
        amount: textOf(monthlyDeposit),
        description: 'Deposit',
        category: 'transfer',
      })
      const [symbol, day] = [index % 2 === 0 ? 'DEMO.WORLD' : 'DEMO.BONDS', this.tradingDay(addDays(month, 21))] as const
      // No purchase in the last 30 days, so that a loss on the fund of shares would count today.
      if (addDays(month, 21) < addDays(this.#today, -31))
        this.trade(this.portfolio, 'buy', symbol, day, Math.floor(monthlyCents / this.priceCents(symbol, day)))
    }
  }

  /** Buys what has fallen the most since its highest price between two days, at that price. */
  #buyAtTop(from: CalendarDate, to: CalendarDate): void {
    const lastDay = this.tradingDay(addDays(this.#today, -1))
    const tops = (['DEMO.WORLD', 'DEMO.BONDS', 'DEMO.SPLIT'] as const).map(symbol => {
      const day = this.#top(symbol, from, to)
      return { symbol, day, ratio: this.priceCents(symbol, day) / this.priceCents(symbol, lastDay) }
    })
    const { day, symbol } = tops.toSorted((one, other) => other.ratio - one.ratio)[0]!
    this.trade(this.portfolio, 'buy', symbol, day, Math.floor(topCents / this.priceCents(symbol, day)))
  }

  /** Two sales with a gain, a purchase at a high price that is still held, and a sale at a loss with a replacement in an IRA. */
  addSales(): void {
    const day = (days: number) => this.tradingDay(addDays(this.#today, days))
    this.trade(this.portfolio, 'sell', 'DEMO.BONDS', this.tradingDay(`${Number(this.#today.slice(0, 4)) - 1}-11-14`), 80)
    this.trade(this.portfolio, 'sell', 'DEMO.BONDS', day(-70), 120)
    this.#buyAtTop(day(-300), day(-45))
    const { bought, sold } = this.#deepestFall('DEMO.GAP', day(-480), day(-50))
    this.trade(this.portfolio, 'buy', 'DEMO.GAP', bought, 120)
    this.trade(this.portfolio, 'sell', 'DEMO.GAP', sold, 120)
    // Section 1091: shares bought within 30 days replace those that were sold, in an IRA too (Rev. Rul. 2008-5).
    this.trade(this.rothIra, 'buy', 'DEMO.GAP', this.tradingDay(addDays(sold, 12)), 50)
  }

  addDistributions(): void {
    const first = firstTradeDay(this.#today)
    for (let index = 3; index <= months; index += 3) {
      const paid = addDays(addMonths(first, index), 14)
      if (paid > this.#today) break
      const day = this.tradingDay(paid)
      this.#distribute('DEMO.WORLD', day, worldDividend, false)
      this.#distribute('DEMO.BONDS', day, bondInterest, true)
    }
  }
}

const verbs: Partial<Record<Row['type'], string>> = {
  buy: 'Purchase of',
  sell: 'Sale of',
  dividend: 'Dividend of',
  reinvestment: 'Reinvestment in',
  split: 'Split of',
}

const sampleTrades = (today: CalendarDate): Trades => {
  const trades = new Trades(today)
  trades.addSavingPlan()
  trades.addSales()
  trades.addDistributions()
  trades.payOutCash()
  return trades
}

const csvOf = (rows: readonly Row[]): string => {
  const transactions = rows
    .toSorted((one, other) => one.date.localeCompare(other.date))
    .map((row, index): FileTransaction => ({ description: `${verbs[row.type]} ${row.symbol}`, ...row, line: index + 1 }))
  return writeCsv([{ key: '*', transactions, holdings: [] }])
}

/** The file of each account with trades: about three years up to the day. Depends on nothing but the day. */
export const sampleTradeFiles = (today: CalendarDate): ReadonlyMap<string, string> => {
  const { portfolio, rothIra } = sampleTrades(today)
  return new Map([
    [portfolioName, csvOf(portfolio)],
    ['Roth IRA', csvOf(rothIra)],
  ])
}

/** What the portfolio is worth on days: shares and money. */
export const portfolioValues = (today: CalendarDate, dates: readonly CalendarDate[]): readonly string[] => {
  const trades = sampleTrades(today)
  return dates.map(date => trades.valueOn(date))
}
