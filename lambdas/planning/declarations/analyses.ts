import { comparisonRequest, sensitivityRequest, solutionRequest, stressRequest } from '../../../domain/planning/index.ts'
import { refusals, reply } from '../../runtime/responses.ts'
import { scenarioComparison, sensitivityResult, solution, stressResult } from '../schemas/analyses.ts'
import { database, planPath, writing } from './shared.ts'

const heavy = { access: 'read', backends: database, params: planPath, timeoutSeconds: 29, memoryMegabytes: 1769 } as const

export const analysesDeclarations = {
  'compare-plans': {
    ...heavy,
    method: 'POST',
    path: '/v1/planning/plans/{planId}/comparisons',
    summary: 'Compare two scenarios on the same random numbers, with confidence intervals on the differences',
    body: comparisonRequest,
    responses: { 200: reply('The second less the first.', scenarioComparison), ...refusals(...writing) },
  },
  'solve-plan': {
    ...heavy,
    method: 'POST',
    path: '/v1/planning/plans/{planId}/solutions',
    summary:
      'Solve a household plan: sustainable spending, earliest retirement, required saving, best claiming ages, best Roth conversions',
    body: solutionRequest,
    responses: { 200: reply('What was found.', solution), ...refusals(...writing) },
    example: { body: { solve: 'sustainable_spending', successRate: 0.9 } },
  },
  'analyse-sensitivities': {
    ...heavy,
    method: 'POST',
    path: '/v1/planning/plans/{planId}/sensitivities',
    summary: 'Move each input of a household plan down and up: a tornado, the widest swing first, and two inputs together',
    body: sensitivityRequest,
    responses: { 200: reply('The tornado.', sensitivityResult), ...refusals(...writing) },
    example: { body: { inputs: ['spending', 'retirementAge'] } },
  },
  'stress-plan': {
    ...heavy,
    method: 'POST',
    path: '/v1/planning/plans/{planId}/stress-tests',
    summary: 'Put a household plan under stress: past sequences of returns, an inflation shock, an early death, a long life',
    body: stressRequest,
    responses: { 200: reply('Each stress against the plan.', stressResult), ...refusals(...writing) },
    example: { body: { stresses: [{ kind: 'inflation_shock', name: 'The seventies', rate: 0.09, years: 8 }] } },
  },
} as const
