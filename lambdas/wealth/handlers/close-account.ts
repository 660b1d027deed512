import { accountRows } from '../../../db/queries/wealth/accounts.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { lockAccount, refuseFaults } from '../account-checks.ts'
import { accounts } from '../resources/accounts.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['close-account'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await lockAccount(transaction, params.accountId, expectedVersion)
  const { today } = current.balance
  const closedOn = body.closedOn ?? today
  refuseFaults([
    ['closedOn', closedOn > today ? `must not be after today, ${today}, in the household` : undefined],
    [
      'closedOn',
      current.openedOn !== null && closedOn < current.openedOn
        ? `must not be before the account was opened, ${current.openedOn}`
        : undefined,
    ],
  ])
  const account = requireRow(await accountRows.update(transaction, current.id, { closedOn }, current.version), accounts)
  return ok(accounts.present(account), account.version)
})
