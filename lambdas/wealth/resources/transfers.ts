import { recurringRows } from '../../../db/queries/wealth/recurring.ts'
import { transferRows } from '../../../db/queries/wealth/transfers.ts'
import { recurringTransactions as recurringTable } from '../../../db/schema/wealth/recurring.ts'
import { transfers as transferTable } from '../../../db/schema/wealth/transfers.ts'
import { equals } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { uuid } from '../../runtime/schemas.ts'
import { ofHousehold } from '../household-filter.ts'
import { recurring as recurringAnswer, transfer } from '../schemas/transfers.ts'

export const transfers = resource({
  one: 'transfer',
  many: 'transfers between accounts',
  path: '/v1/wealth/transfers',
  parameter: { transferId: uuid.describe('The transfer.') },
  rows: transferRows,
  answer: transfer,
  filters: { ...ofHousehold(transferTable.householdId), status: equals(transferTable.status, transfer.shape.status) },
  sorts: ['confidence', 'createdAt'],
  order: '-confidence',
  present: { confidence: row => Number(row.confidence), reasons: row => [...row.reasons] },
})

export const recurring = resource({
  one: 'recurring transaction',
  many: 'payments and incomes that repeat',
  path: '/v1/wealth/recurring-transactions',
  parameter: { recurringId: uuid.describe('The payment or income that repeats.') },
  rows: recurringRows,
  answer: recurringAnswer,
  filters: {
    ...ofHousehold(recurringTable.householdId),
    accountId: equals(recurringTable.accountId, uuid),
    status: equals(recurringTable.status, recurringAnswer.shape.status),
  },
  sorts: ['nextDate', 'name', 'confidence'],
  order: 'nextDate',
  present: {
    confidence: row => Number(row.confidence),
    missed: row => [...row.missed],
    priceChanges: row => row.priceChanges.map(change => ({ ...change })),
  },
})
