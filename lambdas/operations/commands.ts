import * as z from 'zod'
import { MigrationError, type MigrationStatus, type MigrateOptions, migrationStatus, rollback } from '../../db/migrate/index.ts'
import { recordPrivilegedRead } from '../../db/queries/operations/index.ts'
import { listOperatorCommands, type OperatorCommandRow } from '../../db/queries/operations/operator-commands.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { type CommandContext, defineCommand, exitCodes } from '../runtime/command.ts'
import { isUpToDate } from './status.ts'

const asTimes = (times: readonly number[]) => times.map(when => new Date(when).toISOString()).join(', ')

const describeStatus = ({ migrations, ahead, foreign }: MigrationStatus): string => {
  const notes = [
    ...(ahead.length > 0 ? [`The database is ahead of this code, by migrations made ${asTimes(ahead)}.`] : []),
    ...(foreign.length > 0 ? [`The database has migrations that this code does not, made ${asTimes(foreign)}.`] : []),
  ]
  return alignColumns(migrations.map(({ tag, state }) => [state, tag])) + notes.map(note => `${note}\n`).join('')
}

const dbStatus = defineCommand({
  name: 'db status',
  summary: 'Shows which migrations are applied',
  role: 'nestegg_owner',
  arguments: z.strictObject({ json: z.boolean().default(false) }),
  run: async ({ json }, { location, out }) => {
    const status = await migrationStatus(location)
    out(json ? `${JSON.stringify(status)}\n` : describeStatus(status))
    return isUpToDate(status) ? exitCodes.done : exitCodes.outOfDate
  },
})

/** The backup that exists of the data, in the words of the operator. */
export const backupArguments = {
  snapshot: z.string().min(1).max(255).optional(),
  withoutSnapshot: z.boolean().default(false),
}

const noBackup = (tags: readonly string[]): never => {
  throw new MigrationError(
    `The database holds data and no backup was arranged; nothing was changed (pending: ${tags.join(', ')}). Take a snapshot of it and name it with --snapshot. With --without-snapshot you rely on the continuous backups of Aurora alone.`,
  )
}

/** The data of a platform on this machine is copied. For any other database the operator names the snapshot, or does without one. */
export const arrangeBackup = (
  { copyData, out }: CommandContext,
  { snapshot, withoutSnapshot }: { readonly snapshot?: string | undefined; readonly withoutSnapshot: boolean },
): Extract<MigrateOptions['backup'], (...given: never[]) => unknown> => {
  if (copyData) return async () => out(`Copied the data to ${await copyData()}\n`)
  if (snapshot !== undefined) return async ({ tags }) => out(`Continuing with ${tags.join(', ')}; snapshot taken: ${snapshot}\n`)
  if (withoutSnapshot)
    return async ({ tags }) =>
      out(`Continuing with ${tags.join(', ')} without a snapshot. Only the continuous backups of Aurora can restore what is dropped.\n`)
  return async ({ tags }) => noBackup(tags)
}

const dbRollback = defineCommand({
  name: 'db rollback',
  summary: 'Rolls back the newest migrations',
  role: 'nestegg_owner',
  arguments: z.strictObject({ steps: z.int().min(1).max(9_999).default(1), ...backupArguments }),
  run: async ({ steps, ...backup }, context) => {
    const tags = await rollback(context.location, steps, {
      backup: arrangeBackup(context, backup),
      onProgress: ({ tag, statement, statements }) => context.progress(`${tag}: statement ${statement} of ${statements}`),
    })
    context.out(tags.length === 0 ? 'Nothing is applied.\n' : tags.map(tag => `Rolled back ${tag}\n`).join(''))
  },
})

const describeCommand = ({ arguments: given, caller, command, error, outcome, sourceIp, startedAt }: OperatorCommandRow): string[] => [
  startedAt.replace(/\.\d+Z$/, 'Z'),
  outcome ?? 'not finished',
  sourceIp === null ? caller : `${caller} (${sourceIp})`,
  command,
  JSON.stringify(given),
  error?.split('\n')[0] ?? '',
]

const listCommands = defineCommand({
  name: 'operations list-commands',
  summary: 'Lists the newest operator commands',
  role: 'nestegg_operator',
  arguments: z.strictObject({ limit: z.int().min(1).max(1_000).default(20), json: z.boolean().default(false) }),
  run: async ({ json, limit }, { inTransaction, out }) => {
    const commands = await inTransaction(async transaction => {
      await recordPrivilegedRead(transaction, { resourceType: 'operations.operator_commands', metadata: { limit } })
      return listOperatorCommands(transaction, limit)
    })
    if (json) return out(`${JSON.stringify(commands)}\n`)
    return out(alignColumns([['STARTED', 'OUTCOME', 'CALLER', 'COMMAND', 'ARGUMENTS', 'ERROR'], ...commands.map(describeCommand)]))
  },
})

export const operationsCommands = { dbStatus, dbRollback, listCommands }
