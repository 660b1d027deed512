import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import { acknowledgeEvent, resolveEvent, systemEventRows, type SystemEventRow } from '../../db/queries/operations/system-events.ts'
import type { Outcome } from '../../db/queries/rows.ts'
import { eventSeverities, eventStatuses, systemEvents } from '../../db/schema/operations/system-events.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { defineCommand } from '../runtime/command.ts'
import { uuid } from '../runtime/schemas.ts'
import { acknowledgeWrites, resolveWrites } from './declarations/system-events.ts'
import { resolutionNotes } from './schemas.ts'

const json = z.boolean().default(false)

const toCells = ({ component, id, message, occurrences, severity, status, timestamp }: SystemEventRow): string[] => [
  timestamp.replace(/\.\d+Z$/, 'Z'),
  severity,
  status,
  String(occurrences),
  component ?? '',
  message.split('\n')[0]!.slice(0, 100),
  id,
]

const list = defineCommand({
  name: 'events list',
  summary: 'Lists the newest system events',
  role: 'nestegg_operator',
  arguments: z.strictObject({
    severity: z.enum(eventSeverities).optional(),
    status: z.enum(eventStatuses).optional(),
    component: z.string().max(100).optional(),
    limit: z.int().min(1).max(1_000).default(20),
    json,
  }),
  run: async ({ component, json: asJson, limit, severity, status }, { inTransaction, out }) => {
    const where = and(
      severity && eq(systemEvents.severity, severity),
      status && eq(systemEvents.status, status),
      component === undefined ? undefined : eq(systemEvents.component, component),
    )
    const { rows } = await inTransaction(transaction => systemEventRows.list(transaction, { limit, sort: '-id', where }))
    if (asJson) return out(`${JSON.stringify(rows)}\n`)
    return out(alignColumns([['FIRST SEEN', 'SEVERITY', 'STATUS', 'TIMES', 'COMPONENT', 'MESSAGE', 'ID'], ...rows.map(toCells)]))
  },
})

const describe = (row: SystemEventRow): string =>
  Object.entries(row)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}\n`]))
    .join('')

const rowOf = (outcome: Outcome<SystemEventRow>): SystemEventRow => {
  if (!('refused' in outcome)) return outcome.row
  throw new Error(outcome.refused === 'missing' ? 'There is no such system event.' : 'This event is resolved.')
}

const show = defineCommand({
  name: 'events show',
  summary: 'Shows a system event',
  role: 'nestegg_operator',
  arguments: z.strictObject({ id: uuid, json }),
  run: async ({ id, json: asJson }, { inTransaction, out }) => {
    const found = await inTransaction(transaction => systemEventRows.find(transaction, id))
    const row = rowOf(found ? { row: found } : { refused: 'missing' })
    out(asJson ? `${JSON.stringify(row)}\n` : describe(row))
  },
})

const acknowledge = defineCommand({
  name: 'events acknowledge',
  summary: 'Says that a system event was seen',
  role: 'nestegg_operator',
  arguments: z.strictObject({ id: uuid }),
  writes: acknowledgeWrites,
  run: async ({ id }, { inTransaction, out }) => {
    rowOf(await inTransaction(transaction => acknowledgeEvent(transaction, id, null)))
    out('Acknowledged.\n')
  },
})

const resolve = defineCommand({
  name: 'events resolve',
  summary: 'Resolves a system event with notes',
  role: 'nestegg_operator',
  arguments: z.strictObject({ id: uuid, notes: resolutionNotes }),
  writes: resolveWrites,
  run: async ({ id, notes }, { inTransaction, out }) => {
    rowOf(await inTransaction(transaction => resolveEvent(transaction, id, null, notes)))
    out('Resolved.\n')
  },
})

export const eventCommands = { list, show, acknowledge, resolve }
