/** Shares whose worth on their day, at the price of a security, was put in or taken out (negative), or was income. */
export interface Move {
  readonly index: number
  readonly symbol: string
  readonly units: number
  readonly isIncome: boolean
}

/** Below this part of the most that was held, a rest is rounding. */
const ROUNDING = 1e-12

/** The units of a holding and its money, while the ledger is read. Index 0 is the day before the first one. Money is in the currency of the account. */
export class HoldingTrack {
  readonly accountId: string
  /** Null for cash. */
  readonly symbol: string | null
  /** Of what is on the way to another account: that account. */
  readonly toAccountId: string | null
  /** Of the account. */
  readonly currency: string
  /** Of cash: the balance, which can be negative. */
  long = 0
  /** Shares sold short, not negative. */
  short = 0
  readonly moves: Move[] = []
  /** Undefined if nothing happens in the days of the history. */
  flow: Float64Array | undefined
  income: Float64Array | undefined
  fees: Float64Array | undefined
  private readonly days: number
  private readonly changes: number[] = []
  private readonly unitsAfter: number[] = []
  private most = 0

  constructor(accountId: string, symbol: string | null, currency: string, days: number, toAccountId: string | null = null) {
    this.accountId = accountId
    this.symbol = symbol
    this.currency = currency
    this.days = days
    this.toAccountId = toAccountId
  }

  /** Begins with what was held on the day before the first one. */
  restore({ long, most, short }: { readonly long: number; readonly short: number; readonly most: number }): void {
    this.long = long
    this.short = short
    this.most = most
    this.record(0)
  }

  /** What a continued history needs to know of it. */
  get state() {
    const { accountId, long, most, short, symbol } = this
    return { accountId, symbol, long, short, most }
  }

  get units(): number {
    return this.long - this.short
  }

  /** Records what is held from a day on. */
  record(index: number): void {
    this.most = Math.max(this.most, Math.abs(this.long), this.short)
    if (Math.abs(this.long) <= ROUNDING * this.most) this.long = 0
    if (this.short <= ROUNDING * this.most) this.short = 0
    this.changes.push(Math.max(0, index))
    this.unitsAfter.push(this.units)
  }

  /** Adds money of a day; of days before the first one nothing is kept. */
  addMoney(index: number, flow: number, income = 0, fees = 0): void {
    if (index < 1) return
    this.flow ??= new Float64Array(this.days)
    this.income ??= new Float64Array(this.days)
    this.fees ??= new Float64Array(this.days)
    this.flow[index - 1]! += flow
    this.income[index - 1]! += income
    this.fees[index - 1]! += fees
  }

  addMove(index: number, symbol: string, units: number, isIncome = false): void {
    if (index >= 1 && units !== 0) this.moves.push({ index, symbol, units, isIncome })
  }

  /** Whether it has units or money on any of the days. */
  get isOfTheseDays(): boolean {
    if (this.flow || this.moves.length > 0) return true
    return this.unitsAfter.some((units, place) => units !== 0 && this.changes[place + 1] !== 0)
  }

  /** Writes the units at the end of each day, the day before the first one included. */
  writeUnits(units: Float64Array): void {
    units.fill(0)
    for (let place = 0; place < this.changes.length; place += 1)
      units.fill(this.unitsAfter[place]!, this.changes[place], this.changes[place + 1] ?? units.length)
  }
}
