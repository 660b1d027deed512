import { Decimal, type Money } from '../../shared/index.ts'
import { inCents } from './figures.ts'

/** What is carried to the next year: positive amounts for lines 6 and 14 of its Schedule D. */
export interface LossCarryover {
  readonly shortTerm: Money
  readonly longTerm: Money
}

const atLeastZero = (amount: Decimal): Decimal => Decimal.max(amount, 0)

/**
 * The losses that are carried to the next year, short-term ones used first.
 * @param line7 net short-term gain or loss of Schedule D
 * @param line15 net long-term gain or loss
 * @param line21 the deducted loss as a positive amount; zero if there is none
 * @param taxableIncome line 15 of Form 1040, below zero if deductions exceed income; null if it is not known, and is then taken as at least the
 * deducted loss, which gives the smallest carryover
 * Source: Capital Loss Carryover Worksheet, Instructions for Schedule D (Form 1040); IRC 1212(b).
 */
export const lossCarryover = (line7: Decimal, line15: Decimal, line21: Decimal, taxableIncome: Decimal | null): LossCarryover => {
  if (line21.isZero()) return { shortTerm: '0.00', longTerm: '0.00' }
  const used = taxableIncome === null ? line21 : Decimal.min(line21, atLeastZero(taxableIncome.plus(line21)))
  const shortLoss = atLeastZero(line7.negated())
  const longLoss = atLeastZero(line15.negated())
  return {
    shortTerm: inCents(atLeastZero(shortLoss.minus(used.plus(atLeastZero(line15))))),
    longTerm: inCents(atLeastZero(longLoss.minus(atLeastZero(line7).plus(atLeastZero(used.minus(shortLoss)))))),
  }
}
