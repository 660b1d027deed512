import { useApi } from './api.ts'
import { type Page, pages } from './pages.ts'

/** The pages that this person can reach. */
export const useVisiblePages = (): readonly Page[] => {
  const { data: me } = useApi('GET /v1/identity/me')
  return pages.filter(page => !page.open && (!page.administrators || me?.role === 'admin'))
}
