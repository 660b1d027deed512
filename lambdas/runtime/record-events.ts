import type { SystemEvent } from '../../db/queries/operations/index.ts'
import type { DatabaseRole, FunctionPurpose } from '../../db/roles.ts'
import type { Backend } from './backends.ts'
import { readVariable } from './environment.ts'
import { takeNoted } from './noted-events.ts'
import { logger } from './observability.ts'

/** How a function reaches the database: by a connection with its role, or by the Data API. Undefined if it does not. */
export type Recorder = { readonly role: DatabaseRole } | { readonly purpose: FunctionPurpose } | undefined

const purposes: Partial<Record<Backend, FunctionPurpose>> = {
  'identity-functions': 'identity',
  'invitation-functions': 'invitations',
  'run-functions': 'runs',
  'audit-functions': 'audit',
}

export const recorderFor = (backends: readonly Backend[], role: DatabaseRole): Recorder => {
  if (backends.includes('database')) return { role }
  const [purpose] = backends.flatMap(backend => purposes[backend] ?? [])
  return purpose && { purpose }
}

type Send<By> = (by: By, events: readonly SystemEvent[], budgetMilliseconds: number) => Promise<void>

export interface Ways {
  connection?: Send<DatabaseRole>
  functions?: Send<FunctionPurpose>
}

const ways: Ways = {}

/**
 * The modules that reach the database offer how they record events, when they are first used. This module imports none of them, so that the
 * bundle of a function has only the way that the function uses. A process that has not reached the database has its events in the log only.
 */
export const offerWay = (offered: Ways): void => {
  Object.assign(ways, offered)
}

/** A caller waits for the record. */
const budgetMilliseconds = 2_000

const send = (recorder: NonNullable<Recorder>, events: readonly SystemEvent[]): Promise<void> | undefined =>
  'role' in recorder
    ? ways.connection?.(recorder.role, events, budgetMilliseconds)
    : ways.functions?.(recorder.purpose, events, budgetMilliseconds)

const withinBudget = async (work: Promise<void> | undefined): Promise<void> => {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('The database did not record the events in time.')), budgetMilliseconds)
  try {
    await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Records the noted events of this process in a transaction of its own, after the work to which they belong. It never throws: events that
 * cannot be recorded are in the log.
 */
export const recordNoted = async (recorder: Recorder, options?: { readonly all?: boolean }): Promise<void> => {
  if (!recorder) return
  const events = takeNoted(options)
  if (events.length === 0) return
  const version = process.env['AWS_LAMBDA_FUNCTION_VERSION']
  const place = { environment: readVariable('NESTEGG_ENVIRONMENT'), ...(version === undefined ? {} : { version }) }
  try {
    await withinBudget(
      send(
        recorder,
        events.map(event => ({ ...place, ...event })),
      ),
    )
  } catch (error) {
    logger.warn('system events could not be recorded', { events: events.map(({ message }) => message), error })
  }
}
