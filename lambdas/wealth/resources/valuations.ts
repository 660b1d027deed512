import { valuationRows } from '../../../db/queries/wealth/valuations.ts'
import { accountValuations } from '../../../db/schema/wealth/valuations.ts'
import { range } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { calendarDate, uuid } from '../../runtime/schemas.ts'
import { valuation } from '../schemas/valuations.ts'
import { accounts } from './accounts.ts'

export const valuations = resource({
  one: 'valuation',
  many: 'the valuations of an account',
  path: '/v1/wealth/accounts/{accountId}/valuations',
  parameter: { valuationId: uuid.describe('The valuation.') },
  within: { parent: accounts, column: accountValuations.accountId },
  rows: valuationRows,
  answer: valuation,
  filters: range('date', accountValuations.date, calendarDate),
  sorts: ['date', 'createdAt'],
  order: '-date',
})
