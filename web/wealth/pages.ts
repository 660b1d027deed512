import type { PageDeclaration } from '../shell/page-declaration.ts'
import { title as connections } from '#messages/connections'

export const wealthPages: readonly PageDeclaration[] = [
  {
    path: '/wealth/connections',
    title: connections,
    load: () => import('./connections-page.tsx'),
    navigation: { group: 'household', icon: 'exchange' },
  },
]
