import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { connect, type DatabaseLocation } from '../../db/connections.ts'
import type { Transaction } from '../../db/database.ts'
import {
  beginOperatorCommand,
  findOperatorCommand,
  finishOperatorCommand,
  recordsOperatorCommands,
} from '../../db/queries/operations/operator-commands.ts'
import { operatorCommands } from '../../db/schema/operations/operator-commands.ts'
import { openSessions } from '../../db/sessions.ts'
import { type CommandContext, type ExitCode, exitCodes, type OperatorCommand } from '../runtime/command.ts'
import { isConnectionError, isTransient } from '../runtime/errors.ts'
import { inserts, updates } from '../runtime/writes.ts'

export interface CommandCaller {
  /** In AWS the ARN of the session; otherwise the user of the operating system and the machine. */
  readonly caller: string
  readonly callerId?: string
  readonly accessKeyId?: string
  readonly sourceIp?: string
}

export interface Invocation
  extends Pick<CommandContext, 'location' | 'out' | 'progress' | 'hasTime' | 'remainingMilliseconds' | 'copyData' | 'pointInTime'> {
  /** The same for a repetition of the same request. */
  readonly requestId: string
  readonly caller: CommandCaller
  /** Receives what is no result of the command. */
  readonly warn: (text: string) => void
}

/** The writes of the record of a command. */
export const operatorCommandWrites = [inserts(operatorCommands), updates(operatorCommands, ['finishedAt', 'outcome', 'error'])]

/** The command of this request was begun before, so it was not run again. */
export class AlreadyReceived extends Error {
  override readonly name = 'AlreadyReceived'
}

/** The reason of a failure, for the operator. Drizzle's error only repeats the statement and its values, so its cause is described. */
export const failureOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.cause !== undefined && 'query' in error && 'params' in error) return failureOf(error.cause)
  if (error instanceof AggregateError && !error.message) return error.errors.map(failureOf).join('\n')
  return error.message || error.name
}

const attempts = 5

/** Runs transactions as one role, each again after a deadlock, or if a lock was not free in time. The connection ends with `use`. */
const withTransactions = async <Result>(
  {
    location,
    request,
    role,
    begins,
  }: { readonly location: DatabaseLocation; readonly request: CommandContext['request'] } & Pick<OperatorCommand, 'role' | 'begins'>,
  use: (inTransaction: CommandContext['inTransaction']) => Promise<Result>,
): Promise<Result> => {
  const sessions = openSessions(onclose => connect(location, role, 1, { onclose, idle_timeout: 0, max_lifetime: 0 }), 1, isConnectionError)
  // The functions of the owner set the request themselves.
  const begin = async (transaction: Transaction) => {
    const given = JSON.stringify(request)
    if (begins === 'retention') await transaction.execute(sql`select operations.begin_retention(${given}::jsonb)`)
    else if (role === 'nestegg_operator') await transaction.execute(sql`select operations.begin_request(${given}::jsonb)`)
  }
  try {
    return await use(async work => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await sessions.transact(begin, work)
        } catch (error) {
          if (!isTransient(error) || attempt === attempts) throw error
          await wait(100 * attempt)
        }
      }
    })
  } finally {
    await sessions.close()
  }
}

/** The arguments as they are recorded, and a function that removes the values of the others from a text. */
const recordable = ({ unrecorded = [] }: OperatorCommand, given: Readonly<Record<string, unknown>>) => ({
  arguments: Object.fromEntries(Object.entries(given).filter(([name]) => !unrecorded.includes(name))),
  redact: (text: string) =>
    unrecorded.reduce((left, name) => {
      const value = given[name]
      return typeof value === 'string' && value !== '' ? left.replaceAll(value, `<${name}>`) : left
    }, text),
})

const describeRepeated = (row: Awaited<ReturnType<typeof findOperatorCommand>>): string => {
  if (row?.outcome === 'succeeded') return `This request was received twice. It ran once, and has succeeded.`
  if (row?.outcome === 'failed') return `This request was received twice. It ran once, and has failed: ${row.error}`
  return 'This request was received twice. It runs once, and has not ended: either it still runs, or it was stopped.'
}

/** A cluster that was paused for more than a day needs half a minute or more to accept connections. */
const resumeMilliseconds = 90_000

/**
 * Whether the database has the table of records. Before the first migration there is no operations.begin_request either, so this asks as the
 * owner. It waits for a paused cluster in AWS.
 */
const hasRecords = async (location: DatabaseLocation, request: CommandContext['request']): Promise<boolean> => {
  const startedAt = performance.now()
  const budget = location.authentication.kind === 'iam' ? resumeMilliseconds : 0
  for (;;) {
    try {
      return await withTransactions({ location, request, role: 'nestegg_owner' }, inTransaction => inTransaction(recordsOperatorCommands))
    } catch (error) {
      if (!isConnectionError(error) || performance.now() - startedAt > budget) throw error
      await wait(1_000)
    }
  }
}

/**
 * Runs a command, and records who ran it before it begins, and its outcome after it. A database without the table of records (it was never
 * migrated, or was rolled back) is worked on without.
 * @param given arguments that the command's schema has parsed
 * @returns the exit code of the command
 * @throws AlreadyReceived, or whatever the command throws
 */
export const executeCommand = async (
  command: OperatorCommand,
  given: Readonly<Record<string, unknown>>,
  { caller, location, requestId, warn, ...rest }: Invocation,
): Promise<ExitCode> => {
  const request = { requestId, route: command.name }
  const recorded = recordable(command, given)
  const asRecorder = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    withTransactions({ location, request, role: 'nestegg_operator' }, inTransaction => inTransaction(work))
  const isRecorded = await hasRecords(location, request)
  if (isRecorded) {
    const repeated = await asRecorder(async transaction => {
      const begun = await beginOperatorCommand(transaction, { requestId, ...caller, command: command.name, arguments: recorded.arguments })
      return begun ? undefined : describeRepeated(await findOperatorCommand(transaction, requestId))
    })
    if (repeated !== undefined) throw new AlreadyReceived(repeated)
  }
  const finish = async (outcome: 'succeeded' | 'failed', error: string | null) => {
    // The command itself can have removed the table.
    if (!isRecorded || !(await hasRecords(location, request))) return
    await asRecorder(transaction => finishOperatorCommand(transaction, requestId, { outcome, error }))
  }
  let exitCode: ExitCode | void
  try {
    exitCode = await withTransactions({ ...command, location, request }, inTransaction =>
      command.run(given, { location, caller: caller.caller, request, inTransaction, ...rest }),
    )
  } catch (error) {
    await finish('failed', recorded.redact(failureOf(error))).catch((failure: unknown) =>
      warn(`The failure of the command could not be recorded: ${failureOf(failure)}\n`),
    )
    throw error
  }
  await finish('succeeded', null).catch((failure: unknown) =>
    warn(`The command has succeeded, but this could not be recorded: ${failureOf(failure)}\n`),
  )
  return exitCode ?? exitCodes.done
}
