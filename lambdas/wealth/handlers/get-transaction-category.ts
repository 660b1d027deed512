import { getting } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { transactionCategories } from '../resources/categories.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-transaction-category'], getting(transactionCategories))
