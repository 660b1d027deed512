import type { DataCheck } from './checks.ts'
import { planningChecks } from './planning/checks.ts'

/** The declared checks of all domains. Those of the catalogue, such as orphans, are derived from it. */
export const dataChecks: readonly DataCheck[] = [...planningChecks]
