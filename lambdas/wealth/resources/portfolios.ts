import { portfolioRows, portfolioVersionRows, securityClassRows } from '../../../db/queries/wealth/index.ts'
import {
  portfolios as table,
  portfolioVersions as versionTable,
  securityClasses as classTable,
} from '../../../db/schema/wealth/portfolios.ts'
import { equals, search } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { uuid } from '../../runtime/schemas.ts'
import { householdFilter } from '../schemas/household.ts'
import { portfolio, portfolioVersionSummary, securityClass } from '../schemas/portfolios.ts'

export const portfolios = resource({
  one: 'portfolio',
  many: 'portfolios',
  path: '/v1/wealth/portfolios',
  parameter: { portfolioId: uuid.describe('The portfolio.') },
  rows: portfolioRows,
  answer: portfolio,
  filters: { householdId: equals(table.householdId, householdFilter), ...search(table.name) },
  sorts: ['name', 'createdAt'],
  order: 'name',
  present: {
    targetAllocation: row => [...row.targetAllocation],
    rebalancing: row => ({ ...row.rebalancing }),
  },
})

export const portfolioVersions = resource({
  one: 'version of a portfolio',
  many: 'the versions of a portfolio',
  path: '/v1/wealth/portfolios/{portfolioId}/versions',
  within: { parent: portfolios, column: versionTable.portfolioId },
  rows: portfolioVersionRows,
  answer: portfolioVersionSummary,
  filters: { change: equals(versionTable.change, portfolioVersionSummary.shape.change) },
  sorts: ['version', 'createdAt'],
})

export const securityClasses = resource({
  one: 'classification of a security',
  many: 'the classifications of securities',
  path: '/v1/wealth/security-classes',
  parameter: { securityClassId: uuid.describe('The classification.') },
  rows: securityClassRows,
  answer: securityClass,
  filters: { householdId: equals(classTable.householdId, householdFilter), ...search(classTable.symbol) },
  sorts: ['symbol', 'createdAt'],
  order: 'symbol',
  present: { classes: row => [...row.classes] },
})
