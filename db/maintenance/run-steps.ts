import type { MaintenanceStep } from '../../domain/operations/index.ts'
import { connect, type DatabaseLocation } from '../connections.ts'

export interface FailedStep extends MaintenanceStep {
  readonly error: string
}

export interface WorkDone {
  readonly done: readonly MaintenanceStep[]
  readonly failed: readonly FailedStep[]
  /** What there was no time for. The next run begins with it, because it is neediest then. */
  readonly left: readonly MaintenanceStep[]
}

export interface Pace {
  /** Whether there is time for another step. */
  readonly hasTime: () => boolean
  readonly progress: (text: string) => void
}

/** A function begins a step only while it has more time than this. VACUUM that is stopped keeps most of what it did. */
const stepTimeout = '5min'
/** Who waits for a lock makes all later statements on that table wait too. */
const lockTimeout = '3s'

/**
 * Runs statements one after the other as nestegg_owner, each outside of a transaction: VACUUM and what is CONCURRENTLY cannot run in one.
 * A statement that fails, or gets its lock not in time, does not stop the others.
 */
export const runSteps = async (
  location: DatabaseLocation,
  steps: readonly MaintenanceStep[],
  { hasTime, progress }: Pace,
): Promise<WorkDone> => {
  const done: MaintenanceStep[] = []
  const failed: FailedStep[] = []
  const client = connect(location, 'nestegg_owner', 1, {
    connection: {
      application_name: 'nestegg maintenance',
      timezone: 'UTC',
      statement_timeout: stepTimeout,
      lock_timeout: lockTimeout,
    } as Record<string, string>,
  })
  try {
    for (const [index, step] of steps.entries()) {
      if (!hasTime()) break
      progress(`${index + 1} of ${steps.length}: ${step.statement}`)
      try {
        await client.unsafe(step.statement)
        done.push(step)
      } catch (error) {
        failed.push({ ...step, error: error instanceof Error ? error.message : String(error) })
      }
    }
  } finally {
    await client.end()
  }
  return { done, failed, left: steps.slice(done.length + failed.length) }
}
