import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles } from '#messages/register'

export const wealthPages: readonly PageDeclaration[] = [
  {
    path: '/transactions',
    title: titles.transactions,
    load: () => import('./register/transactions-page.tsx'),
    navigation: { group: 'household', icon: 'exchange' },
    shortcut: 'r',
  },
  { path: '/accounts/:accountId/register', title: titles.register, load: () => import('./register/register-page.tsx') },
]
