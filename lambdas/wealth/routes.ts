import { accountsDeclarations } from './declarations/accounts.ts'
import { categoryDeclarations } from './declarations/categories.ts'
import { connectionDeclarations } from './declarations/connections.ts'
import { dataHealthDeclarations } from './declarations/data-health.ts'
import { defineRoutes } from '../runtime/route.ts'
import { ruleDeclarations } from './declarations/rules.ts'
import { lotChoiceDeclarations } from './declarations/lot-choices.ts'
import { lotDeclarations } from './declarations/lots.ts'
import { liabilityDeclarations } from './declarations/liabilities.ts'
import { transferDeclarations } from './declarations/transfers.ts'
import { estateDeclarations } from './declarations/estate.ts'
import { goalsDeclarations } from './declarations/goals.ts'
import { importsDeclarations } from './declarations/imports.ts'
import { taxYearDeclarations } from './declarations/tax-years.ts'
import { taxReportDeclarations } from './declarations/tax-reports.ts'
import { transactionDeclarations } from './declarations/transactions.ts'
import { valuationsDeclarations } from './declarations/valuations.ts'

import { performanceDeclarations } from './declarations/performance.ts'
import { netWorthDeclarations } from './declarations/net-worth.ts'
import { portfolioDeclarations } from './declarations/portfolios.ts'

export const wealthRoutes = defineRoutes('wealth', {
  ...accountsDeclarations,
  ...valuationsDeclarations,
  ...liabilityDeclarations,
  ...estateDeclarations,
  ...goalsDeclarations,
  ...categoryDeclarations,
  ...transactionDeclarations,
  ...importsDeclarations,
  ...connectionDeclarations,
  ...ruleDeclarations,
  ...transferDeclarations,
  ...portfolioDeclarations,
  ...performanceDeclarations,
  ...netWorthDeclarations,
  ...dataHealthDeclarations,
  ...lotDeclarations,
  ...lotChoiceDeclarations,
  ...taxYearDeclarations,
  ...taxReportDeclarations,
})
