import * as z from 'zod'
import { systemEvents as table } from '../../../db/schema/operations/system-events.ts'
import { gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { updates } from '../../runtime/writes.ts'
import { systemEvents } from '../resources.ts'
import { resolutionNotes, systemEvent } from '../schemas.ts'

/** The changes of an event that administrators make, and operators by command. */
export const acknowledgeWrites = [updates(table, ['status', 'acknowledgedAt', 'acknowledgedBy'])]
export const resolveWrites = [updates(table, ['status', 'resolved', 'resolvedAt', 'resolvedBy', 'resolutionNotes'])]

const params = z.strictObject(systemEvents.parameter!)

export const systemEventDeclarations = {
  'list-system-events': lists(systemEvents, {
    access: 'admin',
    description: 'Failures, slow work, limits and other events of the platform, newest first. They hold no personal data.',
  }),
  'get-system-event': gets(systemEvents, { access: 'admin' }),
  'acknowledge-system-event': {
    method: 'POST',
    path: `${systemEvents.path}/{systemEventId}/acknowledge`,
    summary: 'Acknowledge a system event',
    description: 'Says that an administrator has seen it. A second acknowledgement changes nothing.',
    access: 'admin',
    backends: ['database'],
    params,
    writes: acknowledgeWrites,
    refuses: [409],
    responses: { 200: reply('The event as it is now.', systemEvent) },
  },
  'resolve-system-event': {
    method: 'POST',
    path: `${systemEvents.path}/{systemEventId}/resolve`,
    summary: 'Resolve a system event',
    description: 'It can be open or acknowledged. When it happens again, it is recorded as a new event.',
    access: 'admin',
    backends: ['database'],
    params,
    body: z.strictObject({ notes: resolutionNotes }),
    writes: resolveWrites,
    refuses: [409],
    responses: { 200: reply('The event as it is now.', systemEvent) },
    example: { body: { notes: 'The disk was full. It has 100 GB more now.' } },
  },
} as const
