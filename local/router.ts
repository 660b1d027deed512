import type { Route } from '../lambdas/runtime/route.ts'
import type { Match } from './api-event.ts'

interface Compiled {
  readonly route: Route
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly literals: number
}

const compile = (route: Route): Compiled => {
  const names: string[] = []
  const segments = route.path.split('/').map(segment => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1]
    if (name === undefined) return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    names.push(name)
    return '([^/]+)'
  })
  return { route, names, pattern: new RegExp(`^${segments.join('/')}$`), literals: segments.length - names.length }
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // Not a valid encoding: the route's schema refuses it and names the parameter.
  }
}

/** HEAD is answered as GET, without the body. */
const answers = (routeMethod: string, method: string): boolean => routeMethod === (method === 'HEAD' ? 'GET' : method)

const allowedMethods = (matching: readonly Compiled[]): readonly string[] => [
  ...new Set(matching.flatMap(({ route: { method } }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
]

/**
 * Finds the route of a request as an HTTP API does: the most specific path wins. `allowed` lists the methods of the path if the
 * method is not among them; it is empty if there is no such path.
 */
export const makeRouter = (routes: readonly Route[]) => {
  const compiled = routes.map(compile).toSorted((left, right) => right.literals - left.literals)
  return (method: string, path: string): Match | { readonly allowed: readonly string[] } => {
    const matching = compiled.filter(({ pattern }) => pattern.test(path))
    const hit = matching.find(({ route }) => answers(route.method, method))
    if (!hit) return { allowed: allowedMethods(matching) }
    const values = hit.pattern.exec(path)!.slice(1)
    return { route: hit.route, params: Object.fromEntries(hit.names.map((name, index) => [name, decode(values[index]!)])) }
  }
}
