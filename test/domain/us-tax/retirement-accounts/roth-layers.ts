/**
 * A second implementation of the law of Roth withdrawals, layer by layer, to compare the engine with: a person's Roth IRAs, which the law counts as one. Money leaves in a fixed order: contributions, then conversions from the oldest on,
 * then earnings. Two clocks of five tax years run: one from the first contribution or conversion ever, for earnings; one from each
 * conversion, for the penalty on it. Roth accounts in workplace plans, which pay out in proportion, are assumed to have been rolled over.
 * Source: IRC 408A(d)(2)-(4); 26 CFR 1.408A-6.
 */
export interface RothLayers {
  /** First tax year of any contribution or conversion; infinite before it. */
  firstYear: number
  /** Contributions not yet withdrawn. */
  contributions: number
  /** Conversions not yet withdrawn, with their clock still running: taxable part and rest of each, by year modulo 5. */
  readonly taxable: Float64Array
  readonly nontaxable: Float64Array
  /** Conversions not yet withdrawn, with their clock at its end. */
  seasoned: number
  /** Tax year that the clocks have reached. */
  year: number
}

/** Dollars of a withdrawal by their tax treatment. */
export interface RothWithdrawal {
  /** From contributions and conversions: never taxed again. */
  basis: number
  earnings: number
  /** Earnings that are income. */
  taxable: number
  /** The amount with the additional tax of early withdrawal: taxable parts of recent conversions, and taxable earnings. */
  penalized: number
}

const CLOCK_YEARS = 5

/** Contributions of earlier years. */
export const createRothLayers = (year: number, contributions: number): RothLayers => ({
  firstYear: Number.NEGATIVE_INFINITY,
  contributions,
  taxable: new Float64Array(CLOCK_YEARS),
  nontaxable: new Float64Array(CLOCK_YEARS),
  seasoned: 0,
  year,
})

export const createRothWithdrawal = (): RothWithdrawal => ({ basis: 0, earnings: 0, taxable: 0, penalized: 0 })

/** Moves the clocks on to a tax year: a conversion of year Y is free of penalty from year Y + 5 on. Call once a year, in order. */
export function openRothYear(layers: RothLayers, year: number): void {
  for (let expired = Math.max(layers.year + 1, year - CLOCK_YEARS + 1); expired <= year; expired++) {
    const slot = expired % CLOCK_YEARS
    layers.seasoned += layers.taxable[slot]! + layers.nontaxable[slot]!
    layers.taxable[slot] = 0
    layers.nontaxable[slot] = 0
  }
  layers.year = year
}

/** Adds a conversion of the open year; `nontaxable` is the part of it that was after-tax money. */
export function convertToRoth(layers: RothLayers, taxable: number, nontaxable: number): void {
  if (taxable + nontaxable <= 0) return
  const slot = layers.year % CLOCK_YEARS
  layers.taxable[slot] = layers.taxable[slot]! + taxable
  layers.nontaxable[slot] = layers.nontaxable[slot]! + nontaxable
  layers.firstYear = Math.min(layers.firstYear, layers.year)
}

/**
 * Takes an amount out of Roth IRAs in the open year, in the order of the law, and returns its tax treatment. `amount` is at most the balance:
 * the part that basis does not cover is earnings. Earnings are free once the owner is 59 1/2 and the five years from the first year are over
 * (death, disability and a first home are not modelled); the penalty ends at 59 1/2.
 */
export function withdrawFromRoth(layers: RothLayers, amount: number, freeOfPenalty: boolean, out: RothWithdrawal): void {
  let left = amount
  out.penalized = 0

  const fromContributions = Math.min(left, layers.contributions)
  layers.contributions -= fromContributions
  left -= fromContributions

  const fromSeasoned = Math.min(left, layers.seasoned)
  layers.seasoned -= fromSeasoned
  left -= fromSeasoned

  for (let age = CLOCK_YEARS - 1; age >= 0 && left > 0; age--) {
    const slot = (layers.year - age + CLOCK_YEARS) % CLOCK_YEARS
    const fromTaxable = Math.min(left, layers.taxable[slot]!)
    layers.taxable[slot] = layers.taxable[slot]! - fromTaxable
    left -= fromTaxable
    const fromNontaxable = Math.min(left, layers.nontaxable[slot]!)
    layers.nontaxable[slot] = layers.nontaxable[slot]! - fromNontaxable
    left -= fromNontaxable
    if (!freeOfPenalty) out.penalized += fromTaxable
  }

  out.basis = amount - left
  out.earnings = left
  out.taxable = freeOfPenalty && layers.year >= layers.firstYear + CLOCK_YEARS ? 0 : left
  if (!freeOfPenalty) out.penalized += out.taxable
}
