import { noteEvent } from '../runtime/noted-events.ts'

/** Notes that a stored run differs from its simulation again: the stored data was changed, or the computation is not repeatable. */
export const noteFailedVerification = (component: string, runId: string, differences: readonly string[]): void =>
  noteEvent({
    eventType: 'verification',
    eventCategory: 'simulation',
    severity: 'critical',
    component,
    message: 'A stored run differs from its simulation again.',
    additionalData: { runId, differences },
  })
