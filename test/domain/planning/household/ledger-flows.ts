import type { HouseholdLedgerYear, HouseholdSpec, YearlyFlows } from '../../../../domain/planning/household/index.ts'

type Flows = { [Group in keyof YearlyFlows]: Record<keyof YearlyFlows[Group], number> }

/** The flows of a ledger's year under the names of a result's yearly means, in money of the year. */
export function flowsOf(spec: HouseholdSpec, row: HouseholdLedgerYear): Flows {
  const withdrawn = (kind: HouseholdSpec['accounts'][number]['kind']): number =>
    row.accounts.reduce((total, { withdrawn }, at) => total + (spec.accounts[at]!.kind === kind ? withdrawn : 0), 0)
  const { wages, selfEmployment, socialSecurity, pensions, investmentIncome, otherIncome, untaxedIncome } = row
  return {
    income: { wages, selfEmployment, socialSecurity, pensions, investmentIncome, otherIncome, untaxedIncome, total: row.income },
    property: { proceeds: row.propertyProceeds },
    withdrawals: {
      taxable: withdrawn('taxable'),
      traditional: withdrawn('traditional'),
      roth: withdrawn('roth'),
      hsa: withdrawn('hsa'),
      education_529: withdrawn('education_529'),
      total: row.withdrawals,
      required: row.requiredDistributions,
      charitable: row.charitableDistributions,
    },
    contributions: { household: row.contributions, employer: row.employerMatch, total: row.contributions + row.employerMatch },
    taxes: { ...row.taxes, total: row.tax, paid: row.taxPaid },
    spending: { planned: row.spending, essential: row.essentialSpending, paid: row.spendingPaid },
    debts: { planned: row.debtPayment, paid: row.debtPaid },
    goals: { planned: row.goalsWanted, paid: row.goalsPaid },
    surplus: { saved: row.surplusSaved, spent: row.surplusSpent },
    conversions: { roth: row.rothConversion },
  }
}

/** The figure of every flow and year, from the mean over the ledgers that reach the year, in money of the as-of date. */
export function yearlyFromLedgers(spec: HouseholdSpec, ledgers: readonly HouseholdLedgerYear[][]): Record<string, number[]> {
  const years = Math.max(...ledgers.map(ledger => ledger.length))
  const means: Record<string, number[]> = {}
  for (let year = 0; year < years; year++) {
    const rows = ledgers.flatMap(ledger => ledger.slice(year, year + 1))
    for (const row of rows) {
      for (const [group, flows] of Object.entries(flowsOf(spec, row))) {
        for (const [name, amount] of Object.entries(flows)) {
          const of = (means[`${group}.${name}`] ??= Array.from({ length: years }, () => 0))
          of[year]! += amount / row.priceIndex / rows.length
        }
      }
    }
  }
  return means
}

/** A result's yearly means by the same names. */
export const namedFlows = (yearly: YearlyFlows): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(yearly).flatMap(([group, flows]) =>
      Object.entries(flows as Record<string, number[]>).map(([name, values]) => [`${group}.${name}`, values]),
    ),
  )
