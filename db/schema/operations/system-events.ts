import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, numeric, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf } from '../columns.ts'
import { operations } from './schema.ts'

export const eventTypes = [
  'startup',
  'shutdown',
  'error',
  'performance',
  'job',
  'limit',
  'verification',
  'backup',
  'retention',
  'maintenance',
] as const
export const eventCategories = ['system', 'database', 'api', 'simulation', 'operations'] as const
export const eventSeverities = ['debug', 'info', 'warning', 'error', 'critical'] as const
export const eventStatuses = ['open', 'acknowledged', 'resolved'] as const

/**
 * What happened to the platform, for its operators: failures, slow work, limits. It holds no personal data and no values of requests. Only
 * operations.record_system_event adds rows. Administrators acknowledge and resolve them.
 */
export const systemEvents = operations.table(
  'system_events',
  {
    id: id(),
    timestamp: instant('timestamp').notNull().default(sql`now()`),
    eventType: text('event_type', { enum: eventTypes }).notNull(),
    eventCategory: text('event_category', { enum: eventCategories }).notNull(),
    message: text('message').notNull(),
    severity: text('severity', { enum: eventSeverities }).notNull().default('info'),
    /** The route, job, task or part of the platform: `planning/create-run`. */
    component: text('component'),
    environment: text('environment'),
    /** The version of the function or of the program. */
    version: text('version'),
    errorCode: text('error_code'),
    stackTrace: text('stack_trace'),
    additionalData: jsonb('additional_data').$type<Readonly<Record<string, unknown>>>(),
    /** The longest of all occurrences. */
    durationMs: integer('duration_ms'),
    memoryUsageMb: integer('memory_usage_mb'),
    /** Of one processor. */
    cpuUsagePercent: numeric('cpu_usage_percent', { precision: 5, scale: 2, mode: 'number' }),
    resolved: boolean('resolved').notNull().default(false),
    resolvedAt: instant('resolved_at'),
    /** Null when an operator command resolved it: operator_commands has its caller. */
    resolvedBy: uuid('resolved_by'),
    resolutionNotes: text('resolution_notes'),
    acknowledgedAt: instant('acknowledged_at'),
    /** Null when an operator command acknowledged it. */
    acknowledgedBy: uuid('acknowledged_by'),
    /** What is the same of repeated events: see operations.record_system_event. */
    fingerprint: text('fingerprint').notNull(),
    /** How often it happened within an hour of the first time. */
    occurrences: integer('occurrences').notNull().default(1),
    lastSeenAt: instant('last_seen_at').notNull().default(sql`now()`),
    status: text('status', { enum: eventStatuses }).notNull().default('open'),
  },
  table => [
    index('system_events_timestamp').on(table.timestamp),
    index('system_events_type').on(table.eventType, table.severity),
    index('system_events_fingerprint').on(table.fingerprint, table.timestamp),
    check('system_events_type_known', oneOf(table.eventType, eventTypes)),
    check('system_events_category_known', oneOf(table.eventCategory, eventCategories)),
    check('system_events_severity_known', oneOf(table.severity, eventSeverities)),
    check('system_events_status_known', oneOf(table.status, eventStatuses)),
    check(
      'system_events_resolved_as_a_whole',
      sql`${table.resolved} = (${table.status} = 'resolved') and ${table.resolved} = (${table.resolvedAt} is not null)`,
    ),
  ],
)
