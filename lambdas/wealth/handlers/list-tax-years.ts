import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { taxYears } from '../resources/tax-years.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-tax-years'], listing(taxYears))
