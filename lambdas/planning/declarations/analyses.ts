import { comparisonRequest, previewRequest, sensitivityRequest, solutionRequest, stressRequest } from '../../../domain/planning/index.ts'
import { heavyRequestsPerSecond } from '../../runtime/route.ts'
import { reply } from '../../runtime/responses.ts'
import { planComparison, planPreview, sensitivityResult, solution, stressResult } from '../schemas/analyses.ts'
import { database, planPath } from './shared.ts'

const heavy = {
  access: 'read',
  backends: database,
  params: planPath,
  transactions: 'phases',
  timeoutSeconds: 29,
  memoryMegabytes: 1769,
  requestsPerSecond: heavyRequestsPerSecond,
} as const

export const analysesDeclarations = {
  'compare-plans': {
    ...heavy,
    method: 'POST',
    path: '/v1/planning/plans/{planId}/comparisons',
    summary: 'Compare two plans',
    description:
      'Both are simulated with the same random numbers. The differences have confidence intervals. Warnings say where the figures of the two plans do not mean the same.',
    body: comparisonRequest,
    responses: { 200: reply('The second plan minus the first.', planComparison) },
  },
  'preview-plan': {
    ...heavy,
    method: 'POST',
    path: '/v1/planning/plans/{planId}/previews',
    summary: 'Preview changes of a plan',
    description:
      'Simulates the plan as it is stored and with the changes, on the same random numbers, and stores nothing. The figures are those of storing the changes and comparing. Without changes, both plans are the same.',
    body: previewRequest,
    refuses: [409],
    responses: { 200: reply('Both plans, and the difference.', planPreview) },
    example: {
      body: {
        terms: { planningHorizonYears: 35 },
        inputs: { add: [{ inputType: 'expense', inputName: 'Boat', inputValue: { annualAmount: '6000.00', endYear: 10 } }] },
      },
    },
  },
  'solve-plan': {
    ...heavy,
    method: 'POST',
    path: '/v1/planning/plans/{planId}/solutions',
    summary: 'Solve a household plan',
    description:
      'Finds the sustainable spending, the earliest retirement, the required saving, the best claiming ages or the best Roth conversions.',
    body: solutionRequest,
    responses: { 200: reply('The solution.', solution) },
    example: { body: { solve: 'sustainable_spending', successRate: 0.9 } },
  },
  'analyse-sensitivities': {
    ...heavy,
    method: 'POST',
    path: '/v1/planning/plans/{planId}/sensitivities',
    summary: 'Analyse the sensitivities of a household plan',
    description:
      'Moves each input down and up, and lists the effects, largest first (a tornado). Can also move two inputs together (a heat map).',
    body: sensitivityRequest,
    responses: { 200: reply('The tornado.', sensitivityResult) },
    example: { body: { inputs: ['spending', 'retirementAge'] } },
  },
  'stress-plan': {
    ...heavy,
    method: 'POST',
    path: '/v1/planning/plans/{planId}/stress-tests',
    summary: 'Stress a household plan',
    description: 'With past sequences of returns, an inflation shock, an early death or a long life.',
    body: stressRequest,
    responses: { 200: reply('Each stress compared with the plan.', stressResult) },
    example: { body: { stresses: [{ kind: 'inflation_shock', name: 'The seventies', rate: 0.09, years: 8 }] } },
  },
} as const
