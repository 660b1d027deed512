import { sql } from 'drizzle-orm'
import { check, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf } from '../columns.ts'
import { operations } from './schema.ts'

export const commandOutcomes = ['succeeded', 'failed'] as const

/** Every operator command: who ran it, from where, and how it ended. Rows are added and finished once, never changed or removed. */
export const operatorCommands = operations.table(
  'operator_commands',
  {
    id: id(),
    /** Chosen by the caller. A repeated request has the same one, so that no command runs twice. Audit rows of its changes have it too. */
    requestId: uuid('request_id').notNull(),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    /** Null while the command runs, and for one that was stopped before its end. */
    finishedAt: instant('finished_at'),
    /** In AWS the ARN of the caller's session; otherwise the user of the operating system and the machine. */
    caller: text('caller').notNull(),
    /** In AWS only: the unique id of the role and the name of the session. */
    callerId: text('caller_id'),
    /** In AWS only: the id of the session's access key, which CloudTrail has for the principal that assumed the role. It is not secret. */
    accessKeyId: text('access_key_id'),
    sourceIp: text('source_ip'),
    command: text('command').notNull(),
    /** Without personal data and without contents of files. */
    arguments: jsonb('arguments').$type<Readonly<Record<string, unknown>>>().notNull(),
    outcome: text('outcome', { enum: commandOutcomes }),
    error: text('error'),
  },
  table => [
    uniqueIndex('operator_commands_request_key').on(table.requestId),
    check('operator_commands_outcome_known', oneOf(table.outcome, commandOutcomes)),
    check('operator_commands_finished_with_outcome', sql`(${table.finishedAt} is null) = (${table.outcome} is null)`),
  ],
)
