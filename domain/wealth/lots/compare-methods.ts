import { calculateLots } from './calculate-lots.ts'
import { standingMethods, type StandingMethod } from './terms.ts'
import type { Closing, LotEvent, LotHistory, LotPick, LotProblem } from './types.ts'

/** What a sale would close by one way to choose its lots, with what it does to wash sales. Money is in cents. */
export interface SaleChoice {
  readonly method: StandingMethod | 'specific'
  readonly closings: readonly Closing[]
  readonly shortTermCents: number
  readonly longTermCents: number
  /** Of the loss of this sale. */
  readonly disallowedCents: number
  readonly problems: readonly LotProblem[]
}

/** Gain or loss that counts; undefined if the basis is not known. */
export const countedGain = ({ basisCents, disallowedCents, proceedsCents }: Closing): number | undefined =>
  basisCents === null || proceedsCents === null ? undefined : proceedsCents - basisCents + disallowedCents

/**
 * Calculates a sale that has not been made by each method, beside one another.
 * @param history the transactions of the securities that the sale can affect, without the sale
 * @param methods those that are possible for the security
 * @param picks the lots of the choice `specific`, if there is one
 */
export const compareMethods = (
  history: LotHistory,
  sale: LotEvent,
  methods: readonly StandingMethod[] = standingMethods,
  picks: readonly LotPick[] | null = null,
): SaleChoice[] => {
  const choose = (method: SaleChoice['method']): SaleChoice => {
    const event: LotEvent = { ...sale, method, picks: method === 'specific' ? picks : null }
    const result = calculateLots({ ...history, events: [...history.events, event] })
    const closings = result.closings.filter(({ transactionId }) => transactionId === sale.id)
    const sum = (term: Closing['term']): number =>
      closings.reduce((total, closing) => total + (closing.term === term ? (countedGain(closing) ?? 0) : 0), 0)
    return {
      method,
      closings,
      shortTermCents: sum('short'),
      longTermCents: sum('long'),
      disallowedCents: closings.reduce((total, { disallowedCents }) => total + disallowedCents, 0),
      problems: result.problems.filter(({ transactionId }) => transactionId === sale.id),
    }
  }
  return [...methods.map(choose), ...(picks === null ? [] : [choose('specific')])]
}
