import * as z from 'zod'
import { portfolioAccounts, portfolios as portfolioTable, portfolioVersions as versionTable } from '../../../db/schema/wealth/portfolios.ts'
import { changes, creates, gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { calendarDate, comparedVersions, patchOf, uuid, versionNumber, versionText } from '../../runtime/schemas.ts'
import { deletes, inserts, updates } from '../../runtime/writes.ts'
import { portfolios, portfolioVersions, securityClasses } from '../resources/portfolios.ts'
import { portfolioHoldings } from '../schemas/holdings.ts'
import { rebalancing, rebalancingBody } from '../schemas/rebalancing.ts'
import {
  newSecurityClass,
  portfolio,
  portfolioComparison,
  portfolioFields,
  portfolioPatchFields,
  portfolioVersion,
  securityClassFields,
} from '../schemas/portfolios.ts'

const database = ['database'] as const

const portfolioPath = z.strictObject({ portfolioId: uuid.describe('The portfolio.') })
const versionPath = z.strictObject({ ...portfolioPath.shape, version: versionText.describe('Number of the version.') })

const links = [inserts(portfolioAccounts), deletes(portfolioAccounts), inserts(versionTable)]

export const portfolioDeclarations = {
  'list-portfolios': lists(portfolios),
  'create-portfolio': creates(portfolios, {
    description: 'The first portfolio of a household is its default one.',
    body: z.strictObject(portfolioFields),
    writes: [...links, updates(portfolioTable, ['isDefault'])],
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        name: 'All investments',
        accountIds: ['01990000-0000-7000-8000-000000000003'],
        targetKind: 'asset_class',
        targetAllocation: [
          { key: 'us_large_cap', weight: '0.6' },
          { key: 'us_core_bond', weight: '0.4' },
        ],
      },
    },
  }),
  'get-portfolio': gets(portfolios),
  'update-portfolio': changes(portfolios, {
    description: 'Each change makes a version. Weights, accounts and bands are replaced as a whole.',
    body: patchOf(portfolioPatchFields),
    writes: links,
    example: { body: { rebalancing: { absoluteBand: '0.04', relativeBand: '0.2' } } },
  }),
  'delete-portfolio': removes(portfolios, {
    description: 'The accounts stay. If it was the default portfolio, the oldest of the others becomes it.',
    writes: [updates(portfolioTable, ['isDefault'])],
  }),
  'get-portfolio-holdings': {
    method: 'GET',
    path: '/v1/wealth/portfolios/{portfolioId}/holdings',
    summary: 'Get the holdings of a portfolio',
    description:
      'Each security and the money of each account on a day, with cost, value and gain, and how the whole is divided among asset classes, beside the target. Securities without a market price are valued at their last trade.',
    access: 'read',
    backends: database,
    transactions: 'snapshot',
    params: portfolioPath,
    query: z.strictObject({ date: calendarDate.optional().describe('The day. By default today in the timezone of the household.') }),
    responses: { 200: reply('The holdings.', portfolioHoldings) },
  },
  'create-rebalancing-proposal': {
    method: 'POST',
    path: '/v1/wealth/portfolios/{portfolioId}/rebalancing-proposals',
    summary: 'Compute trades that rebalance a portfolio',
    description:
      'For each budget of gains: trades with the lots to sell, what is skipped and why, the weights and the cash after, the tax, and the tracking error that is left. Nothing is stored or traded.',
    access: 'read',
    backends: database,
    transactions: 'snapshot',
    memoryMegabytes: 1769,
    params: portfolioPath,
    body: rebalancingBody,
    refuses: [409],
    responses: { 200: reply('The proposals.', rebalancing) },
    example: { body: { gainsBudgets: ['0.00', '5000.00', null], harvestLosses: true } },
  },
  'list-portfolio-versions': lists(portfolioVersions, {
    description: 'Each change of the settings makes a version. The settings are not listed.',
  }),
  'get-portfolio-version': {
    method: 'GET',
    path: '/v1/wealth/portfolios/{portfolioId}/versions/{version}',
    summary: 'Get a version of a portfolio',
    description: 'Its settings in that version.',
    access: 'read',
    backends: database,
    params: versionPath,
    responses: { 200: reply('The version.', portfolioVersion) },
  },
  'compare-portfolio-versions': {
    method: 'GET',
    path: '/v1/wealth/portfolios/{portfolioId}/differences',
    summary: 'Compare two versions of a portfolio',
    description: 'Lists the settings that differ.',
    access: 'read',
    backends: database,
    transactions: 'snapshot',
    params: portfolioPath,
    query: comparedVersions,
    responses: { 200: reply('The differences.', portfolioComparison) },
  },
  'restore-portfolio': {
    method: 'POST',
    path: '/v1/wealth/portfolios/{portfolioId}/restorations',
    summary: 'Restore a version of a portfolio',
    description: 'Makes a new version with the settings of a past one. Accounts that are closed or were removed since are left out.',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: portfolioPath,
    body: z.strictObject({ version: versionNumber.describe('Number of the version to restore.') }),
    writes: [
      updates(portfolioTable, [
        'name',
        'description',
        'currency',
        'targetKind',
        'targetAllocation',
        'portfolioModelId',
        'rebalancing',
        'benchmarkId',
      ]),
      ...links,
    ],
    responses: { 200: reply('The portfolio as it is now.', portfolio) },
    example: { body: { version: 1 } },
  },
  'list-security-classes': lists(securityClasses, {
    description: 'The asset classes of securities as the household sees them. They count more than what the market data say.',
  }),
  'create-security-class': creates(securityClasses, {
    body: newSecurityClass,
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        symbol: 'TARGET2045',
        classes: [
          { key: 'us_large_cap', weight: '0.55' },
          { key: 'developed_equity', weight: '0.35' },
          { key: 'us_core_bond', weight: '0.1' },
        ],
      },
    },
  }),
  'get-security-class': gets(securityClasses),
  'update-security-class': changes(securityClasses, {
    body: patchOf(securityClassFields),
    example: { body: { classes: [{ key: 'us_large_cap', weight: '1' }] } },
  }),
  'delete-security-class': removes(securityClasses),
} as const
