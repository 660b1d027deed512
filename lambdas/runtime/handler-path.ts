/** Path of the handler of a route, job or task, relative to `lambdas/` and without `.ts`: `<domain>/handlers/<name>`. */
export const handlerPath = ({ domain, name }: { readonly domain: string; readonly name: string }): string => `${domain}/handlers/${name}`
