import { handlerPath } from '../lambdas/runtime/handler-path.ts'

/** Loads the handler of a route, job or task from its source. */
export const loadHandler = async <Handler>(unit: { readonly domain: string; readonly name: string }): Promise<Handler> => {
  const { href } = new URL(`../lambdas/${handlerPath(unit)}.ts`, import.meta.url)
  const { handler } = (await import(href)) as { handler: Handler }
  return handler
}
