import { reply } from '../../runtime/responses.ts'
import { netWorth, netWorthQuery } from '../schemas/net-worth.ts'

export const netWorthDeclarations = {
  'get-net-worth': {
    method: 'GET',
    path: '/v1/wealth/net-worth',
    summary: 'Get the net worth of a household',
    description:
      'On the last day of a range and over time: the value of each account with its securities at market prices, and what changed it: money in and out, income, fees, prices and exchange rates.',
    access: 'read',
    backends: ['database'],
    transactions: 'snapshot',
    memoryMegabytes: 1769,
    query: netWorthQuery,
    refuses: [404],
    responses: { 200: reply('The net worth.', netWorth) },
  },
} as const
