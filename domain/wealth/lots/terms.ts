/**
 * How the lots of a sale are chosen. `fifo`: the oldest first. `lifo`: the newest first. `hifo`: the highest cost per share first. `lowest_tax`:
 * short-term losses, long-term losses, long-term gains, short-term gains, in each the greatest loss or the least gain first. `average`: the average
 * cost of all shares, the oldest first (26 CFR 1.1012-1(e)). `specific`: the lots that a person has named.
 */
export const lotMethods = ['fifo', 'lifo', 'hifo', 'lowest_tax', 'average', 'specific'] as const
export type LotMethod = (typeof lotMethods)[number]

/** Methods that an account or a security can have as its standing order. */
export const standingMethods = ['fifo', 'lifo', 'hifo', 'lowest_tax', 'average'] as const
export type StandingMethod = (typeof standingMethods)[number]

/** How shares came into an account. */
export const lotOrigins = ['purchase', 'reinvestment', 'transfer', 'gift', 'inheritance', 'spin_off', 'short'] as const
export type LotOrigin = (typeof lotOrigins)[number]

/** Origins that a person can give a transfer of shares from outside of the household's accounts. */
export const transferOrigins = ['transfer', 'gift', 'inheritance'] as const
export type TransferOrigin = (typeof transferOrigins)[number]

/** What closed a lot, or a part of it. `boot` and `return_of_capital` bring a gain and close no share. */
export const closingKinds = ['sale', 'short', 'cash_in_lieu', 'boot', 'return_of_capital'] as const
export type ClosingKind = (typeof closingKinds)[number]

/** A gain is long-term if the property was held for more than one year. */
export const holdingTerms = ['short', 'long'] as const
export type HoldingTerm = (typeof holdingTerms)[number]

/** Why the lots of a security are incomplete, with the words of each. */
export const lotProblems = {
  oversold: 'More shares leave the account than it holds: an earlier purchase or transfer is missing.',
  overcovered: 'More shares are covered than were sold short: an earlier short sale is missing.',
  unknown_basis: 'The cost basis of shares that were transferred in is not known.',
  transfer_without_other_half: 'Shares were transferred, and no account of the household has the other half of the transfer.',
  no_rate: 'There is no exchange rate to dollars for this day.',
  option: 'Options have no tax lots here.',
  no_holding: 'The account holds no shares of this security on this day.',
  no_fraction: 'Cash in lieu was paid, but no fraction of a share is held.',
  no_ratio: 'The number of new shares is not known: neither a ratio nor a quantity is given.',
  no_price: 'The price of the new shares is not known, so that the gain from cash in a merger is not known either.',
  no_basis_share: 'The share of the cost basis that goes to the new security is not known.',
  lot_not_held: 'A lot that was chosen for the sale does not hold enough shares.',
} as const
export type LotProblemKind = keyof typeof lotProblems
export const lotProblemKinds = Object.keys(lotProblems) as [LotProblemKind, ...LotProblemKind[]]
