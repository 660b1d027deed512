import { identityLifecycles } from './identity/lifecycle.ts'
import type { Lifecycles } from './lifecycle.ts'
import { marketLifecycles } from './market/lifecycle.ts'
import { operationsLifecycles } from './operations/lifecycle.ts'
import { planningLifecycles } from './planning/lifecycle.ts'
import { wealthLifecycles } from './wealth/lifecycle.ts'

/** The lifecycle of every table of the platform. */
export const lifecycles: Lifecycles = {
  ...identityLifecycles,
  ...operationsLifecycles,
  ...marketLifecycles,
  ...planningLifecycles,
  ...wealthLifecycles,
}
