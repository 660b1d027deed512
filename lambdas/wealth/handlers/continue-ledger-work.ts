import * as z from 'zod'
import { ledgerWorkStore } from '../../runtime/object-store.ts'
import { runTask, type TaskRequest } from '../../runtime/run-task.ts'
import { followUp } from '../follow-up.ts'
import { followImport, storeLargeImport, undoLargeImport } from '../imports/continue-import.ts'
import { type LedgerWork, ledgerWork } from '../ledger-work.ts'
import { recalculateHousehold } from '../recalculate-lots.ts'
import { refreshValuesOf } from '../refresh-values.ts'
import { wealthTasks, workPrefix } from '../tasks.ts'

/** The used part of S3's event "Object Created". */
const askedEvent = z.object({ detail: z.object({ object: z.object({ key: z.string().startsWith(workPrefix) }) }) })

const doWork = (identity: TaskRequest, work: LedgerWork): Promise<object> => {
  if (work.kind === 'store-import') return storeLargeImport(identity, work)
  if (work.kind === 'undo-import') return undoLargeImport(identity, work)
  if (work.kind === 'recalculate-lots') return recalculateHousehold(identity, work.householdId)
  const { householdId, scope } = work
  return 'importId' in scope ? followImport(identity, { householdId, ...scope }) : followUp(identity, { householdId, scope })
}

/** Does the work that an object asks for, and calculates the values that follow from it. The same work a second time changes nothing. */
export const handler = runTask(wealthTasks['continue-ledger-work'], askedEvent, async ({ detail }, identity) => {
  const asked = await ledgerWorkStore().get(detail.object.key)
  const work = ledgerWork.parse(JSON.parse(Buffer.from(asked).toString()))
  const result = await doWork(identity, work)
  await refreshValuesOf(identity, work.householdId)
  return result
})
