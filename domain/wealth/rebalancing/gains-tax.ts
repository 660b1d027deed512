import { Decimal } from '../../shared/index.ts'

/** Net gains by term, in cents. */
export interface Gains {
  readonly short: number
  readonly long: number
}

const taxAt = (cents: number, rate: number): Decimal => new Decimal(cents).times(rate)

/** Tax of gains each at the rate of its term, in cents; losses count as savings at the same rate. */
export const termTax = ({ long, short }: Gains, rates: Gains): number =>
  taxAt(short, rates.short).plus(taxAt(long, rates.long)).round().toNumber() + 0

/**
 * Tax of all gains, in cents: a loss of one term first offsets gains of the other (IRC 1222). What is left of a loss saves tax at the rate of its term; that needs
 * other gains, or other income up to $3,000 a year (IRC 1211(b)).
 */
export const netTax = ({ long, short }: Gains, rates: Gains): number => {
  const net = short + long
  if (short < 0 !== long < 0 && short !== 0 && long !== 0) {
    // The larger side keeps its term.
    return Math.abs(short) > Math.abs(long) ? termTax({ short: net, long: 0 }, rates) : termTax({ short: 0, long: net }, rates)
  }
  return termTax({ short, long }, rates)
}
