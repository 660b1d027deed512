import { listingOfAll } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { legalHolds } from '../retention-resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['list-legal-holds'], listingOfAll(legalHolds, 'operations.legal_holds'))
