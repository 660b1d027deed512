import { listLastRuns } from '../../../db/queries/operations/job-status.ts'
import { jobs } from '../../jobs.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['list-jobs'], async ({ transaction }) => {
  const lastRuns = new Map((await listLastRuns(transaction)).map(({ job, ...run }) => [job, run]))
  return ok({ items: jobs.map(({ id, schedule, summary }) => ({ job: id, summary, schedule, lastRun: lastRuns.get(id) ?? null })) })
})
