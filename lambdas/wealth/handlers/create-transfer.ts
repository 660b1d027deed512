import { dropProposals, findPair, lockPair, transferRows } from '../../../db/queries/wealth/transfers.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { invalidReference, invalidValue } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { created, serve } from '../../runtime/serve.ts'
import { decideTransfer } from '../decide-transfer.ts'
import { transfers } from '../resources/transfers.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['create-transfer'], async ({ body, transaction }) => {
  const { householdId, inflowId, outflowId } = body
  await requireEditableHousehold(transaction, householdId)
  const pair = await lockPair(transaction, householdId, [outflowId, inflowId])
  const [outflow, inflow] = [pair.find(({ id }) => id === outflowId), pair.find(({ id }) => id === inflowId)]
  if (!outflow) throw invalidReference('body.outflowId', 'transaction in the household')
  if (!inflow) throw invalidReference('body.inflowId', 'transaction in the household')
  if (!outflow.amount.startsWith('-')) throw invalidValue('body.outflowId', 'must be a transaction by which money goes out')
  if (inflow.amount.startsWith('-')) throw invalidValue('body.inflowId', 'must be a transaction by which money comes in')
  if (outflow.accountId === inflow.accountId) throw invalidValue('body.inflowId', 'must be of another account')
  const known = await findPair(transaction, outflowId, inflowId)
  await dropProposals(transaction, known?.id ?? householdId, [outflowId, inflowId])
  const row = known
    ? requireRow(await transferRows.lock(transaction, known.id), transfers)
    : await transferRows.insert(transaction, { householdId, outflowId, inflowId, confidence: '1', source: 'person' })
  const confirmed = await decideTransfer(transaction, row, 'confirmed')
  return created(transfers.present(confirmed), `${transfers.path}/${row.id}`, confirmed.version)
})
