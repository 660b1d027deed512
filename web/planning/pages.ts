import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles } from '#messages/planning'

export const planningPages: readonly PageDeclaration[] = [
  {
    path: '/plans',
    title: titles.plans,
    load: () => import('./plans-page.tsx'),
    navigation: { group: 'planning', icon: 'plan' },
    shortcut: 'p',
  },
]
