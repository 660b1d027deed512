import type { HistoryState, MarketPrices, Quote } from './types.ts'

/** What the ledger says of the price of a security: a price, or a factor by which a split changes it. */
interface Note {
  readonly day: number
  readonly quote: Quote | null
  readonly factor: number
}

/** Splits of a security that are recorded within these days are one. */
const SAME_SPLIT_DAYS = 10

/** The prices of securities: closes of the market, and before the first of them, the trades of the ledger. Splits of the ledger change older ones. */
export class PriceBook {
  private readonly market: ReadonlyMap<string, MarketPrices>
  private readonly notes = new Map<string, Note[]>()
  private readonly restored = new Map<string, number>()

  constructor(market: ReadonlyMap<string, MarketPrices>) {
    this.market = market
  }

  /** Begins where an earlier history stood. */
  restore({ quotes, splits }: HistoryState): void {
    for (const split of splits) this.notesOf(split.symbol).push({ day: split.day, quote: null, factor: 1 })
    for (const { symbol, until, ...quote } of quotes) {
      this.notesOf(symbol).push({ day: until, quote, factor: 1 })
      this.restored.set(symbol, until)
    }
  }

  /** What a continued history needs, when all events up to the day are noted. */
  stateOn(day: number): Pick<HistoryState, 'quotes' | 'splits'> {
    const symbols = [...new Set([...this.market.keys(), ...this.notes.keys()])]
    return {
      quotes: symbols.flatMap(symbol => {
        const quote = this.quoteOn(symbol, day)
        const until = this.market.has(symbol) ? day : (this.restored.get(symbol) ?? day)
        return quote ? { symbol, ...quote, until } : []
      }),
      splits: [...this.notes].flatMap(([symbol, notes]) => {
        const split = notes.findLast(note => note.quote === null && day - note.day <= SAME_SPLIT_DAYS)
        return split ? { symbol, day: split.day } : []
      }),
    }
  }

  /** To call in the order of days. */
  addQuote(symbol: string, day: number, quote: Quote): void {
    if (quote.price > 0 && Number.isFinite(quote.price)) this.notesOf(symbol).push({ day, quote, factor: 1 })
  }

  /** A split, once for all accounts, which can have recorded it on different days. To call in the order of days. */
  addSplit(symbol: string, day: number, factor: number): void {
    const notes = this.notesOf(symbol)
    const last = notes.findLast(note => note.quote === null)
    if (!last || day - last.day > SAME_SPLIT_DAYS) notes.push({ day, quote: null, factor })
  }

  /** The price on a day on which all events so far are noted. */
  quoteOn(symbol: string, day: number): Quote | undefined {
    const reader = this.readerOf(symbol)
    return reader(day)
  }

  /** Reads the prices of a security for days in ascending order. */
  readerOf(symbol: string): (day: number) => Quote | undefined {
    const prices = this.market.get(symbol)
    const notes = this.notes.get(symbol) ?? []
    let nextClose = 0
    let nextNote = 0
    let quote: Quote | undefined
    const readClose = (): void => {
      const [price, day] = [prices!.closes[nextClose]!, prices!.days[nextClose]!]
      nextClose += 1
      if (price > 0 && Number.isFinite(price)) quote = { price, currency: prices!.currency, source: 'market', day }
    }
    const readNote = ({ factor, quote: traded }: Note): void => {
      nextNote += 1
      if (!traded) quote = quote && { ...quote, price: quote.price * factor }
      else if (quote?.source !== 'market' || traded.source === 'market') quote = traded
    }
    return day => {
      for (;;) {
        const closeDay = prices?.days[nextClose] ?? Number.POSITIVE_INFINITY
        const note = notes[nextNote]
        if (note && note.day <= day && note.day <= closeDay) readNote(note)
        else if (closeDay <= day) readClose()
        else return quote
      }
    }
  }

  private notesOf(symbol: string): Note[] {
    let notes = this.notes.get(symbol)
    if (!notes) this.notes.set(symbol, (notes = []))
    return notes
  }
}
