import * as z from 'zod'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { refusals, reply } from '../../runtime/responses.ts'
import { calendarDate, patchOf, prose, uuid } from '../../runtime/schemas.ts'
import {
  assumptionSet,
  assumptionSetFields,
  assumptionSetSummary,
  assumptionStatus,
  portfolioModel,
  portfolioModelFields,
} from '../schemas/assumptions.ts'
import { changing, database, reading, writing } from './shared.ts'

const assumptionSetPath = z.strictObject({ assumptionSetId: uuid })
const portfolioModelPath = z.strictObject({ portfolioModelId: uuid })

export const assumptionsDeclarations = {
  'list-assumption-sets': {
    method: 'GET',
    path: '/v1/planning/assumption-sets',
    summary: 'Capital market assumptions: published ones and those of your households, newest first',
    access: 'read',
    backends: database,
    query: z.strictObject(pageQuery),
    responses: { 200: reply('A page.', pageOf(assumptionSetSummary)), ...refusals(...reading) },
  },
  'create-assumption-set': {
    method: 'POST',
    path: '/v1/planning/assumption-sets',
    summary: 'Store a set of capital market assumptions of a household',
    description:
      'A correlation matrix that is not positive semi-definite is refused. The figures never change afterwards: make a new version.',
    access: 'write',
    backends: database,
    idempotency: 'key',
    body: z.strictObject(assumptionSetFields),
    responses: { 201: reply('The set.', assumptionSet), ...refusals(...writing) },
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        version: '2026-house',
        name: 'House view 2026',
        effectiveDate: '2026-01-01',
        assumptions: {
          assets: [
            { key: 'stocks', name: 'Stocks', meanReturn: 0.07, volatility: 0.17 },
            { key: 'bonds', name: 'Bonds', meanReturn: 0.035, volatility: 0.055 },
          ],
          inflation: { mean: 0.025, volatility: 0.018 },
          correlation: [
            [1, 0.1],
            [0.1, 1],
          ],
        },
      },
    },
  },
  'get-assumption-set': {
    method: 'GET',
    path: '/v1/planning/assumption-sets/{assumptionSetId}',
    summary: 'One set of capital market assumptions, with its figures',
    access: 'read',
    backends: database,
    params: assumptionSetPath,
    responses: { 200: reply('The set.', assumptionSet), ...refusals(...reading) },
  },
  'update-assumption-set': {
    method: 'PATCH',
    path: '/v1/planning/assumption-sets/{assumptionSetId}',
    summary: 'Change what is said about a household’s set: not its figures, which never change',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: assumptionSetPath,
    body: patchOf({
      name: assumptionSetFields.name,
      description: prose.nullable().describe('What the set is for.'),
      isActive: z.boolean().describe('False when the set is no longer offered.'),
    }),
    responses: { 200: reply('As it is now.', assumptionSet), ...refusals(...changing) },
  },
  'transition-assumption-set': {
    method: 'POST',
    path: '/v1/planning/assumption-sets/{assumptionSetId}/transitions',
    summary: 'Move a household’s set through review, approval and retirement',
    description:
      'draft → in_review → approved → retired; a review may also send it back to draft. Plans are simulated with approved sets only.',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: assumptionSetPath,
    body: z.strictObject({
      status: assumptionStatus,
      effectiveDate: calendarDate.optional().describe('First day on which the set holds.'),
      effectiveUntil: calendarDate.nullable().optional().describe('Day on which its validity ends. Null: no end.'),
    }),
    responses: { 200: reply('As it is now.', assumptionSet), ...refusals(...changing) },
    example: { body: { status: 'in_review' } },
  },
  'list-portfolio-models': {
    method: 'GET',
    path: '/v1/planning/portfolio-models',
    summary: 'Portfolio models by risk level: published ones and those of your households',
    access: 'read',
    backends: database,
    query: z.strictObject(pageQuery),
    responses: { 200: reply('A page.', pageOf(portfolioModel)), ...refusals(...reading) },
  },
  'create-portfolio-model': {
    method: 'POST',
    path: '/v1/planning/portfolio-models',
    summary: 'Store an allocation of a household; its return, volatility and Sharpe ratio follow from the assumptions',
    access: 'write',
    backends: database,
    idempotency: 'key',
    body: z.strictObject(portfolioModelFields),
    responses: { 201: reply('The model.', portfolioModel), ...refusals(...writing) },
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        cmaId: '01990000-0000-7000-8000-000000000001',
        name: 'Sixty-forty',
        riskLevel: 6,
        assetAllocation: { stocks: 0.6, bonds: 0.4 },
      },
    },
  },
  'get-portfolio-model': {
    method: 'GET',
    path: '/v1/planning/portfolio-models/{portfolioModelId}',
    summary: 'One portfolio model',
    access: 'read',
    backends: database,
    params: portfolioModelPath,
    responses: { 200: reply('The model.', portfolioModel), ...refusals(...reading) },
  },
  'update-portfolio-model': {
    method: 'PATCH',
    path: '/v1/planning/portfolio-models/{portfolioModelId}',
    summary: 'Change a household’s portfolio model; its figures are derived again',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: portfolioModelPath,
    body: patchOf({
      name: portfolioModelFields.name,
      description: prose.nullable().describe('What the model is for.'),
      isActive: z.boolean().describe('False when the model is no longer offered.'),
      riskLevel: portfolioModelFields.riskLevel,
      assetAllocation: portfolioModelFields.assetAllocation,
    }),
    responses: { 200: reply('As it is now.', portfolioModel), ...refusals(...changing) },
  },
} as const
