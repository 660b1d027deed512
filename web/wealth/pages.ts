import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles } from '#messages/import'

export const wealthPages: readonly PageDeclaration[] = [
  { path: '/accounts/import', title: titles.import, load: () => import('./import/import-page.tsx') },
]
