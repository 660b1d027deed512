import { identityJobs } from './identity/jobs.ts'
import { marketJobs } from './market/jobs.ts'
import { operationsJobs } from './operations/jobs.ts'
import { planningJobs } from './planning/jobs.ts'
import type { Job } from './runtime/job.ts'
import { wealthJobs } from './wealth/jobs.ts'

/** Every scheduled job of the platform. */
export const jobs: readonly Job[] = [identityJobs, marketJobs, operationsJobs, planningJobs, wealthJobs].flatMap(table =>
  Object.values<Job>(table),
)
