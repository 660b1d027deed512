import { getting } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { benchmarks } from '../resources.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['get-benchmark'], getting(benchmarks))
