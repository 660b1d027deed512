import type { Constraints } from './constraint.ts'
import { identityConstraints } from './identity/constraints.ts'
import { marketConstraints } from './market/constraints.ts'
import { operationsConstraints } from './operations/constraints.ts'
import { planningConstraints } from './planning/constraints.ts'
import { wealthConstraints } from './wealth/constraints.ts'

/** The answer to the caller for each constraint that a request can violate. */
export const constraints: Constraints = {
  ...identityConstraints,
  ...marketConstraints,
  ...operationsConstraints,
  ...planningConstraints,
  ...wealthConstraints,
}
