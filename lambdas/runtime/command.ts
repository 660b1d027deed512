import type * as z from 'zod'
import type { DatabaseLocation } from '../../db/connections.ts'
import type { Transaction } from '../../db/database.ts'
import type { TableWrite } from './writes.ts'

export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, outOfDate: 3 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Leads the data of a platform on this machine back to moments. */
export interface PointInTime {
  /** The moment until which changes are archived; undefined if nothing was archived yet. */
  readonly newestArchivedAt: () => Date | undefined
  /**
   * Runs work with a second server, whose data is as it was at a moment.
   * @throws Error if that moment cannot be reached, with the range of those that can
   */
  readonly recoverTo: <Result>(moment: Date, work: (recovered: DatabaseLocation) => Promise<Result>) => Promise<Result>
}

/** What a command has of its caller and its database. */
export interface CommandContext {
  readonly location: DatabaseLocation
  /** In AWS the ARN of the session; otherwise the user of the operating system and the machine. */
  readonly caller: string
  /** For the audit trail, as in a request. The first statement of a transaction as nestegg_owner sets it, if that changes audited rows. */
  readonly request: { readonly requestId: string; readonly route: string }
  /** Runs work in a transaction of its own, as the command's role. It runs again after a deadlock, or if a lock was not free in time. */
  readonly inTransaction: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>
  /** Whether there is time for another step. */
  readonly hasTime: () => boolean
  /** The time until the command is stopped. Only where something stops it. */
  readonly remainingMilliseconds?: (() => number) | undefined
  readonly out: (text: string) => void
  /** Shows what is being done, on a terminal. */
  readonly progress: (text: string) => void
  /** Copies the data before a change and returns the folder of the copy. Only for a platform on this machine. */
  readonly copyData?: (() => Promise<string>) | undefined
  /** Only for a platform on this machine. */
  readonly pointInTime?: PointInTime | undefined
}

/** A command of the operator. It runs on a database that this machine reaches or, if it is one of `commands`, in AWS. */
export interface OperatorCommand<Arguments extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly summary: string
  readonly role: 'nestegg_owner' | 'nestegg_operator'
  /** With the role nestegg_operator: its transactions reach the rows of everybody, except those under a legal hold. */
  readonly begins?: 'retention'
  readonly arguments: Arguments
  /** Arguments with personal data or contents of files, which the record of the command leaves out. */
  readonly unrecorded?: readonly string[]
  /** The changes that it makes as nestegg_operator. */
  readonly writes?: readonly TableWrite[]
  /** Writes its result by `out`. Without a returned exit code it has succeeded. */
  run(given: z.output<Arguments>, context: CommandContext): Promise<ExitCode | void>
}

/** Declares a command. Its arguments have the types of their schema. */
export const defineCommand = <Arguments extends z.ZodType>(
  command: OperatorCommand<Arguments> & { readonly unrecorded?: readonly (keyof z.output<Arguments>)[] },
): OperatorCommand<Arguments> => command
