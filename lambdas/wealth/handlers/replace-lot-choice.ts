import { ledgerRows, replaceLotChoice } from '../../../db/queries/wealth/index.ts'
import { Decimal } from '../../../domain/shared/index.ts'
import { invalidValue } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { presentChoice, requireSale, settlesOn } from '../lot-choice.ts'
import { refuseAverage } from '../lot-election-checks.ts'
import { settleLots } from '../lots-of-entry.ts'
import { transactions } from '../resources/transactions.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['replace-lot-choice'], async ({ body, expectedVersion, params, transaction }) => {
  const current = requireRow(await ledgerRows.lock(transaction, params.transactionId, expectedVersion), transactions)
  const { quantity, symbol } = requireSale(current)
  const { householdId, id } = current
  const identifiedOn = body.identifiedOn ?? (await todayOf(transaction, householdId))
  const last = settlesOn(current)
  if (body.method !== null && identifiedOn > last)
    throw invalidValue('body.identifiedOn', `must not be after ${last}, when the sale is settled: later the law takes no other lots`)
  if (body.method === 'average') await refuseAverage(transaction, current.accountId, symbol!)
  const sum = body.lots.reduce((total, lot) => total.plus(lot.quantity), new Decimal(0))
  if (body.lots.length > 0 && !sum.equals(quantity!))
    throw invalidValue(
      'body.lots',
      `must sum to ${new Decimal(quantity!).toFixed()}, the quantity of the sale; they sum to ${sum.toFixed()}`,
    )
  const lots = body.lots.map(lot => ({ openedBy: lot.openingId, quantity: lot.quantity }))
  await replaceLotChoice(transaction, id, body.method === null ? undefined : { householdId, method: body.method, lots, identifiedOn })
  const row = requireRow(await ledgerRows.update(transaction, id, {}, current.version), transactions)
  await settleLots(transaction, householdId, new Map([[id, 'body']]), { lot_not_held: 'lots' })
  return ok(await presentChoice(transaction, row), row.version)
})
