import { reply } from '../../runtime/responses.ts'
import { dataHealth, dataHealthQuery } from '../schemas/data-health.ts'

export const dataHealthDeclarations = {
  'get-data-health': {
    method: 'GET',
    path: '/v1/wealth/data-health',
    summary: 'Get what is wrong with the data of a household',
    description:
      'Old and missing prices and exchange rates, positions and lots that are wrong or not complete, accounts that are not up to date, connections and imports that fail, and transactions that may be wrong. Each finding has the facts that lead to where it is fixed.',
    access: 'read',
    backends: ['database'],
    transactions: 'snapshot',
    memoryMegabytes: 1769,
    query: dataHealthQuery,
    refuses: [404],
    responses: { 200: reply('The findings.', dataHealth) },
  },
} as const
