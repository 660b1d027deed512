import type { Route } from '../../lambdas/runtime/route.ts'

/** The patterns of CloudFront for the paths of all routes, such as `/health` and `/v1/*`. Every other path is of the web application. */
export const apiPathPatterns = (routes: readonly Pick<Route, 'path'>[]): readonly string[] => {
  const patterns = routes.map(({ path }) => {
    const [, first, ...rest] = path.split('/')
    return rest.length === 0 ? `/${first}` : `/${first}/*`
  })
  return [...new Set(patterns)].toSorted()
}
