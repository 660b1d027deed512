import { sumDisposals } from '../../db/queries/wealth/disposals.ts'
import { areLotsCurrent, findTaxYear } from '../../db/queries/wealth/index.ts'
import { findTaxAccounts, findTaxLedger } from '../../db/queries/wealth/tax-reports.ts'
import type { Transaction } from '../../db/database.ts'
import {
  type BoxSum,
  type DisposalGroup,
  distributedIn,
  form8949Summary,
  type FormRounding,
  scheduleD,
  sumGroups,
} from '../../domain/wealth/index.ts'
import { Decimal, formatMoney, sumMoney } from '../../domain/shared/index.ts'

/** How the form is written. */
export interface FormStyle {
  readonly rounding: FormRounding
  /** Whether sales with a reported basis and without an adjustment are totals of Schedule D, without a line of the form: its Exception 1. */
  readonly plainSales: 'lines' | 'totals'
}

/** What a household has stated about its return of a year, and what its securities have distributed. */
export const readReturn = async (transaction: Transaction, householdId: string, year: number) => {
  const dividends = await findTaxLedger(transaction, householdId, year, null, ['dividend', 'reinvestment'])
  return {
    stated: await findTaxYear(transaction, householdId, year),
    distributed: distributedIn(await findTaxAccounts(transaction, householdId), dividends, year),
  }
}

/** Schedule D of the sums of a year, with the facts that it takes from elsewhere. */
export const readScheduleD = async (
  transaction: Transaction,
  householdId: string,
  year: number,
  sums: readonly BoxSum[],
  { plainSales, rounding }: FormStyle,
) => {
  const { distributed, stated } = await readReturn(transaction, householdId, year)
  const facts = {
    filingStatus: stated?.filingStatus ?? null,
    shortTermLossCarryover: stated?.shortTermLossCarryover ?? null,
    longTermLossCarryover: stated?.longTermLossCarryover ?? null,
    capitalGainDistributions: distributed.gains,
    factsVersion: stated?.version ?? 0,
  }
  const schedule = scheduleD(sums, {
    // The deducted loss of every other status is the same.
    filingStatus: facts.filingStatus ?? 'single',
    carryover: { shortTerm: facts.shortTermLossCarryover ?? '0.00', longTerm: facts.longTermLossCarryover ?? '0.00' },
    capitalGainDistributions: distributed.gains,
    totalsWithoutForm: plainSales === 'totals',
    rounding,
  })
  return { facts, schedule }
}

/** The disposals of a year by the facts that decide their box. */
export const readGroups = (transaction: Transaction, householdId: string, year: number, rounding: FormRounding): Promise<DisposalGroup[]> =>
  sumDisposals(transaction, { householdId, year }, rounding === 'dollars' ? 0 : 2)

/** Form 8949 of a year in sums, with Schedule D. */
export const readForm8949 = async (transaction: Transaction, householdId: string, year: number, style: FormStyle) => {
  const groups = await readGroups(transaction, householdId, year, style.rounding)
  const sums = sumGroups(groups)
  const unknown = groups.filter(({ isComplete }) => !isComplete)
  return {
    year,
    ...style,
    isCurrent: await areLotsCurrent(transaction, householdId),
    ...form8949Summary(sums),
    incomplete: {
      lineCount: unknown.reduce((total, { lineCount }) => total + lineCount, 0),
      proceeds: formatMoney(sumMoney(unknown.map(({ proceeds }) => new Decimal(proceeds))), 'USD'),
    },
    ...(await readScheduleD(transaction, householdId, year, sums, style)),
  }
}
