/** Where the handler of a route, job or task is, below `lambdas/`: `<domain>/handlers/<name>.ts`. */
export const handlerFile = ({ domain, name }: { readonly domain: string; readonly name: string }): string => `${domain}/handlers/${name}.ts`
