import { reply } from '../../runtime/responses.ts'
import { performance, performanceDerivation, performanceQuery } from '../schemas/performance.ts'

const database = ['database'] as const

export const performanceDeclarations = {
  'get-performance': {
    method: 'GET',
    path: '/v1/wealth/performance',
    summary: 'Get the performance of investments',
    description:
      'Of a household, a portfolio, an account or a security: returns side by side, risk, what each holding contributed, and the value by day. Every figure has its formula, or the reason why it has no meaning.',
    access: 'read',
    backends: database,
    transactions: 'snapshot',
    memoryMegabytes: 1769,
    query: performanceQuery,
    refuses: [404, 422],
    responses: { 200: reply('The performance.', performance) },
  },
  'get-performance-derivation': {
    method: 'GET',
    path: '/v1/wealth/performance/derivation',
    summary: 'Get the derivation of returns',
    description:
      'The flows, values and weights from which each return can be computed by hand, and the holdings that the values are added up from.',
    access: 'read',
    backends: database,
    transactions: 'snapshot',
    memoryMegabytes: 1769,
    query: performanceQuery,
    refuses: [404, 422],
    responses: { 200: reply('The derivation.', performanceDerivation) },
  },
} as const
