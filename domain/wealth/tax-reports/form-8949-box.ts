import type { Form8949Box, RealisedRow } from './realised-row.ts'

/** What decides the box of a disposal. */
export type BoxFacts = Pick<RealisedRow, 'term' | 'kind' | 'origin' | 'acquiredOn' | 'isFund' | 'isAtBroker'>

/** Treasury Regulations 1.6045-1(a)(15)(i): from then on a broker reports the basis of stock. */
const stockCoveredFrom = '2011-01-01'
/** The same: of funds, and of stock in a plan that reinvests dividends. */
const averagedCoveredFrom = '2012-01-01'

/** A gift or inheritance is covered only if it was in the hands of the giver, which the ledger does not say. */
const ofOthers: ReadonlySet<RealisedRow['origin']> = new Set(['gift', 'inheritance'])

const isCovered = ({ acquiredOn, isFund, origin }: BoxFacts): boolean => {
  if (acquiredOn === null || ofOthers.has(origin)) return false
  return acquiredOn >= (origin === 'reinvestment' || isFund ? averagedCoveredFrom : stockCoveredFrom)
}

/**
 * The box of Form 8949 by term and by how the broker reports the sale. A and D: with its basis. B and E: without. C and F: no Form 1099-B, as in
 * an account without an institution, and for a return of capital, which is on Form 1099-DIV. A security is covered that was acquired since 2011,
 * or 2012 if it is of a fund or reinvested.
 * Source: Instructions for Form 8949, lines 1 and 2; Treasury Regulations 1.6045-1(a)(15).
 */
export const boxOf = (facts: BoxFacts): Form8949Box => {
  const [reported, unreported, none] = facts.term === 'short' ? (['A', 'B', 'C'] as const) : (['D', 'E', 'F'] as const)
  if (facts.kind === 'return_of_capital' || !facts.isAtBroker) return none
  return isCovered(facts) ? reported : unreported
}
