import { accountRows } from '../../../db/queries/wealth/accounts.ts'
import { beneficiariesOf, replaceBeneficiaries } from '../../../db/queries/wealth/beneficiaries.ts'
import { beneficiaryRanks, sharesFault } from '../../../domain/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { lockAccount, refuseFaults, requirePersonOf } from '../account-checks.ts'
import { byRank } from '../beneficiary-lists.ts'
import { accounts } from '../resources/accounts.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['replace-beneficiaries'], async ({ body, expectedVersion, params, transaction }) => {
  const { householdId, id, version } = await lockAccount(transaction, params.accountId, expectedVersion)
  refuseFaults(beneficiaryRanks.map(rank => [rank, sharesFault(body[rank].map(({ share }) => share))]))
  const given = beneficiaryRanks.flatMap(rank => body[rank].map((each, position) => ({ ...each, rank, position })))
  for (const { personId, position, rank } of given)
    await requirePersonOf(transaction, householdId, personId, `body.${rank}.${position}.personId`)
  await replaceBeneficiaries(
    transaction,
    id,
    given.map(each => ({ ...each, householdId, accountId: id })),
  )
  const changed = requireRow(await accountRows.update(transaction, id, {}, version), accounts)
  return ok({ accountId: id, ...byRank(await beneficiariesOf(transaction, id)), version: changed.version }, changed.version)
})
