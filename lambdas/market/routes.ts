import { defineRoutes } from '../runtime/route.ts'
import { barsDeclarations } from './declarations/bars.ts'
import { corporateActionsDeclarations } from './declarations/corporate-actions.ts'
import { indicatorsDeclarations } from './declarations/indicators.ts'
import { instrumentsDeclarations } from './declarations/instruments.ts'
import { returnsDeclarations } from './declarations/returns.ts'

export const marketRoutes = defineRoutes('market', {
  ...instrumentsDeclarations,
  ...corporateActionsDeclarations,
  ...barsDeclarations,
  ...indicatorsDeclarations,
  ...returnsDeclarations,
})
