import { type CalendarDate, Decimal } from '../../shared/index.ts'
import { deferralReturnDay, extendedDueDay, returnDueDay } from './deadlines.ts'
import type { LimitCheck, LimitKind } from './terms.ts'

interface Rule {
  /** What an excess costs. */
  readonly consequence: string
  /** How it is corrected. */
  readonly correction: string
  readonly lastDay: (taxYear: number) => CalendarDate
  /** An excise of 6 % a year until it is corrected: IRC 4973. */
  readonly isExcised: boolean
}

const excise =
  'An excise tax of 6 % of the excess for each year in which it stays in the account (IRC 4973, Form 5329), at most 6 % of the account.'
const withdraw =
  'Withdraw the excess and its earnings by the last day; the earnings are income of the year of the deposit. Enter the withdrawal of the excess with the tax year, and that of the earnings without one. Later, the excise is due for the year, and the excess can count for a later year with room.'
const ask =
  'Ask the plan by 1 March to pay out the excess with its earnings by the last day. The excess is income of the year of the deferral, the earnings of the year of the payment.'

const rules: Readonly<Record<LimitKind, Rule>> = {
  elective_deferral: {
    consequence:
      'The excess is taxed twice: in the year of the deferral, and again when it is paid out (IRC 402(g)(6), 26 CFR 1.402(g)-1(e)).',
    correction: ask,
    lastDay: deferralReturnDay,
    isExcised: false,
  },
  pre_tax_deferral: {
    consequence:
      'Catch-up contributions of a person with high wages in the year before must be Roth: they are income of the year (IRC 414(v)(7)).',
    correction: 'Ask the plan to move the excess into its Roth account, or to pay it out.',
    lastDay: deferralReturnDay,
    isExcised: false,
  },
  deferral_457b: {
    consequence: 'The excess is income of the year, and is taxed again when it is paid out (26 CFR 1.457-4(e)).',
    correction:
      'Ask the plan to pay out the excess with its earnings. A governmental plan does so as soon as it can, another one by the last day.',
    lastDay: deferralReturnDay,
    isExcised: false,
  },
  simple_deferral: {
    consequence: `The excess is income of the year, and counts as a contribution to an IRA. ${excise}`,
    correction: ask,
    lastDay: deferralReturnDay,
    isExcised: false,
  },
  annual_additions: {
    consequence: 'The plan violates IRC 415(c) and can lose its tax advantages if it is not corrected.',
    correction:
      'The plan corrects it: it pays out after-tax contributions and deferrals first, and moves what the employer contributed to a suspense account (Rev. Proc. 2021-30).',
    lastDay: extendedDueDay,
    isExcised: false,
  },
  sep: {
    consequence: `The excess is income, and counts as a contribution to an IRA. ${excise} What an employer or a business cannot deduct has an excise of 10 % (IRC 4972).`,
    correction: withdraw,
    lastDay: extendedDueDay,
    isExcised: true,
  },
  ira: { consequence: excise, correction: withdraw, lastDay: extendedDueDay, isExcised: true },
  roth_ira: {
    consequence: excise,
    correction: `Move the excess with its earnings to a traditional IRA by the last day, which recharacterizes it (IRC 408A(d)(6)). Or: ${withdraw}`,
    lastDay: extendedDueDay,
    isExcised: true,
  },
  ira_deduction: {
    consequence: 'There is no excess: what cannot be deducted becomes basis, which is not taxed again.',
    correction:
      'File Form 8606 with the return for the year. The deposit can also be recharacterized as a Roth contribution by the last day, if the income allows one.',
    lastDay: extendedDueDay,
    isExcised: false,
  },
  hsa: { consequence: excise, correction: withdraw, lastDay: extendedDueDay, isExcised: true },
  gift_529: {
    consequence:
      'Gifts above the annual exclusion need a gift tax return. They use the lifetime exclusion; tax is due only when that is used up (IRC 2505).',
    correction:
      'File Form 709 by the last day, or by 15 October with an extension. On it the giver can elect to spread up to five times the annual exclusion over five years, and spouses can split their gifts. A gift cannot be taken back.',
    lastDay: returnDueDay,
    isExcised: false,
  },
}

const EXCISE = new Decimal('0.06')

/** What an excess of a limit costs, by when and how it is corrected. `excisePerYear` is null where no excise is due. */
export const consequenceOf = (check: Pick<LimitCheck, 'kind' | 'over' | 'overElsewhere'>, taxYear: number) => {
  const { consequence, correction, isExcised, lastDay } = rules[check.kind]
  const excess = check.over?.minus(check.overElsewhere)
  return {
    consequence,
    correction,
    lastDayToCorrect: lastDay(taxYear),
    excisePerYear: isExcised && excess?.greaterThan(0) ? excess.times(EXCISE).toDecimalPlaces(2) : null,
  }
}
