import type { LotHistory } from '../../domain/wealth/index.ts'

/** Pairs of a FIFO loss and a purchase within 30 days of it, each share once, found by comparing every loss with every purchase. */
export const countNaiveWashSales = ({ events }: LotHistory): number => {
  const purchases = events.filter(({ type }) => type === 'buy').map(event => ({ event, held: event.quantity, free: event.quantity }))
  let found = 0
  for (const { accountId, cents, day, quantity, symbol } of events.filter(({ type }) => type === 'sell')) {
    let left = quantity
    for (const { event, held } of purchases) {
      const taken = held < left ? held : left
      left -= taken
      const isLoss = taken > 0n && Number(taken) * (cents! / Number(quantity)) < Number(taken) * (event.cents! / Number(event.quantity))
      let open = isLoss && event.accountId === accountId ? taken : 0n
      for (const other of purchases) {
        if (open === 0n || other.event === event || other.event.symbol !== symbol || Math.abs(other.event.day - day) > 30) continue
        const used = other.free < open ? other.free : open
        other.free -= used
        open -= used
        if (used > 0n) found += 1
      }
    }
    left = quantity
    for (const purchase of purchases) {
      const taken = purchase.held < left ? purchase.held : left
      purchase.held -= taken
      left -= taken
    }
  }
  return found
}
