import { accountRows } from '../../../db/queries/wealth/accounts.ts'
import { valuationRows } from '../../../db/queries/wealth/valuations.ts'
import { balanceSourcesOf } from '../../../domain/wealth/index.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import {
  faultOfAmount,
  faultOfBalance,
  faultOfBeneficiary,
  faultOfTaxType,
  refuseFaults,
  requireAccount,
  requirePersonOf,
} from '../account-checks.ts'
import { accounts } from '../resources/accounts.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['create-account'], async ({ body, transaction }) => {
  const { currentBalance, ...values } = body
  const household = await requireEditableHousehold(transaction, body.householdId)
  const sources = balanceSourcesOf(body.type)
  const balanceSource = body.balanceSource ?? sources[0]
  await requirePersonOf(transaction, household.id, body.designatedBeneficiaryId, 'body.designatedBeneficiaryId')
  const kind = { type: body.type, currency: body.currency ?? household.currency }
  const isStated = balanceSource === 'stated'
  refuseFaults([
    ['balanceSource', sources.includes(balanceSource) ? undefined : `must be ${sources.join(' or ')} for this type of account`],
    ['taxType', faultOfTaxType(kind, body.taxType)],
    ['designatedBeneficiaryId', faultOfBeneficiary(body.taxType, body.designatedBeneficiaryId)],
    ['creditLimit', faultOfAmount(kind, body.creditLimit)],
    [
      'openingBalance',
      isStated && body.openingBalance !== undefined
        ? 'must be left out: the balance of the account is stated'
        : faultOfBalance(kind, body.openingBalance, body.creditLimit),
    ],
    [
      'currentBalance',
      !isStated && currentBalance !== undefined
        ? 'must be left out: the balance of the account comes from its transactions. Give the opening balance'
        : faultOfBalance(kind, currentBalance, body.creditLimit),
    ],
  ])
  await requirePersonOf(transaction, household.id, body.ownerId, 'body.ownerId')
  const { id } = await accountRows.insert(transaction, { ...values, currency: kind.currency, balanceSource })
  if (currentBalance !== undefined)
    await valuationRows.insert(transaction, {
      householdId: household.id,
      accountId: id,
      date: todayIn(household.timezone),
      balance: currentBalance,
    })
  const account = await requireAccount(transaction, id)
  return created(accounts.present(account), `/v1/wealth/accounts/${id}`, account.version)
})
