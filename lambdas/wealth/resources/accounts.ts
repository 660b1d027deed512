import { isNotNull, isNull } from 'drizzle-orm'
import { accountRows } from '../../../db/queries/wealth/accounts.ts'
import { accounts as accountTable } from '../../../db/schema/wealth/accounts.ts'
import { isStaleBalance } from '../../../domain/wealth/index.ts'
import { equals, filter, flag, search } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { uuid } from '../../runtime/schemas.ts'
import { account, accountType } from '../schemas/accounts.ts'
import { householdFilter } from '../schemas/household.ts'

export const accounts = resource({
  one: 'account',
  many: 'accounts',
  path: '/v1/wealth/accounts',
  parameter: { accountId: uuid.describe('The account.') },
  rows: accountRows,
  answer: account,
  filters: {
    householdId: equals(accountTable.householdId, householdFilter),
    type: equals(accountTable.type, accountType),
    isClosed: filter(flag.describe('Only closed accounts, or only open ones.'), closed =>
      closed ? isNotNull(accountTable.closedOn) : isNull(accountTable.closedOn),
    ),
    ...search(accountTable.name, accountTable.institutionName),
  },
  sorts: ['name', 'type', 'createdAt'],
  present: {
    currentBalance: row => row.balance.current,
    availableBalance: row => row.balance.available,
    vestedBalance: row => row.balance.vested,
    unvestedBalance: row => row.balance.unvested,
    balanceDate: row => row.balance.date,
    isStale: row => row.closedOn === null && isStaleBalance(row.type, row.balanceSource, row.balance.date, row.balance.today),
    statedBalance: row => row.currentBalance,
    isConnected: row => row.plaidAccountId !== null,
  },
})
