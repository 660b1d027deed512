import { type FilingStatus, filingStatuses } from './filing-status.ts'
import { type PreparedStateStatus, prepareStateStatus } from './prepare-state.ts'
import { prepareSchedule, type Schedule } from './schedule.ts'
import type { StateTable } from './tables/states/state-table.ts'
import type { TaxTable } from './tables/table.ts'

/** Figures of one filing status. Those marked nominal never follow prices; the others are in money of the table's year. */
export interface PreparedStatus {
  readonly ordinary: Schedule
  readonly longTermGains: Schedule
  readonly standardDeduction: number
  readonly agedOrBlindDeduction: number
  /** Nominal. */
  readonly seniorDeduction: number
  readonly seniorPhaseOutFrom: number
  readonly netInvestmentIncomeThreshold: number
  readonly benefitsBase: number
  readonly benefitsAdjustedBase: number
  readonly additionalMedicareThreshold: number
  readonly capitalLossLimit: number
  /** Share of the cap on state and local taxes: one half on a separate return. */
  readonly stateAndLocalShare: number
  readonly medicareTierFrom: Float64Array
  readonly state: PreparedStateStatus | undefined
}

/** A federal and a state tax table in arrays for a simulation's hot path: created once per simulation, read on every path and year. */
export interface PreparedTax {
  readonly table: TaxTable
  readonly state: StateTable | undefined
  /** By position in `filingStatuses`. */
  readonly statuses: readonly PreparedStatus[]
  /** A person's Part B and D surcharges of a year, by tier; the first, 0, is below all tiers. In money of the table's year. */
  readonly medicareSurchargeAnnual: Float64Array
  readonly stateExclusionFromAge: Float64Array
  readonly stateExclusionCap: Float64Array
}

const prepareStatus = (status: FilingStatus, table: TaxTable, state: StateTable | undefined): PreparedStatus => ({
  ordinary: prepareSchedule(table.ordinary.from[status], table.ordinary.rates),
  longTermGains: prepareSchedule(table.longTermGains.from[status], table.longTermGains.rates),
  standardDeduction: table.standardDeduction.amount[status],
  agedOrBlindDeduction: table.standardDeduction.agedOrBlind[status],
  seniorDeduction: table.seniorDeduction.amount[status],
  seniorPhaseOutFrom: table.seniorDeduction.phaseOutFrom[status],
  netInvestmentIncomeThreshold: table.netInvestmentIncome.threshold[status],
  benefitsBase: table.socialSecurityTaxation.base[status],
  benefitsAdjustedBase: table.socialSecurityTaxation.adjustedBase[status],
  additionalMedicareThreshold: table.payrollRates.additionalMedicareThreshold[status],
  capitalLossLimit: table.capitalLoss.limit[status],
  stateAndLocalShare: status === 'marriedFilingSeparately' ? 0.5 : 1,
  medicareTierFrom: Float64Array.from(table.medicare.tierFrom[status]),
  state: state && prepareStateStatus(status, state),
})

/** Prepares a year's figures. `state` is undefined if no state taxes the household. */
export const prepareTax = (table: TaxTable, state?: StateTable): PreparedTax => ({
  table,
  state,
  statuses: filingStatuses.map(status => prepareStatus(status, table, state)),
  medicareSurchargeAnnual: Float64Array.from([
    0,
    ...table.medicare.partBSurcharge.map((partB, tier) => 12 * (partB + table.medicare.partDSurcharge[tier]!)),
  ]),
  stateExclusionFromAge: Float64Array.from(state?.retirementExclusions ?? [], row => row.fromAge),
  stateExclusionCap: Float64Array.from(state?.retirementExclusions ?? [], row => row.cap),
})
