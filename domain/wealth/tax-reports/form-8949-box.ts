import type { Form8949Box, RealisedRow } from './realised-row.ts'

/** What decides a box besides the row. */
export interface BoxFacts {
  /** Accounts at an institution, which sends a Form 1099-B. */
  readonly brokerAccounts: ReadonlySet<string>
  /** Symbols of funds, for which the average basis is allowed. */
  readonly funds: ReadonlySet<string>
}

/** Treasury Regulations 1.6045-1(a)(15)(i): from then on a broker reports the basis of stock. */
const stockCoveredFrom = '2011-01-01'
/** The same: of funds, and of stock in a plan that reinvests dividends. */
const averagedCoveredFrom = '2012-01-01'

/** A gift or inheritance is covered only if it was in the hands of the giver, which the ledger does not say. */
const ofOthers: ReadonlySet<RealisedRow['origin']> = new Set(['gift', 'inheritance'])

const isCovered = ({ acquiredOn, origin, symbol }: RealisedRow, { funds }: BoxFacts): boolean => {
  if (acquiredOn === null || ofOthers.has(origin)) return false
  return acquiredOn >= (origin === 'reinvestment' || funds.has(symbol) ? averagedCoveredFrom : stockCoveredFrom)
}

/**
 * The box of Form 8949 by term and by how the broker reported the sale. A and D: with its basis. B and E: without. C and F: no Form 1099-B, as
 * in an account without an institution, and for a return of capital, which is on Form 1099-DIV. The broker's own box counts where it is known;
 * otherwise a security is covered that was acquired since 2011, or 2012 if it is of a fund or reinvested.
 * Source: Instructions for Form 8949, lines 1 and 2; Treasury Regulations 1.6045-1(a)(15).
 */
export const boxOf = (row: RealisedRow, facts: BoxFacts): Form8949Box => {
  const [reported, unreported, none] = row.term === 'short' ? (['A', 'B', 'C'] as const) : (['D', 'E', 'F'] as const)
  // The holding period of the ledger decides the part of the form, also where the broker has taken the other one.
  if (row.reportedBox !== null) return 'AD'.includes(row.reportedBox) ? reported : 'BE'.includes(row.reportedBox) ? unreported : none
  if (row.kind === 'return_of_capital' || !facts.brokerAccounts.has(row.accountId)) return none
  return isCovered(row, facts) ? reported : unreported
}
