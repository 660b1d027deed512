import type { SystemEvent } from '../../db/queries/operations/index.ts'
import { valueFree } from './observability.ts'

/** The same event is recorded once in this time by a process, with the number of its occurrences. */
const quietMilliseconds = 60_000
/** Different events that wait to be recorded. Others are dropped: the log has them. */
const mostWaiting = 100

const waiting = new Map<string, SystemEvent & { occurrences: number }>()
const lastTaken = new Map<string, number>()

const keyOf = ({ component, errorCode, eventCategory, eventType, message, severity }: SystemEvent): string =>
  JSON.stringify([eventType, eventCategory, severity, component, errorCode, message])

/** Keeps an event of this process until `takeNoted`. It counts an event that waits already, and keeps the longest duration. */
export const noteEvent = (event: SystemEvent): void => {
  const key = keyOf(event)
  const earlier = waiting.get(key)
  if (!earlier && waiting.size >= mostWaiting) return
  const durationMs = Math.max(event.durationMs ?? 0, earlier?.durationMs ?? 0)
  waiting.set(key, {
    ...event,
    ...(durationMs > 0 ? { durationMs: Math.round(durationMs) } : {}),
    occurrences: (earlier?.occurrences ?? 0) + 1,
  })
}

/**
 * Removes and returns the events to record now.
 * @param options.all also those that were recorded less than a minute ago, at the end of a process
 */
export const takeNoted = ({ all = false }: { readonly all?: boolean } = {}): SystemEvent[] => {
  const now = performance.now()
  for (const [key, takenAt] of lastTaken) if (now - takenAt > quietMilliseconds) lastTaken.delete(key)
  return [...waiting].flatMap(([key, event]) => {
    if (!all && lastTaken.has(key)) return []
    waiting.delete(key)
    lastTaken.set(key, now)
    return [event]
  })
}

const identifiers = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi
const withoutIdentifiers = (text: string) => text.replace(identifiers, '<id>')

const innermost = (error: Error): Error => (error.cause instanceof Error ? innermost(error.cause) : error)

/** What an event has of an error: its message, code and stack trace, without values of requests and without ids. */
export const describeError = (error: unknown): Pick<SystemEvent, 'message' | 'errorCode' | 'stackTrace'> => {
  if (!(error instanceof Error)) return { message: 'Something was thrown that is no error.' }
  const { message, name, stack = '' } = valueFree(innermost(error))
  const code: unknown = Reflect.get(innermost(error), 'code')
  return {
    message: withoutIdentifiers(message || name),
    errorCode: typeof code === 'string' ? code : name,
    stackTrace: withoutIdentifiers(stack),
  }
}

/** Measures a piece of work: the time, the memory of the process and the use of one processor. */
export const measuring = (): (() => Pick<SystemEvent, 'durationMs' | 'memoryUsageMb' | 'cpuUsagePercent'>) => {
  const startedAt = performance.now()
  const cpuBefore = process.cpuUsage()
  return () => {
    const durationMs = performance.now() - startedAt
    const { system, user } = process.cpuUsage(cpuBefore)
    const cpuUsagePercent = Math.round(((system + user) / 10 / Math.max(durationMs, 1)) * 100) / 100
    return { durationMs: Math.round(durationMs), memoryUsageMb: Math.round(process.memoryUsage.rss() / 2 ** 20), cpuUsagePercent }
  }
}

/** A request or statement that takes longer is noted. */
export const slowMilliseconds = 1_000
