import { Decimal, type Money } from '../../shared/index.ts'
import type { FilingStatus } from '../../us-tax/index.ts'
import { type LossCarryover, lossCarryover } from './capital-loss-carryover.ts'
import { type FormRounding, onForm } from './figures.ts'
import { type BoxSum, type Form8949Totals, form8949Summary, totalsOf } from './form-8949.ts'
import type { Form8949Box } from './realised-row.ts'

/** What Schedule D takes from elsewhere. Amounts that are left out are zero. */
export interface ScheduleDInput {
  readonly filingStatus: FilingStatus
  /** Losses carried over from the year before, as positive amounts: lines 6 and 14. */
  readonly carryover?: LossCarryover
  /** Lines 4 and 11: gains of Forms 6252, 4684, 6781, 8824, and of 2439 and 4797 on line 11. */
  readonly otherForms?: LossCarryover
  /** Lines 5 and 12: Schedules K-1. */
  readonly schedulesK1?: LossCarryover
  /** Line 13: box 2a of Forms 1099-DIV. */
  readonly capitalGainDistributions?: Money
  /** Line 15 of Form 1040 before it is cut at zero; null if it is not known. */
  readonly taxableIncome?: Money | null
  /**
   * Whether sales with a reported basis and no adjustment go to lines 1a and 8a without Form 8949, as its Exception 1 allows. By default all
   * of them are on the form, and these lines are empty.
   */
  readonly totalsWithoutForm?: boolean
  readonly rounding?: FormRounding
}

export interface ScheduleD {
  /** Columns (d), (e), (g) and (h) of lines 1a, 1b, 2, 3, 8a, 8b, 9 and 10. */
  readonly sums: Readonly<Record<'1a' | '1b' | '2' | '3' | '8a' | '8b' | '9' | '10', Form8949Totals>>
  /** Lines 4 to 7 and 11 to 16, losses below zero; line 21 is the deducted loss below zero, or zero. */
  readonly lines: Readonly<Record<'4' | '5' | '6' | '7' | '11' | '12' | '13' | '14' | '15' | '16' | '21', Money>>
  /** For lines 6 and 14 of the next year. */
  readonly carryover: LossCarryover
}

/** IRC 1211(b): the deductible loss of a year, half of it for married persons who file separately. */
const lossLimit = (status: FilingStatus): Decimal => new Decimal(status === 'marriedFilingSeparately' ? 1500 : 3000)

const nothing: LossCarryover = { shortTerm: '0.00', longTerm: '0.00' }

/**
 * Schedule D (Form 1040) of the sums of Form 8949: lines 1a to 16, the deducted loss on line 21, and what is carried to the next year.
 * Source: Schedule D (Form 1040) and its instructions; IRC 1211(b), 1212(b).
 */
export const scheduleD = (sums: readonly BoxSum[], input: ScheduleDInput): ScheduleD => {
  const { carryover = nothing, otherForms = nothing, schedulesK1 = nothing, rounding = 'cents', totalsWithoutForm = false } = input
  const written = (amount: Decimal): Money => onForm(amount, rounding)
  // Only of these boxes is the basis reported.
  const isPlain = ({ box, isAdjusted }: BoxSum) => totalsWithoutForm && !isAdjusted && (box === 'A' || box === 'D')
  const plain = (box: Form8949Box) => totalsOf(sums.filter(sum => sum.box === box && isPlain(sum)))
  const onTheForm = (box: Form8949Box) => totalsOf(sums.filter(sum => sum.box === box && !isPlain(sum)))
  const { totals } = form8949Summary(sums)
  const distributions = new Decimal(input.capitalGainDistributions ?? 0)
  const line7 = new Decimal(totals.short.gain).plus(otherForms.shortTerm).plus(schedulesK1.shortTerm).minus(carryover.shortTerm)
  const line15 = new Decimal(totals.long.gain)
    .plus(otherForms.longTerm)
    .plus(schedulesK1.longTerm)
    .plus(distributions)
    .minus(carryover.longTerm)
  const line16 = line7.plus(line15)
  const deducted = line16.isNegative() ? Decimal.min(line16.negated(), lossLimit(input.filingStatus)) : new Decimal(0)
  const taxableIncome = input.taxableIncome === undefined || input.taxableIncome === null ? null : new Decimal(input.taxableIncome)
  return {
    sums: {
      '1a': plain('A'),
      '1b': onTheForm('A'),
      '2': onTheForm('B'),
      '3': onTheForm('C'),
      '8a': plain('D'),
      '8b': onTheForm('D'),
      '9': onTheForm('E'),
      '10': onTheForm('F'),
    },
    lines: {
      '4': written(new Decimal(otherForms.shortTerm)),
      '5': written(new Decimal(schedulesK1.shortTerm)),
      '6': written(new Decimal(carryover.shortTerm).negated()),
      '7': written(line7),
      '11': written(new Decimal(otherForms.longTerm)),
      '12': written(new Decimal(schedulesK1.longTerm)),
      '13': written(distributions),
      '14': written(new Decimal(carryover.longTerm).negated()),
      '15': written(line15),
      '16': written(line16),
      '21': written(deducted.negated()),
    },
    carryover: lossCarryover(line7, line15, deducted, taxableIncome),
  }
}
