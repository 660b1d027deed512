export { type BrokerForm, type BrokerSale, readBrokerForm } from './broker/read-broker-form.ts'
export { compareBrokerForm, type Compared, type Comparison } from './broker/compare.ts'
export { comparedFields, type Difference } from './broker/difference.ts'
export { type DifferenceCause, differenceCauses } from './broker/reasons.ts'
export { type LossCarryover, lossCarryover } from './capital-loss-carryover.ts'
export { type CategoryFigure, type CategoryLine, type CategoryReport, categoryReport } from './category-report.ts'
export { type DividendTest, type ExDateSource, testDividend, type TestedDividend } from './dividend-test.ts'
export { type AnnouncedDividend, exDateFinder } from './ex-dates.ts'
export type { Figure, FormRounding } from './figures.ts'
export { type BoxFacts, boxOf } from './form-8949-box.ts'
export {
  type BoxSum,
  type DisposalGroup,
  type Form8949,
  form8949,
  type Form8949Line,
  form8949Line,
  form8949Summary,
  type Form8949Summary,
  type Form8949Totals,
  sumGroups,
  sumLines,
} from './form-8949.ts'
export { daysHeld, type HoldingInterval, type QualifyingShares, qualifyingShares } from './holding-days.ts'
export {
  type AccountIncome,
  type DividendBox,
  dividendBoxes,
  type Distributed,
  distributedIn,
  type DividendLine,
  type IncomeInput,
  type IncomeReport,
  incomeReport,
  type InterestBox,
  interestBoxes,
} from './income-report.ts'
export { type Form8949Box, form8949Boxes, type RealisedRow } from './realised-row.ts'
export {
  type AccountRetirement,
  type BoxFigure,
  type ContributionForm,
  contributionForms,
  type DistributionForm,
  distributionForms,
  type RetirementReport,
  retirementReport,
} from './retirement-report.ts'
export { type ScheduleD, scheduleD, type ScheduleDInput } from './schedule-d.ts'
export type { TaxAccount, TaxLedgerRow } from './tax-ledger.ts'
export { type HoldingRecords, holdingsByLots, type ShareSplit, type StoredHolding, type UnknownShares } from './stored-holdings.ts'
export { categoryDocument, categoryTable } from './printing/category-document.ts'
export { form8949Document, form8949Table } from './printing/form-8949-document.ts'
export { incomeDocument, incomeTable } from './printing/income-document.ts'
export { retirementDocument, retirementTable } from './printing/retirement-document.ts'
export { unrealisedDocument, unrealisedTable } from './printing/unrealised-document.ts'
export { printedAmount, type ReportNames } from './printing/words.ts'
export { type Harvest, harvest, type HarvestCandidate, lossLots, type RecentPurchase, type TaxOfGains } from './harvest.ts'
export { gainAt, type PricedLot, type UnrealisedLot, unrealisedLot, type UnrealisedReport, unrealisedReport } from './unrealised.ts'
