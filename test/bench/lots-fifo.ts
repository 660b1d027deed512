import type { LotHistory } from '../../domain/wealth/index.ts'

interface FifoLot {
  quantity: bigint
  cents: number
}

interface FifoClosing {
  readonly proceeds: number
  readonly basis: number
  readonly closedDay: number
}

/** First in, first out for every account and security: no wash sales, terms or methods, transfers as they come. What no calculation of lots does without. */
export const countFifoClosings = ({ events }: LotHistory): number => {
  const books = new Map<string, { lots: FifoLot[]; head: number }>()
  const closings: FifoClosing[] = []
  for (const { accountId, cents, day, denominator, numerator, quantity, symbol, type } of events.toSorted((a, b) => a.day - b.day)) {
    const key = `${accountId} ${symbol}`
    let book = books.get(key)
    if (!book) books.set(key, (book = { lots: [], head: 0 }))
    if (type === 'split')
      for (let index = book.head; index < book.lots.length; index += 1) {
        const lot = book.lots[index]!
        lot.quantity = (lot.quantity * BigInt(numerator)) / BigInt(denominator)
      }
    else if (type === 'sell' || type === 'transfer_out') {
      let left = quantity
      while (left > 0n && book.head < book.lots.length) {
        const lot = book.lots[book.head]!
        const taken = lot.quantity < left ? lot.quantity : left
        const basis = Math.round(lot.cents * (Number(taken) / Number(lot.quantity)))
        if (type === 'sell') closings.push({ proceeds: Math.round((cents! * Number(taken)) / Number(quantity)), basis, closedDay: day })
        lot.cents -= basis
        lot.quantity -= taken
        left -= taken
        if (lot.quantity === 0n) book.head += 1
      }
    } else book.lots.push({ quantity, cents: cents ?? 0 })
  }
  return closings.length
}
