import type { LotEvent } from './types.ts'

/** The most days between the two halves of a transfer of shares. */
export const TRANSFER_DAYS = 10

/**
 * Finds the two halves of transfers of shares between the household's accounts: as many shares of a security that leave one account and come into
 * another within ten days. Where several fit, a named account decides, then the days between, then the order of the events.
 * Returns the half that came in by the id of the half that went out.
 */
export const pairTransfers = (events: readonly LotEvent[]): ReadonlyMap<string, LotEvent> => {
  const keyOf = (event: LotEvent): string => `${event.symbol}\n${event.quantity}`
  const ins = Map.groupBy(
    events.filter(event => event.type === 'transfer_in' && event.quantity > 0n),
    keyOf,
  )
  const used = new Set<string>()
  const pairs = new Map<string, LotEvent>()
  for (const out of events) {
    if (out.type !== 'transfer_out' || out.quantity === 0n) continue
    let best: LotEvent | undefined
    let bestCost = Number.POSITIVE_INFINITY
    for (const candidate of ins.get(keyOf(out)) ?? []) {
      const days = Math.abs(candidate.day - out.day)
      if (used.has(candidate.id) || candidate.accountId === out.accountId || days > TRANSFER_DAYS) continue
      const isNamed = out.transferAccountId === candidate.accountId || candidate.transferAccountId === out.accountId
      const isOther = (half: LotEvent, account: string) => half.transferAccountId !== null && half.transferAccountId !== account
      if (isOther(out, candidate.accountId) || isOther(candidate, out.accountId)) continue
      const cost = days + (isNamed ? 0 : TRANSFER_DAYS + 1)
      if (cost < bestCost) [best, bestCost] = [candidate, cost]
    }
    if (!best) continue
    used.add(best.id)
    pairs.set(out.id, best)
  }
  return pairs
}
