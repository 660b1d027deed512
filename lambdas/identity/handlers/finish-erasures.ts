import { runJobOutside } from '../../runtime/run-job-outside.ts'
import { finishErasures } from '../finish-erasures.ts'
import { identityJobs } from '../jobs.ts'

export const handler = runJobOutside(identityJobs['finish-erasures'], 'identity', async ({ functions, hasTime }) => {
  const result = await finishErasures(functions, hasTime, crypto.randomUUID())
  if (result.failed > 0) throw new Error(`${result.failed} erasures could not be continued. The next run tries again.`)
  return result
})
