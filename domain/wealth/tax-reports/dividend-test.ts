import { type CalendarDate, Decimal, type Money } from '../../shared/index.ts'
import { inCents } from './figures.ts'
import { type HoldingInterval, qualifyingShares } from './holding-days.ts'

/** Where the ex-dividend date comes from. Without market data the day of payment stands for it, which is later. */
export type ExDateSource = 'market' | 'pay_date'

/** A dividend with what decides whether it is qualified. */
export interface TestedDividend {
  readonly amount: Money
  /** What the payer says; null if nothing. */
  readonly isQualified: boolean | null
  readonly exDate: CalendarDate
  readonly exDateSource: ExDateSource
  /** Of its security; null if the ledger does not say it. */
  readonly holdings: readonly HoldingInterval[] | null
}

export interface DividendTest {
  /** The part that counts as qualified. */
  readonly qualified: Money
  /** By the payer alone. */
  readonly reported: Money
  /** The part that fulfils the holding period, whatever the payer says; null if the holdings are not known. */
  readonly byHolding: Money | null
  /** Why the two differ, or what is not known; null if there is nothing to say. */
  readonly note: string | null
}

const dated = ({ exDate, exDateSource }: TestedDividend): string =>
  exDateSource === 'market' ? `the ex-dividend date ${exDate}` : `the pay date ${exDate}, because the ex-dividend date is not known`

/**
 * The qualified part of a dividend. It begins with what the payer says, who knows whether the corporation and the dividend can be qualified.
 * Of a dividend that the payer calls qualified, only the shares count that were held for more than 60 days of the 121-day period.
 * @param asOf the last day that is known of the holdings
 * Source: Publication 550, chapter 1, "Qualified Dividends".
 */
export const testDividend = (dividend: TestedDividend, asOf: CalendarDate): DividendTest => {
  const { amount, exDate, holdings, isQualified } = dividend
  const reported: Money = isQualified === true ? amount : '0.00'
  const shares = holdings === null ? null : qualifyingShares(holdings, exDate, asOf)
  if (shares === null || new Decimal(shares.entitled).isZero()) {
    const note =
      isQualified === true
        ? 'The payer’s flag was taken: the ledger does not say how long the shares were held.'
        : isQualified === null
          ? 'The payer does not say whether it is qualified.'
          : null
    return { qualified: reported, reported, byHolding: null, note }
  }
  const byHolding = inCents(new Decimal(amount).times(shares.qualifying).dividedBy(shares.entitled))
  const qualified = isQualified === true ? byHolding : '0.00'
  if (isQualified === null) {
    const note = `The payer does not say whether it is qualified. ${shares.qualifying} of ${shares.entitled} shares fulfil the holding period.`
    return { qualified, reported, byHolding, note }
  }
  if (!isQualified) return { qualified, reported, byHolding, note: null }
  const missing = new Decimal(shares.entitled).minus(shares.qualifying)
  if (!missing.isZero()) {
    const note = `${missing.toFixed()} of ${shares.entitled} shares were held for at most ${shares.longestDays} days of the 121-day period around ${dated(dividend)}; more than 60 are needed.`
    return { qualified, reported, byHolding, note }
  }
  const undecided = new Decimal(shares.undecided).isZero()
    ? null
    : `${shares.undecided} shares reach the holding period only if they are held on: 61 days of the 121-day period around ${dated(dividend)}.`
  const unsure = dividend.exDateSource === 'pay_date' ? `The holding period was counted around ${dated(dividend)}.` : null
  return { qualified, reported, byHolding, note: undecided ?? unsure }
}
