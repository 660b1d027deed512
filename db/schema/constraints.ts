import type { Constraints } from './constraint.ts'
import { identityConstraints } from './identity/constraints.ts'
import { marketConstraints } from './market/constraints.ts'
import { planningConstraints } from './planning/constraints.ts'

/** What each constraint that a request can violate tells the caller. */
export const constraints: Constraints = { ...identityConstraints, ...marketConstraints, ...planningConstraints }
