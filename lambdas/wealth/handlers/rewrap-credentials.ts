import { randomUUID } from 'node:crypto'
import { logger } from '../../runtime/observability.ts'
import { runJobOutside } from '../../runtime/run-job-outside.ts'
import { wealthJobs } from '../jobs.ts'
import { platformWrappingKey } from '../secrets/envelope.ts'
import { rewrapKeys } from '../secrets/rewrap.ts'

/** KMS makes a new key each year. Until then, only what `wealth rotate-keys` has marked is encrypted again. */
const keptDays = 365

export const handler = runJobOutside(wealthJobs['rewrap-credentials'], 'wealth', async ({ functions, hasTime }) => {
  const request = { requestId: randomUUID(), route: 'wealth/rewrap-credentials' }
  const result = await rewrapKeys({
    call: (name, document) => functions.call(`wealth.${name}`, { request, ...document }, { idempotent: true }),
    hasTime,
    before: new Date(Date.now() - keptDays * 86_400_000),
    key: platformWrappingKey(),
  })
  if (result.refused > 0) logger.error('the keys of some secrets cannot be opened', { refused: result.refused })
  return result
})
