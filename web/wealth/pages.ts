import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles } from '#messages/accounts'

export const wealthPages: readonly PageDeclaration[] = [
  {
    path: '/accounts',
    title: titles.accounts,
    load: () => import('./accounts-page.tsx'),
    navigation: { group: 'money', icon: 'accounts' },
    shortcut: 'b',
  },
  { path: '/accounts/new', title: titles.newAccount, load: () => import('./new-account-page.tsx') },
  { path: '/accounts/:accountId', title: titles.account, load: () => import('./account-page.tsx') },
  { path: '/accounts/:accountId/edit', title: titles.editAccount, load: () => import('./edit-account-page.tsx') },
]
