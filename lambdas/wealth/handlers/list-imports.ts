import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { imports } from '../resources/imports.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-imports'], listing(imports))
