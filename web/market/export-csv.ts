import type { ApiRequest } from '../../lambdas/api-types.ts'
import { api } from '../shell/api.ts'

type Query = ApiRequest<'GET /v1/market/bars.csv'>['query']

/** All bars of a query as one CSV file, which can be loaded again. The route gives it in pages, each with the header line. */
export const readBarsAsCsv = async (query: Query): Promise<string> => {
  const parts: string[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await api.reply('GET /v1/market/bars.csv', {
      query: { ...query, limit: 50_000, ...(cursor === undefined ? {} : { cursor }) },
    })
    parts.push(parts.length === 0 ? page.body : page.body.slice(page.body.indexOf('\n') + 1))
    cursor = page.next?.get('cursor') ?? undefined
    more = cursor !== undefined
  }
  return parts.join('')
}
