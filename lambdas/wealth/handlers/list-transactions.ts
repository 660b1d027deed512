import { ledgerRowsWithBalances } from '../../../db/queries/wealth/index.ts'
import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { transactions } from '../resources/transactions.ts'
import { wealthRoutes } from '../routes.ts'

const listAll = listing(transactions)
const listOfAccount = listing({ ...transactions, rows: ledgerRowsWithBalances })

export const handler = serve(wealthRoutes['list-transactions'], context =>
  context.query.accountId === undefined ? listAll(context) : listOfAccount(context),
)
