import { accountRows } from '../../../db/queries/wealth/accounts.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import {
  faultOfAmount,
  faultOfBalance,
  faultOfBeneficiary,
  faultOfTaxType,
  lockAccount,
  refuseFaults,
  requirePersonOf,
} from '../account-checks.ts'
import { recalculateInRequest } from '../recalculate-lots.ts'
import { accounts } from '../resources/accounts.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['update-account'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await lockAccount(transaction, params.accountId, expectedVersion)
  await requirePersonOf(transaction, current.householdId, body.designatedBeneficiaryId, 'body.designatedBeneficiaryId')
  const limit = body.creditLimit === undefined ? current.creditLimit : body.creditLimit
  const opening = body.openingBalance ?? (body.creditLimit === undefined ? undefined : current.openingBalance)
  refuseFaults([
    ['taxType', faultOfTaxType(current, body.taxType)],
    [
      'designatedBeneficiaryId',
      faultOfBeneficiary(
        body.taxType === undefined ? current.taxType : body.taxType,
        body.designatedBeneficiaryId === undefined ? current.designatedBeneficiaryId : body.designatedBeneficiaryId,
      ),
    ],
    ['creditLimit', faultOfAmount(current, body.creditLimit)],
    [
      body.openingBalance === undefined ? 'creditLimit' : 'openingBalance',
      current.balanceSource === 'stated' && body.openingBalance !== undefined
        ? 'must be left out: the balance of the account is stated'
        : faultOfBalance(current, opening, limit),
    ],
  ])
  await requirePersonOf(transaction, current.householdId, body.ownerId, 'body.ownerId')
  const account = requireRow(await accountRows.update(transaction, current.id, body, current.version), accounts)
  if (account.taxType !== current.taxType) await recalculateInRequest(transaction, account.householdId)
  return ok(accounts.present(account), account.version)
})
