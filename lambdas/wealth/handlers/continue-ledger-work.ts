import * as z from 'zod'
import { ledgerWorkStore } from '../../runtime/object-store.ts'
import { runTask } from '../../runtime/run-task.ts'
import { followUp } from '../follow-up.ts'
import { followImport, storeLargeImport, undoLargeImport } from '../imports/continue-import.ts'
import { ledgerWork } from '../ledger-work.ts'
import { recalculateHousehold } from '../recalculate-lots.ts'
import { wealthTasks, workPrefix } from '../tasks.ts'

/** The used part of S3's event "Object Created". */
const askedEvent = z.object({ detail: z.object({ object: z.object({ key: z.string().startsWith(workPrefix) }) }) })

/** Does the work that an object asks for. The same work a second time changes nothing. */
export const handler = runTask(wealthTasks['continue-ledger-work'], askedEvent, async ({ detail }, identity) => {
  const asked = await ledgerWorkStore().get(detail.object.key)
  const work = ledgerWork.parse(JSON.parse(Buffer.from(asked).toString()))
  if (work.kind === 'store-import') return storeLargeImport(identity, work)
  if (work.kind === 'undo-import') return undoLargeImport(identity, work)
  if (work.kind === 'recalculate-lots') return recalculateHousehold(identity, work.householdId)
  const { householdId, scope } = work
  return 'importId' in scope ? followImport(identity, { householdId, ...scope }) : followUp(identity, { householdId, scope })
})
