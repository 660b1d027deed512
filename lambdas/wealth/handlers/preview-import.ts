import { importRows } from '../../../db/queries/wealth/imports.ts'
import { findOwnCategories } from '../../../db/queries/wealth/own-categories.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { chooseAccounts, countsOf, hasOnlyPositions, onlyPositions, planImport, presentPlan } from '../imports/plan-import.ts'
import { lockOpenImport, readImport } from '../imports/read-import.ts'
import { notWorking } from '../imports/store-import.ts'
import { missingCategories } from '../imports/stored-names.ts'
import { imports } from '../resources/imports.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['preview-import'], async ({ body, params, transaction }) => {
  const open = await lockOpenImport(transaction, params.importId)
  const { contentHash, file } = await readImport(transaction, open, body)
  const plans = await planImport(transaction, await chooseAccounts(transaction, open.householdId, file, body), body)
  const previewed = requireRow(
    await importRows.update(
      transaction,
      open.id,
      {
        format: file.format,
        institutionName: file.accounts.find(({ institutionName }) => institutionName !== undefined)?.institutionName ?? null,
        contentHash,
        ...countsOf(plans, file.rejectedCount),
        ...notWorking,
        status: 'open',
      },
      open.version,
    ),
    imports,
  )
  const added = missingCategories(
    await findOwnCategories(transaction, open.householdId),
    plans.flatMap(({ stored }) => stored.map(({ row }) => row)),
  )
  const names = added.map(({ name }) => name).join(', ')
  return ok({
    import: imports.present(previewed),
    format: file.format,
    profile: 'detection' in file ? file.detection.profile : null,
    ambiguous: [...(file.ambiguous ?? [])],
    columns: 'header' in file ? [...file.header] : [],
    notes: [
      ...(hasOnlyPositions(file) ? [onlyPositions] : []),
      ...file.notes,
      ...(added.length > 0 ? [`These categories of your own will be added: ${names}.`] : []),
    ],
    accounts: plans.map(presentPlan),
    rejected: file.rejected.map(({ field, line, message }) => ({ line, field: field ?? null, message })),
    rejectedCount: file.rejectedCount,
  })
})
