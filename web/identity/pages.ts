import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles } from '#messages/identity'

export const identityPages: readonly PageDeclaration[] = [
  { path: '/sign-in', title: titles.signIn, load: () => import('./sign-in-page.tsx'), open: true },
  { path: '/sign-up', title: titles.signUp, load: () => import('./sign-up-page.tsx'), open: true },
  { path: '/new-password', title: titles.reset, load: () => import('./new-password-page.tsx'), open: true },
  {
    path: '/settings',
    title: titles.settings,
    load: () => import('./settings-page.tsx'),
    navigation: { group: 'household', icon: 'settings' },
    shortcut: 's',
  },
  { path: '/settings/security', title: titles.security, load: () => import('./security-page.tsx') },
  { path: '/households', title: titles.households, load: () => import('./households-page.tsx') },
  { path: '/households/:householdId', title: titles.household, load: () => import('./household-page.tsx') },
  { path: '/invitation', title: titles.invitation, load: () => import('./invitation-page.tsx') },
]
